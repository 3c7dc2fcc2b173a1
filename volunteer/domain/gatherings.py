"""Gatherings: a workshop, a session, a training, a company day. Who may come, and what is said of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from volunteer.domain.access import feature_of
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue
from volunteer.domain.interests import parse_tasks
from volunteer.domain.languages import parse_codes

FIRST_LANGUAGE = "nl"
"""Everything that is published can be read in this one; the others are as welcome."""
LATEST = timedelta(days=365)
LONGEST = timedelta(days=3)
MOST_SEATS = 5000
LONGEST_TITLE, LONGEST_ABOUT, LONGEST_REASON, LONGEST_LINE, LONGEST_LINK = 80, 2000, 300, 160, 400
VISITORS_KEPT = timedelta(weeks=6)
"""So long after the day we know who came without a file: time for the material and one question."""
HELP_KEPT = timedelta(days=1)
"""So long after the day what somebody asked for stays readable."""
CONSENT_VERSION = "2026-11-22.1"
"""Version of the words in which a visitor agrees that we keep a name and one way to reach them."""
HELP_VERSION = "2026-11-22.1"
"""Version of the words in which somebody agrees that we keep what helps them on that day."""
REMINDED_AT = time(10)
"""On the clock of the centre, the day before; and the day after, for what comes afterwards."""


class GatheringKind(StrEnum):
    """What it is."""

    CANDIDATE_WORKSHOP = "candidate_workshop"
    SUPPORT_INFO_SESSION = "support_info_session"
    ORGANISATION_TRAINING = "organisation_training"
    COMPANY_DAY = "company_day"


class GatheringState(StrEnum):
    """How far it is; one is over when its end is past."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class PartyKind(StrEnum):
    """Who signs up: every sign-up is a party, of one or of more."""

    CANDIDATE = "candidate"
    """A person with a file."""
    VISITOR = "visitor"
    """Somebody without one: a name and one way to reach them."""
    GROUP = "group"
    """People whom a support worker brings; nobody is named."""
    TEAM = "team"
    """People of an organisation or of a referrer: its own team."""


SEVERAL = frozenset({PartyKind.GROUP, PartyKind.TEAM})
"""Who may sign up with more people than one."""

OPEN_TO: Mapping[GatheringKind, frozenset[PartyKind]] = {
    GatheringKind.CANDIDATE_WORKSHOP: frozenset(
        {PartyKind.CANDIDATE, PartyKind.VISITOR, PartyKind.GROUP},
    ),
    # Whoever comes to hear what this is about may have no account yet.
    GatheringKind.SUPPORT_INFO_SESSION: frozenset({PartyKind.TEAM, PartyKind.VISITOR}),
    GatheringKind.ORGANISATION_TRAINING: frozenset({PartyKind.TEAM}),
    GatheringKind.COMPANY_DAY: frozenset({PartyKind.TEAM, PartyKind.VISITOR}),
}
"""Who a kind is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything that is said of a gathering; ``check`` looks at the whole before it is published."""

    kind: GatheringKind
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: ``title``, ``about``, and ``directions`` (how to get in, whom to ask for)."""
    starts_at: datetime
    ends_at: datetime
    signup_closes_at: datetime | None = None
    """Without one it closes when the gathering begins."""
    venue_name: str = ""
    street: str = ""
    postal_code: str = ""
    municipality: str | None = None
    online_url: str = ""
    languages: frozenset[str] = frozenset()
    interpreters: frozenset[str] = frozenset()
    """Languages, signed ones too, into which somebody interprets."""
    access: frozenset[str] = frozenset()
    """Access codes that are true there."""
    seats: int
    question: Mapping[str, str] = field(default_factory=dict)
    """The one question afterwards, by language; empty is the one of its kind."""
    afterwards: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: ``words``, and ``link`` to material."""
    expertise_offered: frozenset[str] = frozenset()
    expertise_asked: frozenset[str] = frozenset()

    @property
    def closes_at(self) -> datetime:
        """Until when people can sign up by themselves."""
        return self.signup_closes_at or self.starts_at

    def check(self, *, now: datetime) -> None:
        """Raise :class:`InvalidValue` on the first field that cannot be so in a draft or a published one."""
        if not now < self.starts_at <= now + LATEST:
            raise InvalidValue("Choose a day and an hour within a year that are to come.", field="starts_at")
        if not self.starts_at < self.ends_at <= self.starts_at + LONGEST:
            raise InvalidValue("The end comes after the start, at most three days later.", field="ends_at")
        if self.closes_at > self.starts_at:
            raise InvalidValue("Signing up closes before it starts.", field="signup_closes_at")
        if self.starts_at - self.closes_at > LATEST:
            raise InvalidValue("Signing up closes at most a year before it starts.", field="signup_closes_at")
        if not 1 <= self.seats <= MOST_SEATS:
            raise InvalidValue(
                "Give a number of seats from 1 to %(most)d.", field="seats", values={"most": MOST_SEATS}
            )
        self._check_address()
        parse_codes(self.languages)
        parse_codes(self.interpreters, field="interpreters")
        parse_tasks([*self.expertise_offered, *self.expertise_asked])
        for code in self.access:
            feature_of(code, field="access")

    def _check_address(self) -> None:
        if self.online_url and not self.online_url.startswith("https://"):
            raise InvalidValue("The address of an online meeting begins with https://.", field="online_url")
        if len(self.online_url) > LONGEST_LINK:
            raise InvalidValue(
                "This is too long. Use at most %(most)d letters.",
                field="online_url",
                values={"most": LONGEST_LINK},
            )

    def check_whole(self, *, now: datetime) -> None:
        """Raise as :meth:`check`, and for what people must be able to read before they sign up."""
        self.check(now=now)
        said = self.texts.get(FIRST_LANGUAGE, {})
        if not said.get("title"):
            raise InvalidValue("Give it a title in Dutch.", field=f"title_{FIRST_LANGUAGE}")
        if not said.get("about"):
            raise InvalidValue("Tell in Dutch what happens there.", field=f"about_{FIRST_LANGUAGE}")
        if not self.online_url and not (self.venue_name and self.street):
            raise InvalidValue("Say where it is: the name of the venue and the street.", field="venue_name")


def clean_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Title, words and directions by language, trimmed, without languages that say nothing.

    Raises :class:`InvalidValue` on ``title_<language>`` and so on.
    """
    longest = {"title": LONGEST_TITLE, "about": LONGEST_ABOUT, "directions": LONGEST_REASON}
    found = {
        language: {
            name: clean_words(words, longest=longest[name], field=f"{name}_{language}")
            for name, words in said.items()
            if words.strip()
        }
        for language, said in texts.items()
    }
    return {language: said for language, said in found.items() if said}


def clean_reason(reason: Mapping[str, str]) -> dict[str, str]:
    """Why it does not go on, by language. Raises :class:`InvalidValue`, also when it is not said in Dutch."""
    found = {
        language: clean_words(words, longest=LONGEST_REASON, field=f"reason_{language}")
        for language, words in reason.items()
        if words.strip()
    }
    if FIRST_LANGUAGE not in found:
        raise InvalidValue("Say in Dutch why it does not go on.", field=f"reason_{FIRST_LANGUAGE}")
    return found


def said_in(texts: Mapping[str, str], language: str) -> str:
    """What is said in this language; else in the first one, or in any; empty when nothing is."""
    return texts.get(language) or texts.get(FIRST_LANGUAGE) or next(iter(texts.values()), "")


def text_in(texts: Mapping[str, Mapping[str, str]], name: str, language: str) -> str:
    """The title, the words or the directions, each in this language where it is said."""
    return said_in({each: said[name] for each, said in texts.items() if said.get(name)}, language)


def day_before(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """When people are reminded."""
    on = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(on, REMINDED_AT, tzinfo=zone)


def day_after(ends_at: datetime, zone: ZoneInfo) -> datetime:
    """When those who came get the material and the one question."""
    on = ends_at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(on, REMINDED_AT, tzinfo=zone)


def parse_help(codes: Iterable[str]) -> frozenset[str]:
    """What somebody asks for on that day. Raises :class:`InvalidValue` for what is not asked of people."""
    found = frozenset(codes)
    for code in sorted(found):
        if not feature_of(code, field="help").asked_of_people:
            raise InvalidValue("We do not know “%(code)s”.", field="help", values={"code": code})
    return found

"""What is said of a market before it: its day and rounds, its hall, its rules, and who helps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from volunteer.domain.access import feature_of
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue
from volunteer.domain.gatherings import FIRST_LANGUAGE, LATEST, LONGEST_LINE
from volunteer.domain.languages import parse_codes
from volunteer.domain.market_days import MOST_ROUNDS, HelperRole, Rounds
from volunteer.domain.market_visitors import MOST_WANTED

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_SPOTS = 60
"""In one zone."""
MINUTES = range(5, 61)
"""How long a meeting can be."""
MOST_CHANGE = 30
BREAKS = range(5, 121)
"""How long a break can be."""
MOST_BREAKS = 3
LONGEST_DAY = timedelta(hours=14)
REPLAN_EVERY = (5, 10, 15, 20, 30)
"""Minutes between two timetables on the day, where the clock asks for them."""
PROPOSED_ROUNDS, PROPOSED_MINUTES, PROPOSED_CHANGE = 12, 15, 5
"""What an empty form proposes: three to four meetings fit in with time to breathe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What makes a route a good one at this market; what is ``None`` does not limit."""

    wanted: int = 4
    """How many meetings are usual."""
    longest_wait: int | None = None
    """So many rounds at most between two meetings."""
    most_in_a_row: int | None = None
    """After so many rounds comes one to breathe."""
    sure_only: bool = False
    """Leave out stands of which something must be asked first."""

    def check(self, rounds: int) -> None:
        """Raise :class:`InvalidValue` on the first that cannot be so with as many rounds."""
        if not 1 <= self.wanted <= MOST_WANTED:
            raise InvalidValue(
                "Give a number from 1 to %(most)d.", field="wanted", values={"most": MOST_WANTED}
            )
        for name in ("longest_wait", "most_in_a_row"):
            limit = getattr(self, name)
            if limit is not None and not 1 <= limit <= rounds:
                raise InvalidValue("Give a number from 1 to %(most)d.", field=name, values={"most": rounds})

    def stored(self, walking: Mapping[str, int]) -> dict[str, object]:
        """As the column ``rules`` keeps them, with the zones that lie far apart."""
        said: dict[str, object] = {"wanted": self.wanted, "sure_only": self.sure_only}
        for name in ("longest_wait", "most_in_a_row"):
            if getattr(self, name) is not None:
                said[name] = getattr(self, name)
        return said | ({"walking": dict(walking)} if walking else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything that is said of a market; ``check`` looks at the whole before anybody reads it."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: ``title``, ``about``, and ``directions`` (how to get in, whom to ask for)."""
    starts_at: datetime
    """When the doors open."""
    ends_at: datetime
    rounds: Rounds
    stands_close_at: datetime
    signup_closes_at: datetime
    venue_name: str = ""
    street: str = ""
    postal_code: str = ""
    municipality: str | None = None
    access: frozenset[str] = frozenset()
    training_id: UUID | None = None
    rules: Rules = field(default_factory=Rules)
    replan_minutes: int | None = None

    def check(self, *, now: datetime, zone: ZoneInfo) -> None:
        """Raise :class:`InvalidValue` on the first field that cannot be so in a draft or an open one."""
        if not now < self.starts_at <= now + LATEST:
            raise InvalidValue("Choose a day and an hour within a year that are to come.", field="starts_at")
        if not self.starts_at < self.ends_at <= self.starts_at + LONGEST_DAY:
            raise InvalidValue("The doors close after they open, on the same day.", field="ends_at")
        self._check_rounds(zone)
        for name in ("stands_close_at", "signup_closes_at"):
            if not self.starts_at - LATEST <= getattr(self, name) <= self.starts_at:
                raise InvalidValue("This closes before the doors open, at most a year before.", field=name)
        self.rules.check(self.rounds.count)
        if self.replan_minutes is not None and self.replan_minutes not in REPLAN_EVERY:
            raise InvalidValue("Choose from the list.", field="replan_minutes")
        for code in self.access:
            feature_of(code, field="access")

    def _check_rounds(self, zone: ZoneInfo) -> None:
        rounds = self.rounds
        check_rounds(rounds)
        if not self.starts_at <= rounds.first < self.ends_at:
            raise InvalidValue("The first round begins once the doors are open.", field="first_round_at")
        if rounds.end > self.ends_at:
            raise InvalidValue(
                "The last round would end at %(hour)s. Close the doors later, or plan fewer rounds.",
                field="ends_at",
                values={"hour": f"{rounds.end.astimezone(zone):%H:%M}"},
            )

    def check_whole(self, *, now: datetime, zone: ZoneInfo) -> None:
        """Raise as :meth:`check`, and for what people must be able to read before they come."""
        self.check(now=now, zone=zone)
        said = self.texts.get(FIRST_LANGUAGE, {})
        if not said.get("title"):
            raise InvalidValue("Give it a title in Dutch.", field=f"title_{FIRST_LANGUAGE}")
        if not said.get("about"):
            raise InvalidValue("Tell in Dutch what happens there.", field=f"about_{FIRST_LANGUAGE}")
        if not (self.venue_name and self.street):
            raise InvalidValue("Say where it is: the name of the venue and the street.", field="venue_name")


def check_rounds(rounds: Rounds) -> None:
    """Raise :class:`InvalidValue` for rounds of a number or a length that cannot be, and for such breaks."""
    for name, value, among in (
        ("round_count", rounds.count, range(1, MOST_ROUNDS + 1)),
        ("round_minutes", rounds.minutes, MINUTES),
        ("change_minutes", rounds.change_minutes, range(MOST_CHANGE + 1)),
    ):
        if value not in among:
            raise InvalidValue(
                "Give a number from %(least)d to %(most)d.",
                field=name,
                values={"least": among[0], "most": among[-1]},
            )
    check_breaks(rounds.breaks, rounds.count)


def check_breaks(breaks: Mapping[int, int], rounds: int) -> None:
    """Raise :class:`InvalidValue` for a break that is not between two rounds, or of no length one can have.

    The field is ``break_after`` or ``break_minutes``.
    """
    for after, minutes in breaks.items():
        if not 0 <= after < rounds - 1:
            raise InvalidValue("A break comes after a round that is not the last.", field="break_after")
        if minutes not in BREAKS:
            raise InvalidValue(
                "Give a number from %(least)d to %(most)d.",
                field="break_minutes",
                values={"least": BREAKS[0], "most": BREAKS[-1]},
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneDetails:
    """What is said of one zone."""

    letter: str
    names: Mapping[str, str]
    """By language."""
    spots: int
    access: frozenset[str] = frozenset()


def clean_zones(zones: Iterable[ZoneDetails]) -> list[ZoneDetails]:
    """All of them in the order of their letters, their names trimmed.

    Raises :class:`InvalidValue` on ``name_<letter>_<language>`` or ``spots_<letter>``.
    """
    return [_clean_zone(each) for each in sorted(zones, key=lambda each: each.letter)]


def _clean_zone(zone: ZoneDetails) -> ZoneDetails:
    letter = zone.letter
    if letter not in LETTERS or len(letter) != 1:
        raise InvalidValue("Choose from the list.", field="zones")
    names = {
        language: clean_words(words, longest=LONGEST_LINE, field=f"name_{letter}_{language}")
        for language, words in zone.names.items()
        if words.strip()
    }
    if FIRST_LANGUAGE not in names:
        raise InvalidValue(
            "Give zone %(letter)s a name in Dutch.",
            field=f"name_{letter}_{FIRST_LANGUAGE}",
            values={"letter": letter},
        )
    if not 1 <= zone.spots <= MOST_SPOTS:
        raise InvalidValue(
            "Give a number from 1 to %(most)d.", field=f"spots_{letter}", values={"most": MOST_SPOTS}
        )
    for code in zone.access:
        feature_of(code, field=f"access_{letter}")
    return ZoneDetails(letter=letter, names=names, spots=zone.spots, access=zone.access)


def pairs_of(letters: Iterable[str]) -> list[str]:
    """Every two zones, as the rules name them: ``A|B``."""
    return ["|".join(each) for each in combinations(sorted(letters), 2)]


def far_apart(pairs: Collection[str], letters: Iterable[str]) -> dict[str, int]:
    """The zones between which a round is left free to walk, of those there are."""
    return dict.fromkeys((each for each in pairs_of(letters) if each in pairs), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperDetails:
    """Who helps on the day, and how."""

    role: HelperRole
    name: str
    languages: frozenset[str] = frozenset()
    away: frozenset[int] = frozenset()
    """Rounds in which they are not there, from 0."""

    def check(self, rounds: int) -> None:
        """Raise :class:`InvalidValue` on the first field that cannot be so at a market of as many rounds."""
        parse_codes(self.languages)
        if self.role is HelperRole.INTERPRETER and not self.languages:
            raise InvalidValue("Choose the languages of this interpreter.", field="languages")
        if not self.away <= frozenset(range(rounds)):
            raise InvalidValue("Choose from the list.", field="away")

"""Gatherings in the reader's words: what it is, when and where, what helps there, and how a seat stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volunteer.domain.access import FEATURES
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import FIRST_LANGUAGE, SEVERAL, GatheringKind, GatheringState, PartyKind
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Gathering, GatheringParty
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.language import current_language, joined, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import State

PICTURES = {
    GatheringKind.CANDIDATE_WORKSHOP: "t.talk_table",
    GatheringKind.SUPPORT_INFO_SESSION: "t.buddy",
    GatheringKind.ORGANISATION_TRAINING: "t.teach",
    GatheringKind.COMPANY_DAY: "t.event",
}
LOOKS = {
    SeatState.IN: "accepted",
    SeatState.OFFERED: "proposed",
    SeatState.WAITING: "pending",
    SeatState.WITHDRAWN: "withdrawn",
    SeatState.LAPSED: "stopped",
}
"""The look of each state, by the names of ``macros/cards.html``."""


@dataclass(frozen=True, slots=True)
class Words:
    """Something that was written, and its language where that is not the reader's."""

    text: str
    language: str | None

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringCard:
    """One gathering, as everybody may read it."""

    id: UUID
    kind: GatheringKind
    kind_name: str
    for_whom: str
    picture: str
    title: Words
    about: Words
    directions: Words
    day: str
    hours: str
    when: str
    """Day and hours, in one line."""
    closes: str
    """The last moment to sign up, in words."""
    venue: str
    address: str
    is_online: bool
    languages: list[str]
    interpreters: list[str]
    access: list[tuple[str, str]]
    """Code and name of what helps there."""
    seats: int
    partner: str
    state: GatheringState
    is_over: bool
    takes_sign_ups: bool
    """Published, and people can still sign up."""
    reason: Words
    """Why it does not go on."""


def kind_names() -> dict[GatheringKind, str]:
    """Each kind, as people call it."""
    return {
        GatheringKind.CANDIDATE_WORKSHOP: _("Workshop about volunteering"),
        GatheringKind.SUPPORT_INFO_SESSION: _("Info session for support workers"),
        GatheringKind.ORGANISATION_TRAINING: _("Training for organisations"),
        GatheringKind.COMPANY_DAY: _("Company day"),
    }


def for_whom(kind: GatheringKind) -> str:
    """Whom it is for, in a sentence."""
    return {
        GatheringKind.CANDIDATE_WORKSHOP: _("For everybody who would like to volunteer."),
        GatheringKind.SUPPORT_INFO_SESSION: _("For who helps others find the way."),
        GatheringKind.ORGANISATION_TRAINING: _("For teams of organisations."),
        GatheringKind.COMPANY_DAY: _("For companies and organisations."),
    }[kind]


def gathering_card(uow: UnitOfWork, gathering: Gathering) -> GatheringCard:
    """Everything the pages say of this gathering, in the reader's language where it was written in it."""
    kind, state = GatheringKind(gathering.kind), GatheringState(gathering.state)
    day, hours = spoken_day(gathering.starts_at), _hours(gathering)
    return GatheringCard(
        id=gathering.id,
        kind=kind,
        kind_name=kind_names()[kind],
        for_whom=for_whom(kind),
        picture=PICTURES[kind],
        title=words_of(gathering.texts, "title"),
        about=words_of(gathering.texts, "about"),
        directions=words_of(gathering.texts, "directions"),
        day=day,
        hours=hours,
        when=_("%(day)s, %(hours)s", day=day, hours=hours),
        closes=moment_said(gathering.signup_closes_at),
        venue=gathering.venue_name or "",
        address=_address(gathering),
        is_online=gathering.online_url is not None,
        languages=tongues(gathering.languages),
        interpreters=tongues(gathering.interpreters),
        access=[
            (code, FEATURES[code].label(current_language())) for code in FEATURES if code in gathering.access
        ],
        seats=gathering.seats,
        partner=gathering.organisation.name if gathering.organisation else "",
        state=state,
        is_over=gathering.ends_at <= uow.now,
        takes_sign_ups=state is GatheringState.PUBLISHED and uow.now < gathering.signup_closes_at,
        reason=written(gathering.cancel_reason or {}),
    )


def title_of(gathering: Gathering) -> str:
    """Its title in the reader's language, or another; its kind while it has none."""
    return words_of(gathering.texts, "title").text or kind_names()[GatheringKind(gathering.kind)]


def words_of(texts: Mapping[str, Mapping[str, str]], name: str) -> Words:
    """One of its texts: in the reader's language, else in Dutch, else in any."""
    return written({code: said[name] for code, said in texts.items() if said.get(name)})


def tongues(codes: Iterable[str]) -> list[str]:
    """Names of these languages for the reader, in the order of the list."""
    chosen = set(codes)
    return [each.label(current_language()) for code, each in LANGUAGES.items() if code in chosen]


def seats_left(free: int, in_line: int | None = None) -> str:
    """How many seats are free; when none is, which number somebody would be after ``in_line`` parties."""
    if free > 0:
        return ngettext("%(num)d seat left.", "%(num)d seats left.", free)
    if in_line is None:
        return _("Full. You can wait for a seat.")
    return _("Full. You can wait: you would be number %(number)s.", number=in_line + 1)


def moment_said(moment: datetime) -> str:
    """A day and an hour, in one line."""
    return _("%(day)s, %(hour)s", day=spoken_day(moment), hour=spoken_hour(moment))


def is_several(party: GatheringParty) -> bool:
    """Whether one speaks for more people here, who may be many or one."""
    return PartyKind(party.kind) in SEVERAL


def seat_state(party: GatheringParty) -> State:
    """The look and the words of a seat, as who signed up reads it."""
    words = {
        SeatState.IN: _("You have a seat"),
        SeatState.OFFERED: _("A seat is free for you"),
        SeatState.WAITING: _("You wait for a seat"),
        SeatState.WITHDRAWN: _("You do not come"),
        SeatState.LAPSED: _("Your seat went to somebody else"),
    }
    words_of_several = {
        SeatState.IN: _("Your group has seats"),
        SeatState.OFFERED: _("Seats are free for your group"),
        SeatState.WAITING: _("Your group waits for seats"),
        SeatState.WITHDRAWN: _("Your group does not come"),
        SeatState.LAPSED: _("Your seats went to others"),
    }
    return _state(party, words_of_several if is_several(party) else words)


def seat_state_at_desk(party: GatheringParty) -> State:
    """The same, as the desk reads it of somebody."""
    words = {
        SeatState.IN: _("Has a seat"),
        SeatState.OFFERED: _("Was offered a seat"),
        SeatState.WAITING: _("Waits"),
        SeatState.WITHDRAWN: _("Does not come"),
        SeatState.LAPSED: _("Did not answer in time"),
    }
    return _state(party, words)


def party_kind_names() -> dict[PartyKind, str]:
    """Who a party is, for the desk."""
    return {
        PartyKind.CANDIDATE: _("Has a file"),
        PartyKind.VISITOR: _("Without a file"),
        PartyKind.GROUP: _("A group"),
        PartyKind.TEAM: _("A team"),
    }


def people(size: int) -> str:
    """How many people a party is."""
    return ngettext("%(num)d person", "%(num)d people", size)


def group_words(party: GatheringParty) -> str:
    """What is known of a group: how many, who comes along, and their languages."""
    parts = [people(party.size)]
    if party.companions:
        parts.append(
            ngettext(
                "%(num)d of them comes along to help", "%(num)d of them come along to help", party.companions
            )
        )
    return joined([*parts, *tongues(party.languages)])


def _state(party: GatheringParty, words: Mapping[SeatState, str]) -> State:
    state = SeatState(party.state)
    if state in LIVE and party.gathering.state == GatheringState.CANCELLED:
        return State("stopped", _("Does not go on"))
    return State(LOOKS[state], words[state])


def _hours(gathering: Gathering) -> str:
    return _(
        "from %(start)s to %(end)s",
        start=spoken_hour(gathering.starts_at),
        end=spoken_hour(gathering.ends_at),
    )


def _address(gathering: Gathering) -> str:
    known = MUNICIPALITIES.get(gathering.municipality or "")
    town = " ".join(filter(None, (gathering.postal_code, known.label(current_language()) if known else None)))
    return joined(filter(None, (gathering.street, town)))


def written(said: Mapping[str, str]) -> Words:
    """What was written in several languages: in the reader's, else in Dutch, else in any."""
    return written_for(said, current_language())


def written_for(said: Mapping[str, str], reader: str) -> Words:
    """The same for who reads this language, on paper."""
    for code in (reader, FIRST_LANGUAGE, *said):
        if words := said.get(code):
            return Words(words, None if code == reader else code)
    return Words("", None)

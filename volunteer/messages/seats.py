"""Messages about a gathering: whom they reach, what they speak of, where they lead, and whether they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from volunteer.domain.access import FEATURES
from volunteer.domain.appointments import Appointment
from volunteer.domain.candidates import Channel
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import GatheringState, said_in, text_in
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.messages import MessageKind
from volunteer.domain.places import MUNICIPALITIES
from volunteer.links import Links, Purpose
from volunteer.messages.words import Facts, Meeting
from volunteer.models import Gathering, GatheringParty, Message
from volunteer.queries import gatherings as queries
from volunteer.services import agenda, gathering_links, gathering_sign_ups
from volunteer.translation import isolated, listed, translations
from volunteer.unit_of_work import UnitOfWork

ASKED_FOR = timedelta(days=30)
"""So long after the day the one question can be answered."""
SOON = timedelta(hours=18)
_ON_ITS_PAGE = frozenset({MessageKind.SEAT_LAPSED, MessageKind.GATHERING_CANCELLED})
"""What leads to the page of the gathering: there is no seat, and why stands there."""
_CHANGES = frozenset({MessageKind.GATHERING_MOVED, MessageKind.GATHERING_CANCELLED})
_IN_CALENDAR = frozenset(
    {
        MessageKind.YOU_ARE_IN,
        MessageKind.GATHERING_MOVED,
        MessageKind.GATHERING_CANCELLED,
        MessageKind.GATHERING_TOMORROW,
    }
)


def about(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    """The facts with what they signed up for; as they were where that is not there any more."""
    party = uow.session.get(GatheringParty, message.about_id)
    if party is None:
        return facts
    gathering, language = party.gathering, facts.language
    meeting = Meeting(
        title=text_in(gathering.texts, "title", language),
        place=address_of(gathering, language),
        directions=text_in(gathering.texts, "directions", language),
        online_url=gathering.online_url or "",
        ends_at=gathering.ends_at,
        until=party.offered_until,
        number=queries.place_in_line(uow.session, party) if party.state == SeatState.WAITING else 0,
        size=party.size,
        there=what_is_there(gathering, language),
        reason=said_in(gathering.cancel_reason or {}, language),
        material=text_in(gathering.afterwards, "words", language),
    )
    return replace(facts, gathering=meeting, when=gathering.starts_at)


def with_link(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Facts:
    """The facts with where to go on from a message about a gathering; as they were for any other."""
    if message.kind not in CHECKS:
        return facts
    party = uow.session.get(GatheringParty, message.about_id)
    if party is None:
        return facts
    if message.kind in _ON_ITS_PAGE or gathering_links.has_left(party):
        return replace(facts, link=links.to(f"/agenda/{party.gathering_id}"))
    is_after = message.kind == MessageKind.GATHERING_AFTERWARDS
    make = links.make_short if message.channel == Channel.SMS else links.make
    purpose = Purpose.AFTERWARDS if is_after else Purpose.SEAT
    return replace(facts, link=make(purpose, party.id, proof=gathering_links.proof_of(party)))


def visitor(uow: UnitOfWork, message: Message, facts: Facts) -> tuple[str | None, Facts] | None:
    """Where a visitor without a file is reached; nobody once they are forgotten."""
    party = uow.session.get(GatheringParty, message.recipient_id)
    if party is None or party.name_sealed is None:
        return None
    # Whoever typed a name and a number of somebody else must not make us say it.
    known = replace(
        facts,
        to_name=gathering_sign_ups.name_of(uow, party),
        from_stranger=party.signed_up_by is None,
    )
    return gathering_sign_ups.contact_of(uow, party), known


def appointment_in(uow: UnitOfWork, message: Message, facts: Facts) -> Appointment | None:
    """What a calendar is to know by this message; ``None`` where they do not come anyway."""
    party = uow.session.get(GatheringParty, message.about_id)
    if message.kind not in _IN_CALENDAR or party is None or party.state != SeatState.IN:
        return None
    found = agenda.appointment_of(party.gathering, facts.language, made_at=message.created_at)
    return replace(found, place=found.place or party.gathering.online_url or "")


def cannot_wait(uow: UnitOfWork, message: Message) -> bool:
    """Whether it takes back what may be the first thing of somebody's morning: it leaves at night, too."""
    party = uow.session.get(GatheringParty, message.about_id) if message.kind in _CHANGES else None
    return party is not None and party.gathering.starts_at - uow.now <= SOON


def address_of(gathering: Gathering, language: str) -> str:
    """Venue, street and municipality in one line; empty for one that is online."""
    town = MUNICIPALITIES.get(gathering.municipality or "")
    parts = [gathering.venue_name, gathering.street, town.label(language) if town else None]
    return listed([each for each in parts if each], language)


def what_is_there(gathering: Gathering, language: str) -> tuple[str, ...]:
    """Languages of interpreters, and what helps at the venue, in words."""
    _ = translations(language).gettext
    into = (LANGUAGES[code].label(language) for code in gathering.interpreters)
    spoken = (_("interpreter: %(language)s") % isolated({"language": each}, language) for each in into)
    return (*spoken, *(FEATURES[code].label(language) for code in gathering.access))


def _is_to_come(uow: UnitOfWork, party: GatheringParty) -> bool:
    gathering = party.gathering
    return gathering.state == GatheringState.PUBLISHED and gathering.starts_at > uow.now


def _sits(uow: UnitOfWork, party: GatheringParty) -> bool:
    return party.state == SeatState.IN and _is_to_come(uow, party)


def _waits(uow: UnitOfWork, party: GatheringParty) -> bool:
    return party.state == SeatState.WAITING and _is_to_come(uow, party)


def _is_offered(uow: UnitOfWork, party: GatheringParty) -> bool:
    # Also past its time: who was not told keeps it, and whoever watches the deadline decides that.
    return party.state == SeatState.OFFERED and _is_to_come(uow, party)


def _lapsed(uow: UnitOfWork, party: GatheringParty) -> bool:
    return party.state == SeatState.LAPSED and _is_to_come(uow, party)


def _counts(uow: UnitOfWork, party: GatheringParty) -> bool:
    return party.state in LIVE and _is_to_come(uow, party)


def _is_off(_uow: UnitOfWork, party: GatheringParty) -> bool:
    return party.state in LIVE and party.gathering.state == GatheringState.CANCELLED


def _is_near(uow: UnitOfWork, party: GatheringParty) -> bool:
    """Tomorrow, and not the day after by a change since."""
    on = party.gathering.starts_at.astimezone(uow.zone).date()
    return _sits(uow, party) and on == uow.today + timedelta(days=1)


def _came(uow: UnitOfWork, party: GatheringParty) -> bool:
    ended = party.gathering.ends_at
    return party.attended != 0 and ended <= uow.now < ended + ASKED_FOR


_HOLDS: Mapping[MessageKind, Callable[[UnitOfWork, GatheringParty], bool]] = {
    MessageKind.YOU_ARE_IN: _sits,
    MessageKind.YOU_WAIT: _waits,
    MessageKind.SEAT_OFFERED: _is_offered,
    MessageKind.SEAT_LAPSED: _lapsed,
    MessageKind.GATHERING_MOVED: _counts,
    MessageKind.GATHERING_CANCELLED: _is_off,
    MessageKind.GATHERING_TOMORROW: _is_near,
    MessageKind.GATHERING_AFTERWARDS: _came,
}


def _holds(uow: UnitOfWork, message: Message) -> bool:
    party = uow.session.get(GatheringParty, message.about_id)
    return party is not None and _HOLDS[MessageKind(message.kind)](uow, party)


CHECKS: Mapping[MessageKind, Callable[[UnitOfWork, Message], bool]] = dict.fromkeys(_HOLDS, _holds)
"""What decides for each kind whether it is still true."""

"""Seats of a gathering: taken, given back, offered to who waits, and counted at the door.

Whoever changes who sits where holds the gathering first, so that of many at the same moment each meets what
the one before left. A person's file is held before that, in the order of whoever erases or merges it.
"""

from __future__ import annotations

from uuid import UUID

from volunteer.domain import gathering_seats as rules
from volunteer.domain.candidates import BY_HAND
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.gatherings import (
    PartyCame,
    PartyResized,
    PartyWithdrew,
    SeatConfirmed,
    SeatLapsed,
    SeatOffered,
)
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import GatheringState
from volunteer.domain.messages import MessageKind
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.queries.messages import was_not_told
from volunteer.unit_of_work import UnitOfWork


def found(uow: UnitOfWork, party_id: UUID) -> GatheringParty:
    """One sign-up, to be read. Raises :class:`NotFound`."""
    party = uow.session.get(GatheringParty, party_id)
    if party is None:
        raise NotFound("This is not there any more.")
    return party


def held(uow: UnitOfWork, party_id: UUID) -> GatheringParty:
    """One sign-up, with its gathering held. Raises :class:`NotFound`."""
    queries.held(uow.session, found(uow, party_id).gathering_id)
    party = uow.session.get(GatheringParty, party_id, populate_existing=True)
    if party is None:
        raise NotFound("This is not there any more.")
    return party


def sit_down(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> GatheringParty:
    """Give a newcomer the next number, and a seat or a place in the line. The gathering is held."""
    free = free_seats(uow, gathering)
    line = queries.line_of(uow.session, gathering.id)
    gathering.last_number += 1
    party.number = gathering.last_number
    party.state = SeatState.IN if rules.has_seat(party.size, line, free=free) else SeatState.WAITING
    uow.session.add(party)
    uow.session.flush()
    return party


def free_seats(uow: UnitOfWork, gathering: Gathering) -> int:
    """Seats that nobody has and that are kept for nobody."""
    return gathering.seats - queries.seats_taken(uow.session, gathering.id)


def confirm(uow: UnitOfWork, party_id: UUID) -> GatheringParty:
    """They were offered a seat, and come. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when the seat went to somebody else, or none was
    offered yet.
    """
    party = held(uow, party_id)
    _check_stands(party)
    if party.state == SeatState.IN:
        return party
    is_late = party.offered_until is not None and party.offered_until <= uow.now
    if party.state == SeatState.LAPSED or (party.state == SeatState.OFFERED and is_late):
        raise ImpossibleStep("The time to say yes is over: the seat went to the next one.")
    if party.state != SeatState.OFFERED:
        raise ImpossibleStep("No seat is free for you yet. We tell you when there is.")
    party.state, party.offered_until = SeatState.IN, None
    uow.record(SeatConfirmed(party.id))
    return party


def withdraw(uow: UnitOfWork, party_id: UUID) -> GatheringParty:
    """They do not come; their seat is offered to the next one. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` once it began.
    """
    party = held(uow, party_id)
    if party.state not in LIVE:
        return party
    if party.gathering.starts_at <= uow.now:
        raise ImpossibleStep("This activity began already.")
    _end(uow, party, SeatState.WITHDRAWN)
    uow.record(PartyWithdrew(party.id))
    offer_free(uow, party.gathering)
    return party


def resize(uow: UnitOfWork, party_id: UUID, size: int, *, companions: int = 0) -> GatheringParty:
    """They come with more, or with fewer. Whoever waits keeps their number.

    Raises :class:`NotFound`, :class:`InvalidValue`, and :class:`ImpossibleStep` where there are no seats for
    more, or it began or ended for them.
    """
    party = held(uow, party_id)
    gathering = party.gathering
    _check_stands(party)
    rules.check_size(size, companions, seats=gathering.seats)
    if party.state not in LIVE or gathering.starts_at <= uow.now:
        raise ImpossibleStep("This cannot be changed any more.")
    more = size - party.size
    if party.state in rules.TAKING and more > 0:
        line = queries.line_of(uow.session, gathering.id)
        if not rules.has_seat(more, line, free=free_seats(uow, gathering)):
            raise ImpossibleStep("There are not so many seats left. Sign the others up apart: they wait.")
    if (party.size, party.companions) != (size, companions):
        party.size, party.companions = size, companions
        uow.record(PartyResized(party.id))
        uow.session.flush()
        offer_free(uow, gathering)
    return party


def offer_free(uow: UnitOfWork, gathering: Gathering) -> int:
    """Offer what is free to who waits, in their order; returns to how many. The gathering is held.

    Nothing is offered shortly before it begins, nor of what is called off.
    """
    if gathering.state != GatheringState.PUBLISHED:
        return 0
    uow.session.flush()
    line = queries.line_of(uow.session, gathering.id)
    numbers = rules.to_offer(line, free=free_seats(uow, gathering))
    offered = 0
    for party in queries.with_numbers(uow.session, gathering.id, numbers):
        until = rules.offered_until(uow.now, gathering.starts_at, uow.zone, by_hand=_is_told_by_hand(party))
        if until is not None:
            party.state, party.offered_until = SeatState.OFFERED, until
            uow.record(SeatOffered(party.id))
            offered += 1
    uow.session.flush()
    return offered


def shorten_offers(uow: UnitOfWork, gathering: Gathering) -> None:
    """It begins sooner than it did: what is offered ends before that. The gathering is held."""
    last = gathering.starts_at - rules.LAST_CALL
    for party in queries.parties_of(uow.session, gathering.id, live=True):
        if party.offered_until is not None and party.offered_until > last:
            party.offered_until = max(last, uow.now)


def lapse_due(uow: UnitOfWork) -> int:
    """Offers whose time is over go to the next one, and so does any free seat; returns how many lapsed.

    Where an account or a file went, or there are more seats, this finds what nobody offered yet.
    """
    lapsed = 0
    chosen = {*queries.lapsing(uow.session, uow.now), *queries.with_room(uow.session, uow.now)}
    for gathering_id in sorted(chosen):
        gathering = queries.held(uow.session, gathering_id)
        if gathering is not None:
            lapsed += _lapse(uow, gathering)
            offer_free(uow, gathering)
    return lapsed


def attend(uow: UnitOfWork, party_id: UUID, people: int) -> GatheringParty:
    """So many of them came; 0 is nobody. Said again, the last word counts.

    Raises :class:`NotFound`, :class:`InvalidValue`, and :class:`ImpossibleStep` before that day and for what
    was called off.
    """
    party = held(uow, party_id)
    _check_stands(party)
    if uow.today < party.gathering.starts_at.astimezone(uow.zone).date():
        raise ImpossibleStep("Counting who comes begins on the day itself.")
    if people:
        rules.check_size(people, seats=rules.MOST_IN_A_GROUP)
    if party.attended != people:
        party.attended = people
        uow.record(PartyCame(party.id, people))
    return party


def leave_all(uow: UnitOfWork, candidate_id: UUID) -> None:
    """This person's file goes: whoever waits gets their seats. Their file is held."""
    theirs = queries.of_candidate(uow.session, candidate_id, since=uow.now)
    for party in sorted(theirs, key=lambda each: each.gathering_id):
        gathering = queries.held(uow.session, party.gathering_id)
        uow.session.refresh(party)
        if gathering is not None and party.state in LIVE:
            _end(uow, party, SeatState.WITHDRAWN)
            offer_free(uow, gathering)


def sit_together(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """Two files, both held, become one: where both signed up for the same, the better one stands.

    A seat comes before an offer, and that before a place in the line; of two alike the older one stands.
    """
    since = uow.now
    theirs = [
        party
        for candidate_id in (stays, goes)
        for party in queries.of_candidate(uow.session, candidate_id, since=since)
    ]
    for gathering_id in sorted({party.gathering_id for party in theirs}):
        twice = [party for party in theirs if party.gathering_id == gathering_id]
        gathering = queries.held(uow.session, gathering_id) if len(twice) > 1 else None
        if gathering is not None:
            for party in twice:
                uow.session.refresh(party)
            better, worse = sorted(
                twice, key=lambda each: (_STANDING.index(SeatState(each.state)), each.number)
            )
            if better.help_sealed is None:
                better.help_sealed, better.help_version = worse.help_sealed, worse.help_version
            _end(uow, worse, SeatState.WITHDRAWN)
            offer_free(uow, gathering)


_STANDING = tuple(SeatState)


def _lapse(uow: UnitOfWork, gathering: Gathering) -> int:
    over = [
        party
        for party in queries.parties_of(uow.session, gathering.id, live=True)
        if party.state == SeatState.OFFERED and party.offered_until and party.offered_until <= uow.now
    ]
    return sum(_lapse_one(uow, gathering, party) for party in over)


def _lapse_one(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> bool:
    """Whether they lose the seat: not while our message to them still waits to leave, or for a call."""
    if was_not_told(uow.session, party.id, MessageKind.SEAT_OFFERED):
        by_hand = _is_told_by_hand(party)
        longer = rules.offered_until(uow.now, gathering.starts_at, uow.zone, by_hand=by_hand)
        if longer is not None:
            party.offered_until = longer
            return False
    _end(uow, party, SeatState.LAPSED)
    uow.record(SeatLapsed(party.id))
    return True


def _end(uow: UnitOfWork, party: GatheringParty, state: SeatState) -> None:
    party.state, party.offered_until, party.ended_at = state, None, uow.now
    # What they would have needed on that day is nobody's business now.
    party.help_sealed = None


def _is_told_by_hand(party: GatheringParty) -> bool:
    channel = party.candidate.channel if party.candidate else party.channel
    return channel in BY_HAND


def _check_stands(party: GatheringParty) -> None:
    if party.gathering.state == GatheringState.CANCELLED:
        raise ImpossibleStep("This activity was called off.")

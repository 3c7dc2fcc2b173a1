"""Seats of a gathering: taken, given back, offered to who waits, and counted at the door.

Whoever changes who sits where holds the gathering first, so that of many at the same moment each meets what
the one before left. A person's file is held before that, in the order of whoever erases or merges it.
"""

from __future__ import annotations

from datetime import datetime
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
from volunteer.domain.gatherings import SEVERAL, GatheringState
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
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

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when the seat is kept no longer, they gave it back,
    or none was offered yet.
    """
    party = held(uow, party_id)
    _check_stands(party)
    if party.state == SeatState.IN:
        return party
    is_late = party.offered_until is not None and party.offered_until <= uow.now
    if party.state == SeatState.LAPSED or (party.state == SeatState.OFFERED and is_late):
        raise ImpossibleStep("The time to say yes is over. We no longer keep the seat for you.")
    if party.state == SeatState.WITHDRAWN:
        raise ImpossibleStep(
            "You told us that you do not come. Do you want to come after all? Sign up again."
        )
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
    end(uow, party, SeatState.WITHDRAWN)
    uow.record(PartyWithdrew(party.id))
    offer_free(uow, party.gathering)
    return party


def resize(uow: UnitOfWork, party_id: UUID, size: int, *, companions: int = 0) -> GatheringParty:
    """They come with more, or with fewer. Whoever waits keeps their number.

    Raises :class:`NotFound`, :class:`InvalidValue`, and :class:`ImpossibleStep` for who signed up
    alone, where there are no seats for more, or it began or ended for them.
    """
    party = held(uow, party_id)
    gathering = party.gathering
    _check_stands(party)
    if party.kind not in SEVERAL:
        raise ImpossibleStep("This seat is for one person. Everybody else signs up for themselves.")
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
        until = _until(uow, gathering, party)
        if until is not None:
            party.state, party.offered_until = SeatState.OFFERED, until
            uow.record(SeatOffered(party.id))
            offered += 1
    uow.session.flush()
    return offered


def offer_anew(uow: UnitOfWork, gathering: Gathering) -> None:
    """It begins at another time: whoever was offered a seat hears until when it is kept now, or waits again
    where it is too late for that. The gathering is held.
    """
    for party in queries.parties_of(uow.session, gathering.id, live=True):
        if party.state == SeatState.OFFERED and _keep_on(uow, gathering, party):
            uow.record(SeatOffered(party.id))


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


def end(uow: UnitOfWork, party: GatheringParty, state: SeatState) -> None:
    """They do not come, and what they would have needed on that day goes. The gathering is held."""
    party.state, party.offered_until, party.ended_at = state, None, uow.now
    party.help_sealed = party.help_version = None


def leave_all(uow: UnitOfWork, candidate_id: UUID) -> None:
    """This person's file goes: whoever waits gets their seats. Their file is held."""
    theirs = queries.of_candidate(uow.session, candidate_id, since=uow.now)
    for party in sorted(theirs, key=lambda each: each.gathering_id):
        gathering = queries.held(uow.session, party.gathering_id)
        uow.session.refresh(party)
        if gathering is not None and party.state in LIVE:
            end(uow, party, SeatState.WITHDRAWN)
            offer_free(uow, gathering)


def _lapse(uow: UnitOfWork, gathering: Gathering) -> int:
    over = [
        party
        for party in queries.parties_of(uow.session, gathering.id, live=True)
        if party.state == SeatState.OFFERED and party.offered_until and party.offered_until <= uow.now
    ]
    return sum(_lapse_one(uow, gathering, party) for party in over)


def _lapse_one(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> bool:
    """Whether they lose the seat: not before we told them, or tried to."""
    if not queries.heard_of_offer(uow.session, party.id):
        _keep_on(uow, gathering, party)
        return False
    end(uow, party, SeatState.LAPSED)
    uow.record(SeatLapsed(party.id))
    return True


def _keep_on(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> bool:
    """Keep the seat as long as one that is offered now; where it is too late for that they wait again."""
    party.offered_until = _until(uow, gathering, party)
    if party.offered_until is None:
        party.state = SeatState.WAITING
    return party.state == SeatState.OFFERED


def _until(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> datetime | None:
    channel = party.candidate.channel if party.candidate else party.channel
    return rules.offered_until(uow.now, gathering.starts_at, uow.zone, by_hand=channel in BY_HAND)


def _check_stands(party: GatheringParty) -> None:
    if party.gathering.state == GatheringState.CANCELLED:
        raise ImpossibleStep("This activity was called off.")

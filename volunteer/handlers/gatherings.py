"""What is told of gatherings: to who signed up, when somebody changes, calls off, offers or lets go by."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from volunteer.domain.candidates import BY_HAND, Channel
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork

_BY_VOICE = BY_HAND - {Channel.LETTER}
_ON_SIGNING_UP = {SeatState.IN: MessageKind.YOU_ARE_IN, SeatState.WAITING: MessageKind.YOU_WAIT}


def of_sign_up(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Say that they have a seat, or that they wait; who was offered one meanwhile hears that."""
    party = uow.session.get(GatheringParty, cause.event.party_id)
    kind = _ON_SIGNING_UP.get(SeatState(party.state)) if party else None
    if party is not None and kind is not None:
        _tell(uow, [party], kind, cause_id=cause.event_id)


def of_offer(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Say that a seat is kept for them, and until when."""
    _tell_one(cause, uow, MessageKind.SEAT_OFFERED)


def of_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Say that the seat is theirs."""
    _tell_one(cause, uow, MessageKind.YOU_ARE_IN)


def of_lapse(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Say that the seat is not kept any more."""
    _tell_one(cause, uow, MessageKind.SEAT_LAPSED)


def of_move(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell everyone who comes, or would like to, of another time or place."""
    live = queries.parties_of(uow.session, cause.event.gathering_id, live=True)
    _tell(uow, live, MessageKind.GATHERING_MOVED, cause_id=cause.event_id)


def of_cancelling(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell everyone who comes, or would like to, that it does not go on."""
    live = queries.parties_of(uow.session, cause.event.gathering_id, live=True)
    _tell(uow, live, MessageKind.GATHERING_CANCELLED, cause_id=cause.event_id)


def of_tomorrow(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Remind who has a seat."""
    live = queries.parties_of(uow.session, cause.event.gathering_id, live=True)
    sitting = [party for party in live if party.state == SeatState.IN]
    _tell(uow, sitting, MessageKind.GATHERING_TOMORROW, cause_id=cause.event_id)


def of_end(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Send who came the material and one question; where nobody counted, whoever had a seat.

    Nobody is called for that.
    """
    gathering_id = cause.event.gathering_id
    every = queries.parties_of(uow.session, gathering_id)
    if queries.was_counted(uow.session, gathering_id):
        came = [party for party in every if party.attended]
    else:
        came = [party for party in every if party.state == SeatState.IN]
    came = [party for party in came if not _is_called(party)]
    _tell(uow, came, MessageKind.GATHERING_AFTERWARDS, cause_id=cause.event_id)


def _is_called(party: GatheringParty) -> bool:
    channel = party.candidate.channel if party.candidate else party.channel
    return channel in _BY_VOICE


def _tell_one(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    party = uow.session.get(GatheringParty, cause.event.party_id)
    if party is not None:
        _tell(uow, [party], kind, cause_id=cause.event_id)


def _tell(uow: UnitOfWork, parties: Iterable[GatheringParty], kind: MessageKind, *, cause_id: UUID) -> None:
    """Each in their own way. Files are held in one order, in which nobody who merges two waits for us."""
    for party in sorted(parties, key=lambda each: (each.candidate_id or UUID(int=0), each.number)):
        if party.candidate is not None:
            messages.tell_candidate(uow, party.candidate, kind, about_id=party.id, cause_id=cause_id)
        elif party.account is not None:
            messages.tell_account(uow, party.account, kind, about_id=party.id, cause_id=cause_id)
        elif party.name_sealed is not None:
            messages.tell_visitor(uow, party, kind, cause_id=cause_id)

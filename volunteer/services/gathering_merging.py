"""Two files of one person become one: where both signed up for the same gathering, one place is left."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import update

from volunteer.domain.gathering_seats import SeatState
from volunteer.models import GatheringParty, Message
from volunteer.queries import gatherings as queries
from volunteer.services.gathering_seats import end, offer_free
from volunteer.unit_of_work import UnitOfWork

_STANDING = tuple(SeatState)
_NEVER = datetime.min.replace(tzinfo=UTC)


def sit_together(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """Of two files, both held, the better place stands, also in what is over.

    A seat comes before an offer, and that before a place in the line; of two alike the older one stands.
    """
    theirs = [*queries.every_of_candidate(uow.session, stays), *queries.every_of_candidate(uow.session, goes)]
    for gathering_id in sorted({party.gathering_id for party in theirs}):
        twice = [party for party in theirs if party.gathering_id == gathering_id]
        gathering = queries.held(uow.session, gathering_id) if len(twice) > 1 else None
        if gathering is not None:
            for party in twice:
                uow.session.refresh(party)
            better, worse = sorted(
                twice, key=lambda each: (_STANDING.index(SeatState(each.state)), each.number)
            )
            _take_over(uow, better, worse)
            end(uow, worse, SeatState.WITHDRAWN)
            offer_free(uow, gathering)


def _take_over(uow: UnitOfWork, better: GatheringParty, worse: GatheringParty) -> None:
    """Who came with either came once, and has one answer."""
    if better.help_sealed is None:
        better.help_sealed, better.help_version = worse.help_sealed, worse.help_version
    came = (each.attended for each in (better, worse) if each.attended is not None)
    better.attended = max(came, default=None)
    newer = max(better, worse, key=lambda each: each.answered_at or _NEVER)
    said = newer.answer, newer.words_sealed, newer.answered_at
    better.answer, better.words_sealed, better.answered_at = said
    worse.attended = worse.answer = worse.words_sealed = worse.answered_at = None
    uow.session.execute(update(Message).where(Message.about_id == worse.id).values(about_id=better.id))

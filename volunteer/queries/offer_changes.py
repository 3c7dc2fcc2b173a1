"""Following the outbox: what happened to the offer since one last looked, and which roles it touched.

In PostgreSQL transactions overlap, and an event can become visible after one with a higher number. So whoever
follows goes by the number of the transaction that wrote an event: all below the oldest running one are in;
of those above it one remembers which were seen. Nothing is missed, nothing waits for a transaction that takes
long, and one look is one range of an index (docs/decisions/0024).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from volunteer.domain.events import Event, event_type
from volunteer.domain.events.candidates import CandidateErased, FilesMerged
from volunteer.domain.events.introductions import (
    IntroductionAccepted,
    IntroductionDeclined,
    IntroductionMissed,
    IntroductionStopped,
    IntroductionWithdrawn,
    TimesTurnedDown,
)
from volunteer.domain.events.opportunities import (
    CATALOGUE_EVENTS,
    AccessAnswered,
    OpportunityChanged,
    OpportunityPublished,
)
from volunteer.domain.events.organisations import (
    OrganisationApproved,
    OrganisationAsked,
    OrganisationRefused,
    OrganisationReinstated,
    OrganisationSuspended,
    OrganisationToCheck,
)
from volunteer.domain.events.places import MAP_EVENTS
from volunteer.models import Introduction, Opportunity, OutboxEvent
from volunteer.models.transactions import OldestTransaction

CHANGING: tuple[type[Event], ...] = (
    *CATALOGUE_EVENTS,
    *MAP_EVENTS,
    IntroductionAccepted,
    IntroductionDeclined,
    IntroductionMissed,
    IntroductionStopped,
    IntroductionWithdrawn,
    TimesTurnedDown,
    OrganisationSuspended,
    OrganisationReinstated,
    OrganisationApproved,
    OrganisationAsked,
    OrganisationRefused,
    OrganisationToCheck,
    CandidateErased,
    FilesMerged,
)
"""The events after which a snapshot of the offer is no longer up to date."""
MOST_FOLLOWED = 200
"""After more changes than this, building afresh is no slower."""
_IS_CHANGING = OutboxEvent.type.in_([event.type for event in CHANGING])


@dataclass(frozen=True, slots=True)
class OfferVersion:
    """How far the outbox had come, in events that change the offer: equal wherever the same ones were seen.

    The count stands beside the highest number because an event that comes late has a lower one.
    """

    highest: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody followed."""

    version: OfferVersion
    floor: int
    """Every event below it was seen: number of a transaction in PostgreSQL, of an event on SQLite."""
    seen: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """The events above it that were seen too: where they stand, and their number."""


def present_position(session: Session) -> Position:
    """Where whoever begins now stands: counts every event once, later looks read only what is new."""
    overlap = transactions_overlap(session)
    frontier = _frontier(overlap=overlap)
    count, highest, reached = session.execute(
        select(func.count(), func.max(OutboxEvent.seq), frontier).where(
            _IS_CHANGING, _stands(overlap=overlap) < frontier
        )
    ).one()
    return follow(session, Position(OfferVersion(highest or 0, count), reached))[0]


def follow(session: Session, since: Position) -> tuple[Position, list[Event]]:
    """Return where one stands now, and the events that were not seen yet, each once.

    Events of this very transaction are among them: do not keep such a position, it may be rolled back.
    """
    asked = question(overlap=transactions_overlap(session))
    looked = session.execute(asked, {"floor": since.floor}).all()
    reached = max(since.floor, looked[0].reached)
    found = {(row.stands, row.seq): row for row in looked if row.seq is not None}
    fresh = [found[each] for each in sorted(found.keys() - since.seen)]
    version = OfferVersion(
        max([since.version.highest, *(row.seq for row in fresh)]), since.version.count + len(fresh)
    )
    seen = frozenset(each for each in since.seen | found.keys() if each[0] >= reached)
    return Position(version, reached, seen), [event_type(row.type).from_payload(row.payload) for row in fresh]


def touched_roles(session: Session, events: Sequence[Event]) -> set[UUID] | None:
    """The roles that these events touched; ``None`` when there are too many, or when all may differ."""
    if len(events) > MOST_FOLLOWED:
        return None
    touched: set[UUID] = set()
    for event in dict.fromkeys(events):
        ids = _touched_by(session, event)
        if ids is None:
            return None
        touched.update(ids)
    return touched


def _touched_by(session: Session, event: Event) -> Iterable[UUID] | None:
    """The roles one event touches, whether they are still there or not; ``None`` when all may differ."""
    match event:
        case OpportunityPublished() | OpportunityChanged():
            return (event.opportunity_id,)
        case (
            AccessAnswered()
            | OrganisationSuspended()
            | OrganisationReinstated()
            | OrganisationApproved()
            | OrganisationAsked()
            | OrganisationRefused()
            | OrganisationToCheck()
        ):
            every = Opportunity.organisation_id == event.organisation_id
            return session.scalars(select(Opportunity.id).where(every))
        case IntroductionAccepted() | IntroductionDeclined() | IntroductionMissed():
            # An answer, or one that counts no more, changes how soon this organisation is known to answer,
            # in every role it has.
            answering = select(Introduction.organisation_id).where(Introduction.id == event.introduction_id)
            every = Opportunity.organisation_id == answering.scalar_subquery()
            return session.scalars(select(Opportunity.id).where(every))
        case IntroductionWithdrawn() | IntroductionStopped():
            met = select(Introduction.opportunity_id).where(Introduction.id == event.introduction_id)
            return session.scalars(met)
        case _:
            # Also where a file was erased or went into another: which roles it took a spot of went with it.
            return None


@cache
def question(*, overlap: bool) -> Select[Any]:
    """Ask for every event from ``:floor`` on, and how far all are settled; one empty row when there are none.

    One statement, because both must be of the same moment; ``overlap`` tells whether transactions do.
    """
    looked, stands = select(_frontier(overlap=overlap).label("reached")).subquery(), _stands(overlap=overlap)
    columns = (
        looked.c.reached,
        OutboxEvent.seq,
        stands.label("stands"),
        OutboxEvent.type,
        OutboxEvent.payload,
    )
    since = looked.outerjoin(OutboxEvent, and_(_IS_CHANGING, stands >= bindparam("floor", type_=BigInteger)))
    return select(*columns).select_from(since)


def transactions_overlap(session: Session) -> bool:
    """Whether two can write at once in this database."""
    return session.get_bind().dialect.name == "postgresql"


def _stands(*, overlap: bool) -> InstrumentedAttribute[int]:
    """By what events are followed: where one transaction writes at a time, their own number will do."""
    return OutboxEvent.written_in if overlap else OutboxEvent.seq


def _frontier(*, overlap: bool) -> ColumnElement[int]:
    """Below it nothing can appear any more."""
    if overlap:
        return OldestTransaction()
    every = aliased(OutboxEvent)
    return select(func.coalesce(func.max(every.seq), 0) + 1).scalar_subquery()

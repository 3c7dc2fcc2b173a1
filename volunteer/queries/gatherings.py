"""Reads of gatherings and of those who come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from volunteer.domain.events.gatherings import SeatOffered
from volunteer.domain.gathering_seats import LIVE, TAKING, SeatState, Waiting
from volunteer.domain.gatherings import GatheringKind, GatheringState
from volunteer.domain.messages import MessageState
from volunteer.models import Gathering, GatheringParty, Message, OutboxEvent


class Counts(NamedTuple):
    """How many people stand where, companions included."""

    coming: int = 0
    offered: int = 0
    waiting: int = 0
    came: int = 0


def held(session: Session, gathering_id: UUID) -> Gathering | None:
    """The gathering; nobody else signs up, withdraws or changes it before this transaction ends."""
    return session.get(Gathering, gathering_id, with_for_update=True, populate_existing=True)


def seats_taken(session: Session, gathering_id: UUID) -> int:
    """Seats of those who are in, and of those for whom one is kept."""
    taken = select(func.coalesce(func.sum(GatheringParty.size), 0)).where(
        GatheringParty.gathering_id == gathering_id, GatheringParty.state.in_(TAKING)
    )
    return session.scalar(taken) or 0


def line_of(session: Session, gathering_id: UUID) -> list[Waiting]:
    """Who waits, in their order."""
    rows = session.execute(
        select(GatheringParty.number, GatheringParty.size)
        .where(GatheringParty.gathering_id == gathering_id, GatheringParty.state == SeatState.WAITING)
        .order_by(GatheringParty.number)
    )
    return [Waiting(number, size) for number, size in rows]


def with_numbers(session: Session, gathering_id: UUID, numbers: Collection[int]) -> Sequence[GatheringParty]:
    """The parties with these numbers, in their order."""
    return session.scalars(
        select(GatheringParty)
        .where(GatheringParty.gathering_id == gathering_id, GatheringParty.number.in_(numbers))
        .order_by(GatheringParty.number)
    ).all()


def place_in_line(session: Session, party: GatheringParty) -> int:
    """How many parties wait before this one, and this one: 1 is the next."""
    before = select(func.count()).where(
        GatheringParty.gathering_id == party.gathering_id,
        GatheringParty.state == SeatState.WAITING,
        GatheringParty.number <= party.number,
    )
    return session.scalar(before) or 0


def parties_of(session: Session, gathering_id: UUID, *, live: bool = False) -> Sequence[GatheringParty]:
    """Everyone who signed up, in the order of arrival; with ``live`` only who comes or would like to."""
    chosen = select(GatheringParty).where(GatheringParty.gathering_id == gathering_id)
    if live:
        chosen = chosen.where(GatheringParty.state.in_(LIVE))
    return session.scalars(chosen.order_by(GatheringParty.number).options(*_WHO)).all()


def counts_of(session: Session, gathering_ids: Collection[UUID]) -> dict[UUID, Counts]:
    """The counts of each of these; one without any sign-up has none."""
    rows = session.execute(
        select(
            GatheringParty.gathering_id,
            *(_people(GatheringParty.state == state) for state in _COUNTED),
            func.coalesce(func.sum(GatheringParty.attended), 0),
        )
        .where(GatheringParty.gathering_id.in_(gathering_ids))
        .group_by(GatheringParty.gathering_id)
    )
    return {row[0]: Counts(*(int(each) for each in row[1:])) for row in rows}


def coming_gatherings(
    session: Session, *, now: datetime, kind: GatheringKind | None = None
) -> Sequence[Gathering]:
    """What is published and not over, the first one first."""
    chosen = select(Gathering).where(
        Gathering.state == GatheringState.PUBLISHED,
        Gathering.ends_at > now,
        *([Gathering.kind == kind] if kind else []),
    )
    return session.scalars(chosen.order_by(Gathering.starts_at, Gathering.id)).all()


def announced(session: Session, *, now: datetime, limit: int = 500) -> Sequence[Gathering]:
    """What was published and is not over, also what was called off after that; the first one first."""
    chosen = select(Gathering).where(Gathering.published_at.is_not(None), Gathering.ends_at > now)
    return session.scalars(chosen.order_by(Gathering.starts_at, Gathering.id).limit(limit)).all()


def every_gathering(session: Session, *, limit: int = 200) -> Sequence[Gathering]:
    """For the desk: all of them, the latest day first."""
    chosen = select(Gathering).order_by(Gathering.starts_at.desc(), Gathering.id).limit(limit)
    return session.scalars(chosen).all()


def of_candidate(session: Session, candidate_id: UUID, *, since: datetime) -> Sequence[GatheringParty]:
    """What this person signed up for and is not over since then, the first one first."""
    return _theirs(session, GatheringParty.candidate_id == candidate_id, since)


def every_of_candidate(session: Session, candidate_id: UUID) -> Sequence[GatheringParty]:
    """What this person signed up for and did not leave, also what is over long ago."""
    return session.scalars(
        select(GatheringParty).where(
            GatheringParty.candidate_id == candidate_id, GatheringParty.state.in_(LIVE)
        )
    ).all()


def of_organisation(session: Session, organisation_id: UUID, *, since: datetime) -> Sequence[GatheringParty]:
    """The same for everyone who signed up for this referrer or organisation."""
    return _theirs(session, GatheringParty.organisation_id == organisation_id, since)


def live_party(session: Session, gathering_id: UUID, who: ColumnElement[bool]) -> GatheringParty | None:
    """The sign-up of this person, group or team that stands, if there is one."""
    return session.scalar(
        select(GatheringParty).where(
            GatheringParty.gathering_id == gathering_id, GatheringParty.state.in_(LIVE), who
        )
    )


def lapsing(session: Session, now: datetime) -> Sequence[UUID]:
    """Gatherings of which somebody let an offered seat go by."""
    return session.scalars(
        select(GatheringParty.gathering_id)
        .where(GatheringParty.state == SeatState.OFFERED, GatheringParty.offered_until <= now)
        .distinct()
    ).all()


def heard_of_offer(session: Session, party_id: UUID) -> bool:
    """Whether our message on the last offer to them left, was said, or found nobody there."""
    offer = select(OutboxEvent.id).where(
        OutboxEvent.type == SeatOffered.type, OutboxEvent.payload["party_id"].as_string() == str(party_id)
    )
    last = offer.order_by(OutboxEvent.seq.desc()).limit(1).scalar_subquery()
    told = select(Message.id).where(
        Message.cause_id == last,
        Message.about_id == party_id,
        Message.state.in_([MessageState.SENT, MessageState.DONE, MessageState.BOUNCED]),
    )
    return session.scalar(told.limit(1)) is not None


def with_room(session: Session, now: datetime) -> Sequence[UUID]:
    """Coming gatherings where somebody waits although a seat is free."""
    taken = func.sum(GatheringParty.size).filter(GatheringParty.state.in_(TAKING))
    smallest = func.min(GatheringParty.size).filter(GatheringParty.state == SeatState.WAITING)
    return session.scalars(
        select(Gathering.id)
        .join(GatheringParty, GatheringParty.gathering_id == Gathering.id)
        .where(Gathering.state == GatheringState.PUBLISHED, Gathering.starts_at > now)
        .group_by(Gathering.id)
        .having(Gathering.seats - func.coalesce(taken, 0) >= smallest)
    ).all()


def due(session: Session, column: str, now: datetime, *, limit: int) -> Sequence[Gathering]:
    """Published ones whose ``remind_at`` or ``follow_at`` has come, locked; what is busy comes next time."""
    at = getattr(Gathering, column)
    return session.scalars(
        select(Gathering)
        .where(at <= now, Gathering.state == GatheringState.PUBLISHED)
        .order_by(at, Gathering.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def was_counted(session: Session, gathering_id: UUID) -> bool:
    """Whether anybody wrote down who came."""
    counted = select(GatheringParty.id).where(
        GatheringParty.gathering_id == gathering_id, GatheringParty.attended.is_not(None)
    )
    return session.scalar(counted.limit(1)) is not None


def visitors_to_forget(session: Session, *, over_by: datetime, left_by: datetime) -> Sequence[GatheringParty]:
    """Visitors whose name and contact are kept no longer: the day is long past, or they left before."""
    return session.scalars(
        select(GatheringParty)
        .join(Gathering, Gathering.id == GatheringParty.gathering_id)
        .where(
            GatheringParty.name_sealed.is_not(None),
            or_(Gathering.ends_at <= over_by, GatheringParty.ended_at <= left_by),
        )
    ).all()


def help_to_forget(session: Session, *, over_by: datetime) -> Sequence[GatheringParty]:
    """Parties whose wishes for that day are kept no longer: it is past, was cancelled, or they left."""
    return session.scalars(
        select(GatheringParty)
        .join(Gathering, Gathering.id == GatheringParty.gathering_id)
        .where(
            GatheringParty.help_sealed.is_not(None),
            or_(
                Gathering.ends_at <= over_by,
                Gathering.cancelled_at.is_not(None),
                GatheringParty.state.not_in(LIVE),
            ),
        )
    ).all()


def over_before(moment: datetime) -> ColumnElement[bool]:
    """Tell of a row of parties whether its gathering was over before then."""
    return GatheringParty.gathering_id.in_(select(Gathering.id).where(Gathering.ends_at < moment))


_WHO = (
    selectinload(GatheringParty.candidate),
    selectinload(GatheringParty.account),
    selectinload(GatheringParty.organisation),
)
"""Whom every list of sign-ups names, read for all of them at once."""
_COUNTED = (SeatState.IN, SeatState.OFFERED, SeatState.WAITING)


def _people(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(GatheringParty.size).filter(which), 0)


def _theirs(session: Session, who: ColumnElement[bool], since: datetime) -> Sequence[GatheringParty]:
    return session.scalars(
        select(GatheringParty)
        .join(Gathering, Gathering.id == GatheringParty.gathering_id)
        .where(and_(who, Gathering.ends_at > since, GatheringParty.state.in_(LIVE)))
        .order_by(Gathering.starts_at, GatheringParty.number)
        .options(*_WHO, selectinload(GatheringParty.gathering))
    ).all()

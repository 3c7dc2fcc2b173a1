"""A snapshot and how far the outbox was followed for it: built afresh, brought up to date, and compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from time import perf_counter

from volunteer.matching.differences import Differences
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.travel import TravelTable
from volunteer.queries.offer import open_roles, roles
from volunteer.queries.offer_changes import (
    OfferVersion,
    Position,
    follow,
    present_position,
    touched_roles,
)
from volunteer.queries.travel import travel_rows
from volunteer.unit_of_work import UnitOfWork

_TRIES = 5
"""How often a comparison begins again because the offer changed under it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A snapshot, and how far the outbox was followed for it."""

    snapshot: Snapshot
    position: Position


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """What came of comparing a followed snapshot with one built afresh, of the same day and version."""

    version: str
    rows: int
    seconds: float
    differences: Differences


def built(uow: UnitOfWork, day: date) -> Followed:
    """The offer afresh, on a day. The version is read before the rows: a change in between is read twice."""
    position = present_position(uow.session)
    began = _beginning(uow, day)
    opened = open_roles(uow.session, now=began, day_began=began)
    travel = TravelTable.of(travel_rows(uow.session))
    snapshot = Snapshot.build(opened, _name(position.version, day), today=day, travel=travel)
    return Followed(snapshot, position)


def brought_up_to_date(uow: UnitOfWork, held: Followed) -> Followed:
    """The same snapshot with what happened since, on the same day; the very same when nothing did."""
    position, events = follow(uow.session, held.position)
    if not events:
        return held if position == held.position else replace(held, position=position)
    day = held.snapshot.today
    touched = touched_roles(uow.session, events)
    if touched is None:
        return built(uow, day)
    began = _beginning(uow, day)
    present = roles(uow.session, touched, now=began, day_began=began)
    opened = [role for role in present.values() if role.is_open]
    closed = touched - {role.opportunity_id for role in opened}
    snapshot = held.snapshot.changed(changed=opened, removed=closed, version=_name(position.version, day))
    return Followed(snapshot, position)


def checked(uow: UnitOfWork, held: Followed) -> OfferCheck | None:
    """Compare what was followed with what is built afresh; ``None`` when the offer never stood still.

    Where others commit between the reads, the two would be of different moments: then it begins again.
    """
    started = perf_counter()
    for _ in range(_TRIES):
        held = brought_up_to_date(uow, held)
        fresh = built(uow, held.snapshot.today)
        if follow(uow.session, held.position)[0].version == held.position.version:
            differences = held.snapshot.differences(fresh.snapshot)
            seconds = perf_counter() - started
            return OfferCheck(held.snapshot.version, len(fresh.snapshot), seconds, differences)
    return None


def _beginning(uow: UnitOfWork, day: date) -> datetime:
    """When a day begins: answers grow old at midnight, so that all day long the same ones count."""
    return datetime.combine(day, time.min, tzinfo=uow.zone)


def _name(version: OfferVersion, day: date) -> str:
    return f"{version.highest}-{version.count}@{day}"

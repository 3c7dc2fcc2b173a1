"""The offer as this process last saw it: one snapshot, brought up to date by what the outbox says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from threading import Lock

from volunteer.matching.exposure import Attention, Exposure
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.travel import TravelTable
from volunteer.queries.offer import open_roles, roles
from volunteer.queries.offer_changes import (
    CHANGING,
    OfferVersion,
    Position,
    follow,
    present_position,
    touched_roles,
)
from volunteer.queries.travel import travel_rows
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Followed:
    """A snapshot, and how far the outbox was followed for it."""

    snapshot: Snapshot
    position: Position


class Catalogue:
    """Holds one immutable snapshot, swapped whole; threads that ask at once wait for one change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Followed | None = None
        self._attention = Attention()

    def snapshot(self, uow: UnitOfWork) -> Snapshot:
        """The open roles as this transaction sees them.

        Built afresh once a day: days go by and answers grow old without any event. Where this transaction
        itself changed the offer, the snapshot is for it alone: it may yet be rolled back.
        """
        with self._lock:
            present = self._present(uow)
            if not uow.has_recorded(*CHANGING):
                self._held = present
            return present.snapshot

    def exposure(self, uow: UnitOfWork) -> Exposure:
        """How often each role was shown lately."""
        return self._attention.exposure(uow)

    def _present(self, uow: UnitOfWork) -> Followed:
        # A thread that began before midnight does not turn the day back.
        if self._held is None or self._held.snapshot.today < uow.today:
            return built(uow, uow.today)
        return brought_up_to_date(uow, self._held)


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


def _beginning(uow: UnitOfWork, day: date) -> datetime:
    """When a day begins: answers grow old at midnight, so that all day long the same ones count."""
    return datetime.combine(day, time.min, tzinfo=uow.zone)


def _name(version: OfferVersion, day: date) -> str:
    return f"{version.highest}-{version.count}@{day}"

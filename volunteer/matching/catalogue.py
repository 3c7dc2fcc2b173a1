"""The offer as this process last saw it: one snapshot, brought up to date by what the outbox says."""

from __future__ import annotations

from datetime import date
from threading import Lock

from volunteer.matching.exposure import Attention, Exposure
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.travel import TravelTable
from volunteer.queries.offer import OfferVersion, changed_roles, offer_version, open_roles, roles
from volunteer.queries.travel import travel_rows
from volunteer.unit_of_work import UnitOfWork


class Catalogue:
    """Holds one immutable snapshot, swapped whole; threads that ask at once wait for one change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._version = OfferVersion(0, 0)
        self._day = date.min
        self._attention = Attention()

    def snapshot(self, uow: UnitOfWork) -> Snapshot:
        """The open roles as this transaction sees them.

        Built afresh once a day: days go by and answers grow old without any event. The version is read
        before the rows: a change in between makes the next call look again.
        """
        with self._lock:
            version, day = offer_version(uow.session), uow.today
            if self._snapshot is None or day != self._day:
                self._snapshot = _build(uow, version)
            elif version != self._version:
                self._snapshot = _follow(uow, self._snapshot, self._version, version)
            self._version, self._day = version, day
            return self._snapshot

    def exposure(self, uow: UnitOfWork) -> Exposure:
        """How often each role was shown lately."""
        return self._attention.exposure(uow)


def _build(uow: UnitOfWork, version: OfferVersion) -> Snapshot:
    opened = open_roles(uow.session, now=uow.now, day_began=uow.day_began)
    travel = TravelTable.of(travel_rows(uow.session))
    return Snapshot.build(opened, _name(uow, version), today=uow.today, travel=travel)


def _follow(uow: UnitOfWork, old: Snapshot, since: OfferVersion, until: OfferVersion) -> Snapshot:
    touched = changed_roles(uow.session, since, until)
    if touched is None:
        return _build(uow, until)
    present = roles(uow.session, touched, now=uow.now, day_began=uow.day_began)
    opened = [role for role in present.values() if role.is_open]
    return old.changed(
        changed=opened, removed=touched - {role.opportunity_id for role in opened}, version=_name(uow, until)
    )


def _name(uow: UnitOfWork, version: OfferVersion) -> str:
    return f"{version.highest}-{version.count}@{uow.today}"

"""The offer as this process last saw it: one snapshot, brought up to date by what the outbox says."""

from __future__ import annotations

from threading import Lock

from volunteer.matching.exposure import Attention, Exposure
from volunteer.matching.following import Followed, OfferCheck, brought_up_to_date, built, checked
from volunteer.matching.snapshot import Snapshot
from volunteer.queries.offer_changes import CHANGING
from volunteer.unit_of_work import UnitOfWork


class Catalogue:
    """Holds one immutable snapshot, swapped whole; threads that ask at once wait for one change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Followed | None = None
        self._checks: list[OfferCheck] = []
        self._attention = Attention()

    def snapshot(self, uow: UnitOfWork) -> Snapshot:
        """The open roles as this transaction sees them.

        Built afresh once a day: days go by and answers grow old without any event. What was followed until
        then is compared with what is built for that same day first (:meth:`take_checks`). Where this
        transaction itself changed the offer, the snapshot is for it alone: it may yet be rolled back.
        """
        # First the database's lock, then ours: whoever takes them the other way round waits for somebody who
        # waits for them.
        uow.session.connection()
        with self._lock:
            is_certain = not uow.has_recorded(*CHANGING)
            # A thread that began before midnight does not turn the day back.
            if self._held is not None and self._held.snapshot.today >= uow.today:
                present = brought_up_to_date(uow, self._held)
            else:
                if self._held is not None and is_certain:
                    self._compare(uow, self._held)
                present = built(uow, uow.today)
            if is_certain:
                self._held = present
            return present.snapshot

    def exposure(self, uow: UnitOfWork) -> Exposure:
        """How often each role was shown lately."""
        return self._attention.exposure(uow)

    def take_checks(self) -> list[OfferCheck]:
        """What the nightly comparisons found since this was last asked; each is given once."""
        with self._lock:
            taken, self._checks = self._checks, []
            return taken

    def _compare(self, uow: UnitOfWork, held: Followed) -> None:
        check = checked(uow, held)
        if check is not None:
            self._checks.append(check)

"""The offer as this process last saw it: one snapshot, swapped whole when the offer has changed."""

from __future__ import annotations

from threading import Lock

from volunteer.matching.snapshot import Snapshot
from volunteer.queries.offer import offer_version, open_roles
from volunteer.unit_of_work import UnitOfWork


class Catalogue:
    """Holds one immutable snapshot; threads that ask at once wait for one building."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def snapshot(self, uow: UnitOfWork) -> Snapshot:
        """The open roles as this transaction sees them.

        The version is read before the rows: a change in between makes the next call build once more.
        """
        version = f"{offer_version(uow.session)}@{uow.now:%Y-%m-%d}"
        with self._lock:
            if self._snapshot is None or self._snapshot.version != version:
                self._snapshot = Snapshot.build(open_roles(uow.session, now=uow.now), version=version)
            return self._snapshot

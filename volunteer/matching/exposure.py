"""How often each role was shown lately, so that the same few are not shown to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from types import MappingProxyType
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np

from volunteer.matching.snapshot import Numbers, Snapshot
from volunteer.queries.suggestions import times_shown
from volunteer.unit_of_work import UnitOfWork

FAIRNESS = 0.04
"""Lambda of the re-rank, chosen on the tuning worlds of ``volunteer evaluate`` (docs/decisions/0028)."""
LOOKING_BACK = timedelta(days=7)
COUNTED_EVERY = timedelta(seconds=5)
FEW_ROLES = 10
"""Who has fewer roles to choose from is shown them in the order that is best for themselves."""


@dataclass(frozen=True, eq=False)
class Exposure:
    """Times each role was displayed, printed or sent in the last days; a role that is missing was not."""

    counts: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))
    _pressure: WeakKeyDictionary[Snapshot, Numbers] = field(default_factory=WeakKeyDictionary, repr=False)

    def pressure(self, snapshot: Snapshot) -> Numbers:
        """Return ``log(1 + times shown / places left)`` by row of a snapshot, shape (N,)."""
        found = self._pressure.get(snapshot)
        if found is None:
            shown = np.zeros(len(snapshot))
            for opportunity_id, count in self.counts.items():
                row = snapshot.row_of.get(opportunity_id)
                if row is not None:
                    shown[row] = count
            found = np.log1p(shown / snapshot.places)
            found.setflags(write=False)
            self._pressure[snapshot] = found
        return found


NOTHING_SHOWN = Exposure()


class Attention:
    """What was shown in the last days, as this process last counted it; threads share one count."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._exposure = NOTHING_SHOWN
        self._counted_at: datetime | None = None

    def exposure(self, uow: UnitOfWork) -> Exposure:
        """Return a count that is a few seconds old at most."""
        with self._lock:
            if self._counted_at is None or not timedelta() <= uow.now - self._counted_at < COUNTED_EVERY:
                self._exposure = Exposure(times_shown(uow.session, since=uow.now - LOOKING_BACK))
                self._counted_at = uow.now
            return self._exposure

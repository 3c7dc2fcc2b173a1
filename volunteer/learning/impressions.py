"""Impressions as arrays, one row each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import FEATURES, Dimension
from volunteer.matching.scoring import TERMS
from volunteer.services.impressions import Impression, Outcome

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

DIMENSIONS = tuple(Dimension)


@dataclass(frozen=True, slots=True, eq=False)
class Impressions:
    """n impressions in order of time."""

    values: Numbers
    """(n, 8): value of each of ``TERMS``, NaN where the person did not tell us enough."""
    rank: Numbers
    """(n,): place on the list, from 1."""
    outcome: Codes
    """(n,): grade of what came of it, see ``Outcome``."""
    person: Codes
    organisation: Codes
    shown_list: Codes
    """(n,) each: equal numbers are the same person, organisation, list."""
    shown_at: Numbers
    """(n,): seconds since 1970, UTC."""
    needs: Flags
    """(n, 3): whether the person has a need in each of ``DIMENSIONS``. For the guards alone."""

    @classmethod
    def of(cls, impressions: Sequence[Impression]) -> Self:
        """Put them in arrays."""
        values = [[each.values.get(term, np.nan) for term in TERMS] for each in impressions]
        needs = [_dimensions(each.needs) for each in impressions]
        return cls(
            values=np.array(values, dtype=float).reshape(-1, len(TERMS)),
            rank=np.array([each.rank for each in impressions], dtype=float),
            outcome=np.array([each.outcome for each in impressions], dtype=np.intp),
            person=_numbered(each.candidate_id for each in impressions),
            organisation=_numbered(each.organisation_id for each in impressions),
            shown_list=_numbered(each.list_id for each in impressions),
            shown_at=np.array([each.shown_at.timestamp() for each in impressions], dtype=float),
            needs=np.array(needs, dtype=bool).reshape(-1, len(DIMENSIONS)),
        )

    def __len__(self) -> int:
        """How many impressions these are."""
        return len(self.rank)

    def take(self, rows: Flags | Codes) -> Self:
        """Only these rows."""
        chosen: dict[str, Any] = {each.name: getattr(self, each.name)[rows] for each in fields(self)}
        return type(self)(**chosen)

    @property
    def asked(self) -> Flags:
        """(n,): whether the person asked to meet them. What is predicted."""
        return self.outcome >= Outcome.ASKED

    @property
    def with_needs(self) -> Flags:
        """(n,): whether the person has any need."""
        found: Flags = np.any(self.needs, axis=1)
        return found

    @property
    def acceptances(self) -> int:
        """How many of these ended in a yes of the organisation."""
        return int((self.outcome >= Outcome.MET).sum())


def _numbered(keys: Iterable[Hashable]) -> Codes:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)


def _dimensions(codes: Iterable[str]) -> list[bool]:
    found = {FEATURES[code].dimension for code in codes if code in FEATURES}
    return [dimension in found for dimension in DIMENSIONS]

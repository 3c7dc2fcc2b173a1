"""How many sure roles there are at all for somebody, and whether they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from volunteer.evaluation.groups import ENOUGH
from volunteer.evaluation.judging import Quality
from volunteer.evaluation.measures import Numbers
from volunteer.evaluation.town import Town
from volunteer.evaluation.week import Week
from volunteer.matching import tiers
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Missed:
    """People for whom three sure roles exist, and who were shown fewer."""

    have: int
    """People for whom three or more roles of tier A or B exist."""
    were_shown_fewer: int


def existing(town: Town, week: Week, snapshots: Sequence[Snapshot]) -> Numbers:
    """Return how many roles of tier A or B there are for each person on their day, shape (people,)."""
    found = np.zeros(len(town.city.people))
    for visit in week.visits:
        person = Person.of(town.city.people[visit.person])
        of_person = tiers.sort_into_tiers(snapshots[visit.day], person).tiers
        found[visit.person] = np.isin(of_person, (tiers.A, tiers.B)).sum()
    return found


def missed(exist: Numbers, quality: Quality) -> Missed:
    """Return who could have had enough sure suggestions, and had not."""
    have = exist >= ENOUGH
    return Missed(int(have.sum()), int((have & ~(quality.sure >= ENOUGH)).sum()))

"""How well the stands of a market suit its visitors, by the same engine that suggests roles.

A stand is two things to somebody: a place where they talk, and a team with open roles. As a place it must not
lack what they must have; of the roles at least one must be possible. Languages are no wall here: whether they
understand one another, and with which interpreter, is for the timetable to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import ABOUT_THE_VENUE, OTHER_LANGUAGE, SIGN_LANGUAGE, Strength
from volunteer.domain.availability import UNKNOWN
from volunteer.domain.markets import Fit
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.masks import ACCESS_BITS, mask_of
from volunteer.matching.people import Person
from volunteer.matching.scoring import Weights, score
from volunteer.matching.snapshot import Flags, Snapshot
from volunteer.matching.tiers import sort_into_tiers

Fits = npt.NDArray[np.int8]
Values = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

BY_INTERPRETER = frozenset({OTHER_LANGUAGE, SIGN_LANGUAGE})
"""Needs that the timetable itself meets."""
WHERE_ONE_TALKS = frozenset(ABOUT_THE_VENUE) | {"ic.hearing_support"}
"""What a place has or has not. Where nobody told of one of these, it is asked; of the others a stand may only
say that it has them not."""


@dataclass(frozen=True, eq=False)
class Suiting:
    """P people beside J stands."""

    fits: Fits
    """(P, J): numbers of ``Fit``."""
    value: Values
    """(P, J): 0 to 1."""


def suiting(
    people: Sequence[PersonFacts],
    stands: Sequence[RoleFacts],
    roles: Iterable[RoleFacts],
    *,
    today: date,
    weights: Weights,
) -> Suiting:
    """Compare everybody with every stand; ``roles`` are the open ones of their organisations.

    A stand comes as a role: its place, its languages and what it looks for. It counts as much as the best
    open role of its organisation; where there is none, alone.
    """
    offer = _Offer.of(stands, roles, today)
    fits = np.zeros((len(people), len(stands)), np.int8)
    value = np.zeros((len(people), len(stands)), np.float32)
    for index, person in enumerate(people):
        needs = {code: each for code, each in person.needs.items() if code not in BY_INTERPRETER}
        fits[index], value[index] = offer.suits(replace(person, needs=needs), weights)
    return Suiting(fits, value)


@dataclass(frozen=True, eq=False)
class _Offer:
    places: Snapshot
    order: npt.NDArray[np.intp]
    """(J,): the row of each stand among the places."""
    roles: Snapshot
    stand_of: npt.NDArray[np.intp]
    """The stand of each role."""
    has_roles: Flags
    """(J,)."""

    @classmethod
    def of(cls, stands: Sequence[RoleFacts], roles: Iterable[RoleFacts], today: date) -> _Offer:
        places = Snapshot.build(stands, "stands", today=today)
        # Who withdrew and applied again has two stands; the first is the one that stands.
        numbers: Mapping[UUID, int] = {
            stands[index].organisation_id: index for index in reversed(range(len(stands)))
        }
        snapshot = Snapshot.build(
            (role for role in roles if role.is_open and role.organisation_id in numbers), "roles", today=today
        )
        stand_of = np.array([numbers[each] for each in snapshot.organisation_ids], np.intp)
        has_roles = np.zeros(len(stands), np.bool_)
        has_roles[stand_of] = True
        order = np.array([places.row_of[each.opportunity_id] for each in stands], np.intp)
        return cls(places, order, snapshot, stand_of, has_roles)

    def suits(self, facts: PersonFacts, weights: Weights) -> tuple[Fits, Values]:
        """Return (J,) each."""
        place_fit, as_place = self._as_place(facts, weights)
        role_fit, best = self._by_roles(Person.of(facts), weights)
        value = np.where(self.has_roles, (as_place + best) / 2, as_place)
        return np.minimum(place_fit, role_fit), value.astype(np.float32)

    def _as_place(self, facts: PersonFacts, weights: Weights) -> tuple[Fits, Scores]:
        must = mask_of((code for code, each in facts.needs.items() if each is Strength.MUST), ACCESS_BITS)
        asked = must & mask_of(WHERE_ONE_TALKS, ACCESS_BITS)
        fit = _fit(self.places, must, asked)[self.order]
        person = Person.of(replace(facts, needs={}, times=UNKNOWN, position=None))
        return fit, score(self.places, person, sort_into_tiers(self.places, person), weights).totals[
            self.order
        ]

    def _by_roles(self, person: Person, weights: Weights) -> tuple[Fits, Scores]:
        stands = len(self.has_roles)
        fit = np.full(stands, Fit.ASK if person.must else Fit.YES, np.int8)
        fit[self.has_roles] = Fit.NO
        np.maximum.at(fit, self.stand_of, _fit(self.roles, person.must, person.must))
        best = np.zeros(stands)
        shown = sort_into_tiers(self.roles, person)
        if len(shown.rows):
            np.maximum.at(best, self.stand_of[shown.rows], score(self.roles, person, shown, weights).totals)
        return fit, best


def _fit(snapshot: Snapshot, must: int, asked: int) -> Fits:
    """Return for each row whether it says no to one of ``must``, or told nothing of one of ``asked``."""
    told = snapshot.yes | snapshot.arrangeable
    fit = np.where((~told & np.uint64(asked)) != 0, Fit.ASK, Fit.YES)
    return np.where((snapshot.no & np.uint64(must)) != 0, Fit.NO, fit).astype(np.int8)

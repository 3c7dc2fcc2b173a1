"""Nobody is shown a place that cannot have them: ten thousand people, row by row.

And the proof of the proof: an engine with a bug planted in it is caught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from volunteer.domain.availability import MINUTES_IN_A_DAY
from volunteer.evaluation import city
from volunteer.evaluation.checker import verdict
from volunteer.evaluation.proof import prove
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.stretches import Stretches
from volunteer.matching.suggesting import suggest
from volunteer.matching.tiers import TIER_ORDER, sort_into_tiers

PEOPLE = 10_000


@pytest.fixture(scope="module")
def brussels() -> city.City:
    return city.build(roles=1_500, people=PEOPLE)


@pytest.fixture(scope="module")
def snapshot(brussels: city.City) -> Snapshot:
    return Snapshot.build(brussels.roles, "1", today=brussels.today)


def test_enough_is_answered_for_the_proof_to_mean_something(brussels: city.City) -> None:
    shares = city.share_of_answers(brussels.roles)
    assert shares["yes"] >= 0.30
    assert shares["no"] >= 0.20


def test_the_same_seed_gives_the_same_city() -> None:
    assert city.build(roles=20, people=20, seed=7) == city.build(roles=20, people=20, seed=7)
    assert city.build(roles=20, people=20, seed=7) != city.build(roles=20, people=20, seed=8)


def test_nothing_that_is_shown_breaks_a_must(brussels: city.City, snapshot: Snapshot) -> None:
    proof = prove(brussels, lambda person: suggest(snapshot, person))
    assert proof.examples == ()
    assert proof.violations == 0
    assert proof.people == PEOPLE
    assert proof.shown > 7 * PEOPLE
    assert min(proof.by_tier[tier] for tier in "ABC") > 500


def test_nothing_possible_is_kept_from_anyone(brussels: city.City, snapshot: Snapshot) -> None:
    for person in brussels.people[:60]:
        found = sort_into_tiers(snapshot, Person.of(person)).tiers
        for role in brussels.roles:
            tier = TIER_ORDER[found[snapshot.row_of[role.opportunity_id]]]
            assert tier == verdict(person, role, brussels.today).tier


def later(right: Snapshot) -> Stretches:
    dated = right.hours.dated
    starts, stops = (
        np.where(dated.lengths > 0, each + MINUTES_IN_A_DAY, 0) for each in (dated.starts, dated.stops)
    )
    return replace(dated, starts=starts, stops=stops)


BUGS: dict[str, Callable[[Snapshot], Snapshot]] = {
    "no is forgotten": lambda right: replace(right, no=np.zeros_like(right.no)),
    "no is taken for unknown where something else is yes": lambda right: replace(
        right, no=np.where(right.yes != 0, np.uint64(0), right.no)
    ),
    "unknown is taken for yes": lambda right: replace(right, yes=~(right.no | right.arrangeable)),
    "unknown is taken for no": lambda right: replace(right, no=~(right.yes | right.arrangeable)),
    "arrangeable is taken for yes": lambda right: replace(
        right, yes=right.yes | right.arrangeable, arrangeable=np.zeros_like(right.arrangeable)
    ),
    "one bit has moved": lambda right: replace(right, no=right.no << np.uint64(1)),
    "rows are mixed up": lambda right: replace(right, no=np.roll(right.no, 1)),
    "levels are forgotten": lambda right: replace(right, needed=np.zeros_like(right.needed)),
    "full counts as open": lambda right: replace(right, available=np.ones_like(right.available)),
    "over counts as going on": lambda right: replace(
        right, hours=replace(right.hours, left=np.ones_like(right.hours.left))
    ),
    "hours are forgotten": lambda right: replace(
        right,
        hours=replace(right.hours, weekly=Stretches.build([()] * len(right))),
    ),
    "dates are forgotten": lambda right: replace(
        right, hours=replace(right.hours, dated=Stretches.build([()] * len(right)))
    ),
    "dates are a day late": lambda right: replace(right, hours=replace(right.hours, dated=later(right))),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str, brussels: city.City, snapshot: Snapshot) -> None:
    assert any(caught(BUGS[bug](snapshot), brussels)), bug


def test_days_gone_by_that_count_are_caught(brussels: city.City) -> None:
    week_ago = brussels.today - timedelta(days=7)
    broken = replace(Snapshot.build(brussels.roles, "1", today=week_ago), today=brussels.today)
    assert "the hours cannot overlap" in caught(broken, brussels)


def test_the_checker_says_which_must_was_broken(brussels: city.City, snapshot: Snapshot) -> None:
    broken = BUGS["no is forgotten"](snapshot)
    assert any("is a must and the answer is no" in each for each in caught(broken, brussels))


def caught(broken: Snapshot, whole: city.City) -> Iterator[str]:
    """Yield in words what is wrong with what 250 people are shown, as far as one asks for more."""
    for person in whole.people[:250]:
        yield from prove(replace(whole, people=(person,)), lambda each: suggest(broken, each)).examples

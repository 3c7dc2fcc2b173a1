"""A mistake that is planted in a timetable is found, whichever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from volunteer.domain.markets import (
    MarketFacts,
    PoolFacts,
    Promise,
    RouteRules,
    StandFacts,
    Visit,
    VisitorFacts,
    Window,
)
from volunteer.evaluation.market_checker import could_be_added, violations

DUTCH, ARABIC = frozenset({"nl"}), frozenset({"ar"})
FACTS = MarketFacts(
    visitors=(
        VisitorFacts((Window(0, 6),), DUTCH),
        VisitorFacts((Window(0, 6),), DUTCH, slots_each=2),
        VisitorFacts((Window(0, 6),), ARABIC, wanted=2),
    ),
    stands=(
        StandFacts((1, 1, 1, 1, 1, 0), "A", DUTCH),
        StandFacts((2, 2, 2, 2, 2, 0), "A", DUTCH),
        StandFacts((1, 1, 1, 1, 1, 1), "B", DUTCH),
        StandFacts((2, 2, 2, 2, 2, 2), "A", DUTCH | ARABIC),
    ),
    fits=((2, 2, 1, 2), (2, 2, 2, 0), (2, 2, 2, 2)),
    pools=(PoolFacts("ar", (1, 1, 0, 1, 1, 1)),),
    rules=RouteRules({("A", "B"): 1}, longest_wait=2, most_in_a_row=4),
)
GOOD = (
    (Visit(0, 0), Visit(1, 1), Visit(3, 2)),
    (Visit(1, 0), Visit(3, 1)),
    (Visit(0, 2, "ar"), Visit(2, 3)),
)


def test_a_good_timetable_breaks_no_rule() -> None:
    assert violations(FACTS, GOOD) == []


@pytest.mark.parametrize(
    ("person", "route", "what"),
    [
        (0, (Visit(1, 0),), "people want"),
        (0, (Visit(0, 2),), "people want"),
        (0, (Visit(5, 1),), "the stand is closed"),
        (1, (Visit(4, 1),), "the stand is closed"),
        (0, (Visit(0, 1), Visit(0, 3)), "two meetings at a time"),
        (1, (Visit(1, 0), Visit(2, 1)), "two meetings at a time"),
        (0, (Visit(0, 1), Visit(2, 1)), "the same stand twice"),
        (0, (Visit(3, 0), Visit(4, 2)), "no time to walk"),
        (0, (Visit(0, 0), Visit(4, 1)), "a wait of 3"),
        (2, (Visit(0, 1, "ar"), Visit(1, 3), Visit(3, 1, "ar")), "more meetings than they want"),
        (1, (Visit(0, 3),), "what they must have"),
        (2, (Visit(0, 1),), "nobody interprets"),
        (2, (Visit(2, 1, "ar"),), "room for 0"),
        (2, (Visit(3, 3, "ar"),), "of no use"),
        (0, (Visit(3, 1, "ar"),), "of no use"),
        (1, (Visit(0, 1), Visit(2, 2)), "no time to walk"),
        (1, (Visit(2, 0), Visit(4, 2)), "no time to walk"),
    ],
)
def test_a_planted_mistake_is_found(person: int, route: tuple[Visit, ...], what: str) -> None:
    routes = [*GOOD[:person], route, *GOOD[person + 1 :]]
    assert any(what in each for each in violations(FACTS, routes))


def test_windows_pauses_the_past_and_sure_meetings_count() -> None:
    short = replace(FACTS.visitors[0], windows=(Window(0, 1), Window(2, 6)))
    assert any("not there at 1" in each for each in violations(_with(visitor=short), GOOD))
    breathless = replace(FACTS, rules=replace(FACTS.rules, most_in_a_row=1))
    assert any("no slot to breathe from 0" in each for each in violations(breathless, GOOD))
    assert any("it is past" in each for each in violations(replace(FACTS, now=1), GOOD))
    sure = replace(FACTS, rules=replace(FACTS.rules, sure_only=True))
    assert any("what they must have" in each for each in violations(sure, GOOD))


def test_promises_are_kept_or_let_go_for_a_reason() -> None:
    kept, lost = Promise(0, Visit(0, 0)), Promise(0, Visit(4, 3))
    facts = replace(FACTS, promises=(kept, lost))
    assert [each for each in violations(facts, GOOD) if "broken" in each] == [f"{lost} is broken"]
    assert [each for each in violations(facts, GOOD, (lost,)) if "could" in each] == [
        f"{lost} could have been kept"
    ]
    impossible = Promise(0, Visit(5, 1))
    assert violations(replace(FACTS, promises=(impossible,)), GOOD, (impossible,)) == []


def test_a_promise_is_measured_by_the_time_that_was_told() -> None:
    """One round, told before somebody needed two: it fits the last round they are there for."""
    told = Promise(1, Visit(2, 3), 1)
    person = replace(FACTS.visitors[1], windows=(Window(0, 3),), wanted=2)
    facts = replace(
        FACTS,
        visitors=(FACTS.visitors[0], person, FACTS.visitors[2]),
        fits=(FACTS.fits[0], (2, 2, 2, 2), FACTS.fits[2]),
        promises=(told,),
    )
    routes = [(), (Visit(0, 1), told.visit), ()]
    assert violations(facts, routes) == []
    assert violations(facts, [(), (Visit(0, 1),), ()], (told,)) == [f"{told} could have been kept"]
    assert any("not there at 3" in each for each in violations(replace(facts, promises=()), routes))


def test_it_says_what_could_still_be_added() -> None:
    assert set(could_be_added(FACTS, ((), (Visit(1, 0), Visit(3, 1)), ()), 2)) >= {
        Visit(0, 0, "ar"),
        Visit(2, 3),
    }
    assert list(could_be_added(FACTS, GOOD, 2)) == []


def _with(visitor: VisitorFacts) -> MarketFacts:
    return replace(FACTS, visitors=(visitor, *FACTS.visitors[1:]))

"""Figures point at nobody: whoever knows the rules and all figures cannot narrow a count below five values.

The attacker here does not reason, but tries every history of true counts that fits what was shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volunteer.domain.figures import (
    NEVER_SHOWN,
    Anchor,
    Count,
    Kind,
    Reach,
    Subject,
    highest,
    home_of,
    in_order,
    lowest,
    moved,
    shown,
)

CODE = "ph.step_free_entrance"
CITY = Subject(Reach.CITY, None, Kind.ARRANGE, CODE)
HERE = Subject(Reach.VENUE, UUID(int=1), Kind.ARRANGE, CODE)
THERE = Subject(Reach.VENUE, UUID(int=2), Kind.ARRANGE, CODE)
MANY = 10_000
LARGEST = 24

days = st.lists(st.integers(0, LARGEST - 4), min_size=1, max_size=8)
slow_days = st.tuples(st.integers(0, 20), st.lists(st.integers(-3, 3), max_size=12)).map(
    lambda drawn: _walk(*drawn)
)


def _walk(start: int, steps: Sequence[int]) -> list[int]:
    counts = [start]
    for step in steps:
        counts.append(min(LARGEST - 4, max(0, counts[-1] + step)))
    return counts


def _run(counts: Iterable[int]) -> list[int]:
    """The figure of each day, 0 where nothing is said."""
    anchors: dict[Subject, Anchor] = {}
    said = []
    for people in counts:
        anchors = moved(anchors, {HERE: Count(people, people)})
        found = shown(anchors, people=MANY).get(HERE)
        said.append(found.figure if found else 0)
    return said


def _reachable(said: Sequence[int], *, among: dict[int, int] | None = None) -> list[set[tuple[int, int]]]:
    """All pairs of anchor and count on each day that fit what was said; ``among`` fixes some counts."""
    fixed = among or {}
    states: list[set[tuple[int, int]]] = []
    before = {0}
    for day, figure in enumerate(said):
        counts = [fixed[day]] if day in fixed else range(LARGEST + 9)
        found = {
            (after.people, people)
            for anchor, people in product(before, counts)
            if (after := Anchor(anchor).moved_to(Count(people, people))).figure == figure
        }
        states.append(found)
        before = {anchor for anchor, _ in found}
    return states


def _consistent(said: Sequence[int], fixed: dict[int, int] | None = None) -> list[set[int]]:
    """The counts that each day can have had: those from which every later day can be reached."""
    forward = _reachable(said, among=fixed)
    possible: list[set[int]] = [set() for _ in said]
    alive: set[int] | None = None
    for day in range(len(said) - 1, -1, -1):
        kept = {state for state in forward[day] if alive is None or state[0] in alive}
        possible[day] = {people for _, people in kept}
        earlier = {anchor for anchor, _ in forward[day - 1]} if day else {0}
        counts = {people for _, people in kept}
        targets = {anchor for anchor, _ in kept}
        alive = {
            anchor
            for anchor, people in product(earlier, counts)
            if (after := Anchor(anchor).moved_to(Count(people, people)).people) in targets
            and (after, people) in kept
        }
    return possible


def _is_wide(values: set[int]) -> bool:
    return max(values) - min(values) >= 4 and len(values) >= 5


@given(days | slow_days)
def test_no_count_of_any_day_can_be_told(counts: list[int]) -> None:
    said = _run(counts)
    possible = _consistent(said)
    assert all(people in values for people, values in zip(counts, possible, strict=True))
    assert all(_is_wide(values) for values in possible)


@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
@settings(max_examples=25)
def test_no_difference_between_days_can_be_told(counts: list[int]) -> None:
    said = _run(counts)
    last = len(said) - 1
    for day in range(last):
        differences = {
            people - fixed
            for fixed in _consistent(said)[day]
            for people in _consistent(said, {day: fixed})[last]
        }
        assert _is_wide(differences)


@given(days | slow_days)
def test_a_figure_changes_by_five_people_or_stays(counts: list[int]) -> None:
    before, at = 0, 0
    for people, figure in zip(counts, _run(counts), strict=True):
        if figure != before:
            assert abs(people - at) >= 5
            before, at = figure, people
        assert figure % 5 == 0
        if figure:
            assert lowest(figure) <= people <= highest(figure)
        else:
            assert people <= highest(0)


def _histories(largest: int, days_seen: int) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    """Every history of counts of one subject, by the figures it would give."""
    found: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(largest + 1), repeat=days_seen):
        anchor, figures = NEVER_SHOWN, []
        for people in counts:
            anchor = anchor.moved_to(Count(people, people))
            figures.append(anchor.figure)
        found[tuple(figures)].append(counts)
    return found


Display = tuple[tuple[int, int, int], ...]


def _display(figures: Sequence[Sequence[int]], *, people: int) -> Display:
    """What is shown on each day of the city and two venues, from the figures behind it."""
    displays = []
    for today in zip(*figures, strict=True):
        anchors = {each: Anchor(figure) for each, figure in zip((CITY, HERE, THERE), today, strict=True)}
        said = shown(anchors, people=people)
        city, here, there = (said[each].figure if each in said else 0 for each in (CITY, HERE, THERE))
        displays.append((city, here, there))
    return tuple(displays)


@pytest.mark.parametrize(("largest", "days_seen"), [(29, 1), (14, 2), (9, 3)])
def test_city_and_venues_together_tell_no_more(largest: int, days_seen: int) -> None:
    """The city counts some of the people of the venues: at most all of them, on every day."""
    histories = {
        figures: [(min(day), max(day)) for day in zip(*counts, strict=True)]
        for figures, counts in _histories(largest, days_seen).items()
    }
    worlds: dict[Display, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for trio in product(histories, repeat=3):
        worlds[_display(trio, people=MANY)].append(trio)
    for display, trios in worlds.items():
        for day, (city, here, there) in enumerate(display):
            possible = [each for trio in trios if (each := _ranges(trio, histories, day))]
            for of_one in zip(*possible, strict=True):
                assert max(high for _, high in of_one) - min(low for low, _ in of_one) >= 4
            if city:
                # Whatever the venues hold, the city may be anything its figure allows.
                assert highest(city) <= lowest(here) + lowest(there)


def _ranges(
    trio: tuple[tuple[int, ...], ...],
    histories: dict[tuple[int, ...], list[tuple[int, int]]],
    day: int,
) -> list[tuple[int, int]] | None:
    """Lowest and highest count of city and venues, as far as their sum lets them; or no such world."""
    (low, high), (low_here, high_here), (low_there, high_there) = (histories[each][day] for each in trio)
    high = min(high, high_here + high_there)
    return [(low, high), (low_here, high_here), (low_there, high_there)] if low <= high else None


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 80))
def test_a_figure_never_speaks_of_nearly_everybody(city: int, here: int, there: int, people: int) -> None:
    anchors = {CITY: Anchor(city), HERE: Anchor(here), THERE: Anchor(there)}
    for anchor in shown(anchors, people=people).values():
        assert people - highest(anchor.figure) >= 5


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4)), max_size=8))
def test_order_follows_from_what_is_shown_and_how_people_are_off(drawn: list[tuple[int, int]]) -> None:
    anchors = {
        HERE._replace(scope_id=UUID(int=number)): Anchor(people, halvings)
        for number, (people, halvings) in enumerate(drawn)
    }
    rounded = {subject: Anchor(each.figure, each.halvings) for subject, each in anchors.items()}
    assert in_order(anchors, most=10) == in_order(rounded, most=10)


def test_every_code_has_one_home_for_a_role() -> None:
    assert home_of(CODE, has_venue=True) is Reach.VENUE
    assert home_of(CODE, has_venue=False) is Reach.OPPORTUNITY
    assert home_of("ph.seated_work", has_venue=True) is Reach.OPPORTUNITY
    assert home_of("sv.buddy", has_venue=True) is Reach.ORGANISATION
    assert home_of("language.ar", has_venue=True) is Reach.ORGANISATION


def test_people_who_have_nothing_come_first() -> None:
    badly_off = NEVER_SHOWN.moved_to(Count(10, 10.0))
    well_off = NEVER_SHOWN.moved_to(Count(20, 20 / 7))
    assert (badly_off.halvings, well_off.halvings) == (0, 2)
    assert in_order({HERE: well_off, THERE: badly_off}, most=2) == [(THERE, 10), (HERE, 20)]

"""The best route one person can have out of what is free, all of their meetings chosen together.

Slot by slot, the best way to be at each place with so many meetings behind one is kept, and only that: the
next step depends on nothing else, but for stands that were met already, of which the next best is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from volunteer.domain.markets import worth
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.exchange import LEAST_GAIN
from volunteer.matching.timetable.filling import free_seats


class _Place(NamedTuple):
    """Where somebody is after a meeting: all that the rest of their route depends on."""

    meetings: int
    end: int
    zone: int
    in_a_row: int
    """Busy slots up to ``end``."""


class _Way(NamedTuple):
    """How they came there."""

    value: float
    steps: tuple[tuple[int, int], ...]
    """Slot and stand of each meeting."""


def reroute(draft: Draft, person: int) -> float:
    """Give somebody the best route there is for them, and return what that gained; 0 if it changed nothing.

    Who was promised a meeting keeps their route.
    """
    if draft.promised[person].any():
        return 0.0
    before, had = draft.mark(), draft.visits(person)
    value = sum(float(draft.market.value[person, visit.stand]) for visit in had) + worth(len(had))
    for visit in had:
        draft.remove(person, visit.slot)
    best = _best_way(draft, person)
    gain = best.value + worth(len(best.steps)) - value
    if gain <= LEAST_GAIN:
        draft.back_to(before)
        return 0.0
    for slot, stand in best.steps:
        draft.try_to_add(person, slot, stand)
    return gain


def _best_way(draft: Draft, person: int) -> _Way:
    wanted, length = int(draft.market.wanted[person]), int(draft.market.lengths[person])
    ways: dict[_Place, _Way] = {}
    for slot, by_zone in _choices(draft, person).items():
        found = [(_Place(0, slot, -1, 0), _Way(0.0, ()))]
        found += [
            (place, way) for place, way in ways.items() if place.end <= slot and place.meetings < wanted
        ]
        for place, way in found:
            met = {stand for _, stand in way.steps}
            for zone, in_a_row in _onward(draft, place, slot, length, by_zone):
                stand = next((each for each in by_zone[zone] if each not in met), None)
                if stand is None:
                    continue
                there = _Place(place.meetings + 1, slot + length, zone, in_a_row)
                value = way.value + float(draft.market.value[person, stand])
                if there not in ways or value > ways[there].value:
                    ways[there] = _Way(value, (*way.steps, (slot, stand)))
    nothing = _Way(0.0, ())
    return max(ways.values(), key=lambda way: worth(len(way.steps)) + way.value, default=nothing)


def _onward(
    draft: Draft, place: _Place, slot: int, length: int, zones: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield the zones that can be next, with the busy slots in a row up to the end of that meeting."""
    market, gap = draft.market, slot - place.end
    in_a_row = length if gap else place.in_a_row + length
    if market.most_in_a_row is not None and in_a_row > market.most_in_a_row:
        return
    if place.meetings and market.longest_wait is not None and gap > market.longest_wait:
        return
    for zone in zones:
        if not place.meetings or gap >= market.walking[place.zone, zone]:
            yield zone, in_a_row


def _choices(draft: Draft, person: int) -> Mapping[int, Mapping[int, list[int]]]:
    """Return by slot and zone the stands to choose from, best first: no more than there are meetings."""
    market, possible = draft.market, free_seats(draft, person)
    found: dict[int, dict[int, list[int]]] = {}
    for slot in np.flatnonzero(possible.any(axis=1)).tolist():
        by_zone = found.setdefault(slot, {})
        for stand in market.preference[person][possible[slot, market.preference[person]]].tolist():
            best = by_zone.setdefault(int(market.zones[stand]), [])
            if len(best) < market.wanted[person]:
                best.append(stand)
    return found

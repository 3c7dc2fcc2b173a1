"""Which stand stands where: like beside like, nobody twice, and whoever has a spot keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Spot:
    """One numbered spot of a zone, from 1."""

    zone: str
    """Its letter."""
    number: int

    def __str__(self) -> str:
        return f"{self.zone}{self.number}"


@dataclass(frozen=True, slots=True)
class Standing(Generic[Id]):
    """A stand, with what it is about."""

    id: Id
    about: frozenset[str]
    """Codes of sectors and tasks: two stands are alike by how many they share."""


def free_spots(zones: Mapping[str, int], taken: Iterable[Spot]) -> dict[str, list[int]]:
    """The free numbers of each zone of so many spots, in order."""
    gone = set(taken)
    return {
        zone: [number for number in range(1, spots + 1) if Spot(zone, number) not in gone]
        for zone, spots in sorted(zones.items())
    }


def give_out(
    waiting: Sequence[Standing[Id]],
    standing: Mapping[Spot, Standing[Id]],
    zones: Mapping[str, int],
) -> dict[Id, Spot]:
    """A spot for as many of ``waiting`` as there are free ones; ``standing`` have theirs.

    Each comes to the zone where the others have most in common with it on average; where nobody has, to the
    one of which the smallest part is taken, so that each kind begins a zone of its own. Whoever shares most
    with all others goes first, so that the large kinds are laid out before what is left is filled. Equal
    input gives an equal plan.
    """
    free = free_spots(zones, standing)
    there: dict[str, list[frozenset[str]]] = {zone: [] for zone in free}
    for spot, stand in standing.items():
        there.setdefault(spot.zone, []).append(stand.about)
    common = Counter(code for stand in waiting for code in stand.about)
    order = sorted(
        range(len(waiting)),
        key=lambda place: (-sum(common[code] for code in waiting[place].about), place),
    )
    given: dict[Id, Spot] = {}
    for place in order:
        stand = waiting[place]
        rooms = [zone for zone, numbers in free.items() if numbers]
        if not rooms:
            break
        chosen = max(rooms, key=lambda zone: _suits(stand.about, there[zone], len(free[zone])))
        given[stand.id] = Spot(chosen, free[chosen].pop(0))
        there[chosen].append(stand.about)
    return given


def _suits(about: frozenset[str], others: Sequence[frozenset[str]], free: int) -> tuple[float, float, int]:
    """The larger, the better; of equal zones the first letter wins."""
    return (_alike(about, others), -len(others) / (len(others) + free), free)


def _alike(about: frozenset[str], others: Sequence[frozenset[str]]) -> float:
    """How many codes are shared with each of the others, on average; nothing where nobody stands."""
    return sum(len(about & each) for each in others) / len(others) if others else 0.0

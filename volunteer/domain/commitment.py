"""How long somebody wants to stay, and how long a role asks: a few plain steps, no contract."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from volunteer.domain.errors import InvalidValue


class Commitment(StrEnum):
    """From the lightest to the heaviest."""

    ONCE = "once"
    """One day, or one event."""
    SOMETIMES = "sometimes"
    """Now and then, without a fixed day."""
    MONTHS = "months"
    """Most weeks, for some months."""
    LONG = "long"
    """Most weeks, for a year or longer."""


STEPS = tuple(Commitment)


def parse_commitments(codes: Iterable[str], *, field: str = "commitments") -> frozenset[Commitment]:
    """Return the codes as a set; an unknown one raises ``InvalidValue`` naming it."""
    chosen = frozenset(codes)
    for code in sorted(chosen - frozenset(STEPS)):
        raise InvalidValue(
            "“%(code)s” is not known; choose one of %(known)s.",
            field=field,
            values={"code": code, "known": ", ".join(STEPS)},
        )
    return frozenset(map(Commitment, chosen))


def closeness(asked: Commitment, wished: Iterable[Commitment]) -> float:
    """Return 1 for a wish that is met, 0.5 one step away from it, 0 further away."""
    nearest = min(abs(STEPS.index(asked) - STEPS.index(each)) for each in wished)
    return max(0.0, 1.0 - nearest / 2)

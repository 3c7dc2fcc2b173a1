"""Why somebody does not want a role, in words about the role, and what that changes in their next lists.

A reason never touches what somebody needs, and never hides a role but those it names: it makes the engine
look elsewhere first. Taken back, it has no effect any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.matching_facts import PersonFacts

SHORTER_WAYS = (15, 30, 45, 60)
"""Minutes that are offered to who finds a role too far: the choices of the question how far one will go."""


class RefusalReason(StrEnum):
    """What is wrong with the role for this person."""

    TOO_FAR = "too_far"
    """With their yes, the way counts as too long from fewer minutes on (``Refusal.minutes``)."""
    HOURS = "hours"
    """Changes nothing by itself: the page offers to change the hours they told."""
    TASK = "task"
    """Roles with this task and none they like come last, and the task is no wish of theirs."""
    ORGANISATION = "organisation"
    """No role of this organisation is shown; what they asked it already goes on."""
    TOO_MUCH = "too_much"
    """Too often or too long: they look for what asks less of their time."""
    UNSAID = "unsaid"
    """Only this role goes, as it does with every reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason with what it is about."""

    reason: RefusalReason = RefusalReason.UNSAID
    task: str | None = None
    """Code of the task they would rather not do."""
    commitment: Commitment | None = None
    """What the role asked of their time."""
    minutes: int | None = None
    """How long the way may be from now on; ``None`` until they say yes to looking closer by."""


def heeding(person: PersonFacts, refusals: Iterable[Refusal]) -> PersonFacts:
    """Return the facts with everything these reasons change."""
    for refusal in refusals:
        match refusal.reason:
            case RefusalReason.TOO_FAR if refusal.minutes is not None:
                most = min(person.travel_minutes or refusal.minutes, refusal.minutes)
                person = replace(person, travel_minutes=most)
            case RefusalReason.TASK if refusal.task is not None:
                person = replace(
                    person,
                    interests=person.interests.without(refusal.task),
                    unwanted_tasks=person.unwanted_tasks | {refusal.task},
                )
            case RefusalReason.TOO_MUCH if refusal.commitment is not None:
                lighter = lighter_than(refusal.commitment)
                wished = person.commitments & lighter or lighter
                person = replace(person, commitments=wished or person.commitments)
            case _:
                pass
    return person


def lighter_than(commitment: Commitment) -> frozenset[Commitment]:
    """Return everything that asks less time; nothing asks less than once."""
    return frozenset(STEPS[: STEPS.index(commitment)])


def shorter_way(minutes: float | None, most: int | None) -> int | None:
    """Return the longest way to offer to who finds ``minutes`` too far, and said ``most`` before.

    ``None`` when the way is not known, or they look as close by as can be already.
    """
    if minutes is None:
        return None
    return max((each for each in SHORTER_WAYS if each < minutes and each < (most or 10_000)), default=None)

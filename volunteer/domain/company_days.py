"""A company day: what organisations ask for and what people of a company offer, as ordinary tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from volunteer.domain.interests import TASKS


@dataclass(frozen=True, slots=True)
class Met:
    """One task, who asks for it and who offers it."""

    task: str
    asked_by: Sequence[str]
    offered_by: Sequence[str]

    @property
    def meets(self) -> bool:
        """Whether there is somebody on both sides."""
        return bool(self.asked_by and self.offered_by)


def meet(asked: Mapping[str, Sequence[str]], offered: Mapping[str, Sequence[str]]) -> list[Met]:
    """The tasks of each side, by who is called what, put beside each other: the same task meets.

    First what meets, then what is asked and nobody offers, then the rest; each in the order of the tasks.
    """
    found = [
        Met(
            task,
            sorted(who for who, tasks in asked.items() if task in tasks),
            sorted(who for who, tasks in offered.items() if task in tasks),
        )
        for task in TASKS
    ]
    named = [each for each in found if each.asked_by or each.offered_by]
    return sorted(named, key=lambda each: (not each.meets, not each.asked_by))

"""Which interpreter goes with whom: each with one person at a time, in a language they speak."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from volunteer.queries.timetables import Taken


class Interpreter(Protocol):
    """Somebody who interprets."""

    @property
    def id(self) -> UUID:
        """Of the helper."""

    @property
    def languages(self) -> Collection[str]:
        """What they speak, sign languages too."""

    @property
    def away(self) -> Collection[int]:
        """Rounds in which they are not there."""


class Meeting(Protocol):
    """What they go along with."""

    interpreter_id: UUID | None

    @property
    def round(self) -> int:
        """From 0."""

    @property
    def rounds(self) -> int:
        """How many it takes."""

    @property
    def interpreter(self) -> str | None:
        """The language."""


Given = TypeVar("Given", bound=Meeting)


class Interpreters:
    """The interpreters of a market, and where each is."""

    def __init__(self, helpers: Iterable[Interpreter], taken: Iterable[Taken]) -> None:
        # Who speaks fewest languages goes first, so that the others stay free for what only they speak.
        self._helpers = sorted(helpers, key=lambda each: (len(each.languages), each.id))
        self._busy = {(each.helper_id, each.round) for each in taken if each.helper_id}
        self._given: dict[tuple[UUID, int], Meeting] = {}

    def give(self, visit: Meeting) -> bool:
        """Let one go along with this meeting, if somebody can; who is with another may change places."""
        helper = self._free(visit) or self._freed(visit, frozenset())
        if helper is None:
            return False
        self._assign(visit, helper)
        return True

    def stand_in(self, visits: Collection[Given]) -> list[Given]:
        """Let others go along with these meetings where whoever was to cannot any more.

        They go before what is given afterwards: these people were told. Returns those for which nobody can.
        """
        alone = [each for each in visits if each.interpreter and not self.goes_along(each)]
        for visit in alone:
            self._busy -= {(visit.interpreter_id, number) for number in _rounds(visit)}
            visit.interpreter_id = None
        return [visit for visit in alone if not self.give(visit)]

    def goes_along(self, visit: Meeting) -> bool:
        """Whether the interpreter of this meeting is there and speaks the language of it."""
        return any(each.id == visit.interpreter_id and self._is_able(each, visit) for each in self._helpers)

    def _free(self, visit: Meeting) -> Interpreter | None:
        return next((each for each in self._helpers if self._can(each, visit)), None)

    def _freed(self, visit: Meeting, asked: frozenset[UUID]) -> Interpreter | None:
        """Somebody whose own meeting, given in this plan, another can take over, who may be freed for it."""
        for helper in self._helpers:
            other = self._given.get((helper.id, visit.round))
            if other is None or helper.id in asked or not self._is_able(helper, visit):
                continue
            if other.rounds > 1 or visit.rounds > 1:
                continue
            instead = self._free(other) or self._freed(other, asked | {helper.id})
            if instead is None:
                continue
            self._busy.discard((helper.id, visit.round))
            self._assign(other, instead)
            return helper
        return None

    def _assign(self, visit: Meeting, helper: Interpreter) -> None:
        visit.interpreter_id = helper.id
        for number in _rounds(visit):
            self._busy.add((helper.id, number))
            self._given[helper.id, number] = visit

    def _can(self, helper: Interpreter, visit: Meeting) -> bool:
        free = not any((helper.id, number) in self._busy for number in _rounds(visit))
        return free and self._is_able(helper, visit)

    @staticmethod
    def _is_able(helper: Interpreter, visit: Meeting) -> bool:
        there = not any(number in helper.away for number in _rounds(visit))
        return there and visit.interpreter in helper.languages


def _rounds(visit: Meeting) -> range:
    return range(visit.round, visit.round + visit.rounds)

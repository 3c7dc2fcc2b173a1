"""What people like to do and for what kind of organisation: tasks and sectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

from volunteer.domain import vocabulary
from volunteer.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work, with other words people use for it."""

    code: str
    labels: Mapping[str, str]
    synonyms: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return its name in ``language``, in English where that is missing."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True, slots=True)
class Sector:
    """One field of work of an organisation, with other words people use for it."""

    code: str
    labels: Mapping[str, str]
    synonyms: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return its name in ``language``, in English where that is missing."""
        return self.labels.get(language) or self.labels["en"]


def _synonyms(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(word.strip() for word in entry.get("synonyms", "").split(";") if word.strip())


_LISTS = vocabulary.read("interests.json")
TASKS: Mapping[str, Task] = MappingProxyType(
    {each["code"]: Task(each["code"], vocabulary.labels(each), _synonyms(each)) for each in _LISTS["tasks"]}
)
SECTORS: Mapping[str, Sector] = MappingProxyType(
    {
        each["code"]: Sector(each["code"], vocabulary.labels(each), _synonyms(each))
        for each in _LISTS["sectors"]
    }
)


def parse_tasks(codes: Iterable[str], *, field: str = "tasks") -> frozenset[str]:
    """Return the codes as a set; an unknown one raises ``InvalidValue`` naming it."""
    chosen = frozenset(codes)
    for code in sorted(chosen - TASKS.keys()):
        raise InvalidValue(
            "“%(code)s” is not a known task.", field=field, code="unknown_task", values={"code": code}
        )
    return chosen


def parse_sectors(codes: Iterable[str], *, field: str = "sectors") -> frozenset[str]:
    """Return the codes as a set; an unknown one raises ``InvalidValue`` naming it."""
    chosen = frozenset(codes)
    for code in sorted(chosen - SECTORS.keys()):
        raise InvalidValue(
            "“%(code)s” is not a known sector.", field=field, code="unknown_sector", values={"code": code}
        )
    return chosen


def named_in(text: str, *, most: int = 4) -> list[str]:
    """Return codes of tasks whose name or synonym stands in a text, what is named most often first.

    A guess from words alone, for who writes a role; what a reader means is theirs to say.
    """
    plain = text.casefold()
    counts = {code: len(pattern.findall(plain)) for code, pattern in _NAMES.items()}
    found = [code for code, count in counts.items() if count]
    return sorted(found, key=lambda code: -counts[code])[:most]


def _names(task: Task) -> re.Pattern[str]:
    names = {name.casefold() for name in (*task.labels.values(), *task.synonyms) if len(name) >= _SHORTEST}
    every = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)")


_SHORTEST = 4
"""Letters of a name that says enough by itself."""
_NAMES: Mapping[str, re.Pattern[str]] = {code: _names(task) for code, task in TASKS.items()}


@dataclass(frozen=True, slots=True)
class Interests:
    """Tasks a person can do, wants to do and wants to learn, and sectors they like.

    All empty means "I don't know yet", which is a fine answer. Unknown codes raise ``InvalidValue``.
    """

    can: frozenset[str] = field(default_factory=frozenset)
    want: frozenset[str] = field(default_factory=frozenset)
    learn: frozenset[str] = field(default_factory=frozenset)
    sectors: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        parse_tasks(self.can, field="can")
        parse_tasks(self.want, field="want")
        parse_tasks(self.learn, field="learn")
        parse_sectors(self.sectors)

    @classmethod
    def of(
        cls,
        *,
        can: Iterable[str] = (),
        want: Iterable[str] = (),
        learn: Iterable[str] = (),
        sectors: Iterable[str] = (),
    ) -> Self:
        """Build from any iterables of codes."""
        return cls(frozenset(can), frozenset(want), frozenset(learn), frozenset(sectors))

    def without(self, task: str) -> Self:
        """Return the same without this task, in whatever way it was named."""
        return replace(self, can=self.can - {task}, want=self.want - {task}, learn=self.learn - {task})

    @property
    def tasks(self) -> frozenset[str]:
        """Every task named in whatever way."""
        return self.can | self.want | self.learn

"""What may be said about the law: dated rules with their source, and never a verdict about one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Self

from volunteer.domain.errors import InvalidValue

FRESH_FOR = timedelta(days=365)
"""What nobody looked at for longer is said to be old: amounts and forms change with the year."""
LANGUAGES = ("nl", "fr", "en", "ar")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_SOURCE = 90, 600, 300
_CODE = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")


class Section(StrEnum):
    """What a rule is about, in the order of the page."""

    WHAT = "what"
    TELL = "tell"
    """Whom to tell before one starts, by where one's money comes from."""
    TOLD = "told"
    """What an organisation tells before somebody starts."""
    INSURANCE = "insurance"
    EXPENSES = "expenses"
    CHILDREN = "children"


class Certainty(IntEnum):
    """How a rule is known."""

    AUTHORITY = 1
    """From an authority, or the law itself."""
    SUPPORT_BODY = 2
    ONE_SOURCE = 3


class Standing(StrEnum):
    """Whether a rule can be relied on today."""

    CHECKED = "checked"
    COLLECTED = "collected"
    """It came with the program, and nobody of the centre has looked at it yet."""
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRule:
    """One thing that may be said to everybody, in each language."""

    code: str
    section: Section
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    """For :attr:`Section.TELL`: whom to tell, short enough for paper."""
    more: Mapping[str, str] = field(default_factory=dict)
    """What else is good to know; on the page alone."""
    on_paper: bool = False
    """Whether a slip says it too: there is room for what concerns most people."""
    amounts: Mapping[str, float] = field(default_factory=dict)
    """In euro: ``day``, ``year`` and ``raised_year`` (the higher limit of some activities)."""
    source: str = ""
    """The name of a text or an office, where it is known; names are not translated."""
    certainty: Certainty = Certainty.ONE_SOURCE
    collected_on: date
    checked_on: date | None = None
    """When somebody of the centre held it against its source."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day it holds."""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """Read a rule as it is kept: dates as ISO text or dates. Raises :class:`InvalidValue`."""
        rule = cls(
            code=entry["code"],
            section=Section(entry["section"]),
            titles=dict(entry["titles"]),
            texts=dict(entry["texts"]),
            more=dict(entry.get("more", {})),
            on_paper=entry.get("on_paper", False),
            amounts={name: float(amount) for name, amount in entry.get("amounts", {}).items()},
            source=entry.get("source", ""),
            certainty=Certainty(entry["certainty"]),
            collected_on=_day(entry["collected_on"]) or date.min,
            checked_on=_day(entry.get("checked_on")),
            valid_from=_day(entry.get("valid_from")),
            valid_until=_day(entry.get("valid_until")),
        )
        rule.check()
        return rule

    def to_keep(self) -> dict[str, Any]:
        """What :meth:`of` reads again, fit for JSON."""
        days = ("collected_on", "checked_on", "valid_from", "valid_until")
        return {
            "code": self.code,
            "section": self.section.value,
            "titles": dict(self.titles),
            "texts": dict(self.texts),
            "more": dict(self.more),
            "on_paper": self.on_paper,
            "amounts": dict(self.amounts),
            "source": self.source,
            "certainty": int(self.certainty),
            **{name: found.isoformat() for name in days if (found := getattr(self, name))},
        }

    def check(self) -> None:
        """Raise :class:`InvalidValue` where the rule cannot be shown to everybody."""
        if not _CODE.fullmatch(self.code):
            raise InvalidValue("Use small letters, and a point between two parts.", field="code")
        for language in LANGUAGES:
            _check_text(self.titles.get(language, ""), LONGEST_TITLE, field=f"title_{language}")
            _check_text(self.texts.get(language, ""), LONGEST_TEXT, field=f"text_{language}")
            _check_text(
                self.more.get(language, ""), LONGEST_TEXT, field=f"more_{language}", may_be_empty=True
            )
        _check_text(self.source, LONGEST_SOURCE, field="source", may_be_empty=True)
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise InvalidValue("The last day comes after the first.", field="valid_until")
        if any(amount <= 0 for amount in self.amounts.values()):
            raise InvalidValue("An amount is more than zero.", field="amounts")

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on ``day``."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def standing(self, day: date) -> Standing:
        """Whether the rule can be relied on, on ``day``."""
        if day - (self.checked_on or self.collected_on) > FRESH_FOR:
            return Standing.STALE
        return Standing.CHECKED if self.checked_on else Standing.COLLECTED


def in_force(rules: Iterable[LawRule], section: Section, day: date) -> Sequence[LawRule]:
    """The rules of a section that hold on ``day``, in their order."""
    return [rule for rule in rules if rule.section is section and rule.holds_on(day)]


def oldest(rules: Iterable[LawRule], day: date) -> LawRule | None:
    """The rule that can be relied on least, to date a whole table with."""
    order = (Standing.STALE, Standing.COLLECTED, Standing.CHECKED)
    return min(
        rules,
        key=lambda rule: (order.index(rule.standing(day)), rule.checked_on or rule.collected_on),
        default=None,
    )


def _check_text(text: str, longest: int, *, field: str, may_be_empty: bool = False) -> None:
    if not text.strip() and not may_be_empty:
        raise InvalidValue("Write this in every language.", field=field)
    if len(text) > longest:
        raise InvalidValue(
            "This is too long. Use at most %(most)d letters.", field=field, values={"most": longest}
        )


def _day(found: object) -> date | None:
    return found if isinstance(found, date) else date.fromisoformat(found) if isinstance(found, str) else None

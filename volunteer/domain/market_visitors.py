"""Who comes to a market: what they tell of themselves, what may be asked, and how long it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from volunteer.domain.errors import ConsentMissing, InvalidValue
from volunteer.domain.gatherings import parse_help
from volunteer.domain.interests import parse_tasks
from volunteer.domain.languages import parse_codes
from volunteer.domain.market_days import Share

CONSENT_VERSION = "2026-11-22.1"
"""Version of the words in which a visitor agrees that we keep a first name and one way to reach them."""
HELP_VERSION = "2026-11-22.1"
"""Version of the words in which a visitor agrees that we keep what helps them on that day."""
CARD_HELP_VERSION = "2026-11-22.card"
"""Version of the words in which a support worker says that each person asked for what is ticked."""
FEWEST_WANTED, MOST_WANTED = 1, 6
"""Meetings on one route."""
MOST_IN_A_GROUP = 60
MOST_COMPANIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How somebody would like to spend the day; ``check`` looks at the whole."""

    languages: frozenset[str] = frozenset()
    """What they speak, of who has no file; empty is not asked."""
    tasks: frozenset[str] = frozenset()
    """Task codes of what they like, of who has no file."""
    wants_route: bool = True
    """No is walking about freely."""
    wanted: int | None = None
    """How many meetings; ``None`` is what is usual at this market."""
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None
    """``None`` is as soon, or as long, as the doors are open."""
    together_card: int | None = None
    """The number of the card of whom they would like to go with."""
    shares_tasks: bool = False
    """Whether a stand may read what they like to do."""

    @property
    def shares(self) -> list[str]:
        """``Share`` codes."""
        return [str(Share.TASKS)] if self.shares_tasks else []

    def check(self, *, opens: datetime, closes: datetime) -> None:
        """Raise :class:`InvalidValue` on the first field that cannot be so at a market with these doors."""
        parse_codes(self.languages)
        parse_tasks(self.tasks)
        if self.wanted is not None and not FEWEST_WANTED <= self.wanted <= MOST_WANTED:
            raise InvalidValue(
                "Give a number from 1 to %(most)d.", field="wanted", values={"most": MOST_WANTED}
            )
        check_window(self.arrives_at, self.leaves_at, opens=opens, closes=closes)


@dataclass(frozen=True, slots=True)
class Help:
    """What somebody needs to take part on that day."""

    codes: frozenset[str] = frozenset()
    """Access codes."""
    more_time: bool = False
    """Twice the time at every stand."""

    def __bool__(self) -> bool:
        return bool(self.codes) or self.more_time


NO_HELP = Help()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDetails:
    """What is told of a group; nobody in it is named."""

    name: str
    """What its support worker calls it."""
    size: int
    """Cards: who comes along to help has none."""
    companions: int = 0
    languages: frozenset[str] = frozenset()
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None

    def check(self, *, opens: datetime, closes: datetime) -> None:
        """Raise :class:`InvalidValue` on the first field that cannot be so at a market with these doors."""
        if not 1 <= self.size <= MOST_IN_A_GROUP:
            raise InvalidValue(
                "Give a number from 1 to %(most)d.", field="size", values={"most": MOST_IN_A_GROUP}
            )
        if not 0 <= self.companions <= MOST_COMPANIONS:
            raise InvalidValue(
                "Give a number from 0 to %(most)d.", field="companions", values={"most": MOST_COMPANIONS}
            )
        parse_codes(self.languages)
        check_window(self.arrives_at, self.leaves_at, opens=opens, closes=closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDetails:
    """What is told of one card of a group."""

    language: str
    """Of the card, beside Dutch."""
    languages: frozenset[str]
    """What this person speaks, of those of the group."""
    wants_route: bool = True
    help: Help = NO_HELP


def check_window(
    arrives: datetime | None, leaves: datetime | None, *, opens: datetime, closes: datetime
) -> None:
    """Raise :class:`InvalidValue` for hours that lie outside the doors, or in the wrong order."""
    if arrives is not None and not opens <= arrives < closes:
        raise InvalidValue("Choose an hour at which the market is open.", field="arrives_at")
    if leaves is not None and not (arrives or opens) < leaves <= closes:
        raise InvalidValue("Who comes leaves later than that, and before it closes.", field="leaves_at")


def check_help(codes: Iterable[str]) -> frozenset[str]:
    """Clean codes of what helps. Raises :class:`InvalidValue` for what is not asked of people."""
    return parse_help(codes)


def check_yes(*, agrees: bool, is_for_them: bool = False) -> None:
    """Raise :class:`ConsentMissing` without a visitor's yes to our keeping who they are.

    ``is_for_them`` is that somebody else writes it down.
    """
    if agrees:
        return
    if is_for_them:
        raise ConsentMissing("First read it to this person, and ask for their yes.", field="agrees")
    raise ConsentMissing("We need your yes to keep your first name for that day.", field="agrees")


def check_yes_to_help(told: Help, *, agrees: bool, is_for_them: bool = False) -> None:
    """Raise the same without a yes of its own to our keeping what helps."""
    if agrees or not told:
        return
    if is_for_them:
        raise ConsentMissing("First ask this person whether you may keep it.", field="agrees_to_help")
    raise ConsentMissing("We need your yes before we keep what helps you.", field="agrees_to_help")


def to_remove(cards: Collection[int], *, size: int) -> list[int]:
    """Which numbers go when a group of these cards shrinks to ``size``: those that came last."""
    return sorted(cards)[size:]

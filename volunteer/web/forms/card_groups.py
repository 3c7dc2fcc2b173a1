"""What a support worker fills in for a group of blank cards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from volunteer.domain.card_groups import USUAL_DAYS, clean_group_name, parse_count, parse_days
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, text

FIELDS = ("name", "count", "days", "language")
USUAL: Answers = {"count": "24", "days": str(USUAL_DAYS)}
"""Three whole sheets, which is a class."""


@dataclass(frozen=True, slots=True)
class MoreCards:
    """How many cards, and in which language beside Dutch."""

    count: int
    language: str


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group as it was filled in."""

    name: str
    days: int
    cards: MoreCards


def more_cards(given: Answers, offered: Collection[str], *, there: int = 0) -> MoreCards:
    """Cards to make beside those that are ``there``. Raises :class:`InvalidValue`."""
    language = text(given, "language")
    count = parse_count(text(given, "count"), there=there)
    if language not in offered:
        raise InvalidValue("Choose a language from the list.", field="language")
    return MoreCards(count, language)


def new_group(given: Answers, offered: Collection[str]) -> NewGroup:
    """The whole form. Raises :class:`InvalidValue`."""
    return NewGroup(
        clean_group_name(text(given, "name")),
        parse_days(text(given, "days")),
        more_cards(given, offered),
    )


def complaints(given: Answers, offered: Collection[str]) -> list[DomainError]:
    """Everything that is wrong, in the order of the page."""
    found = Complaints()
    with found.collect():
        clean_group_name(text(given, "name"))
    with found.collect():
        more_cards(given, offered)
    with found.collect():
        parse_days(text(given, "days"))
    return found.errors

"""The talk between the desk and an organisation, as lines on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from volunteer.domain.organisations import EntryKind
from volunteer.services.organisation_talk import Said
from volunteer.web.dates import spoken_day

_OF_THE_DESK = frozenset({EntryKind.ASKED, EntryKind.APPROVED, EntryKind.REFUSED})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said."""

    kind: EntryKind
    author: str
    text: str
    day: str
    is_of_desk: bool


def lines(talk: Iterable[Said]) -> list[Line]:
    """What was said, in its order."""
    return [
        Line(each.kind, each.author, each.text, spoken_day(each.happened_at), each.kind in _OF_THE_DESK)
        for each in talk
    ]

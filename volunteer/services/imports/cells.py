"""Reading the cells of a row: everything that is wrong is collected, so that one look repairs a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from volunteer.domain.availability import Availability
from volunteer.domain.candidates import clean_identifier, clean_words
from volunteer.domain.commitment import Commitment, parse_commitments
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.languages import parse_levels
from volunteer.services.imports.mapping import LIST_SEPARATOR, FileMapping, Row
from volunteer.services.imports.report import Problem

Value = TypeVar("Value")

LONGEST_ID = 120


class Cells:
    """One row with a memory for what was wrong; an empty cell means unknown and is never wrong here."""

    def __init__(self, row: Row, mapping: FileMapping) -> None:
        self.line = row.line
        self.problems = list(row.problems)
        self._cells = row.cells
        self._mapping = mapping

    def wrong(self, column: str, reason: str) -> None:
        """Remember that this cell is wrong, under the name its column has in the file."""
        self.problems.append(Problem(self.line, self._mapping.foreign_name(column), reason))

    def text(self, column: str) -> str:
        """What is written there, trimmed."""
        return self._cells.get(column, "").strip()

    def required(self, column: str) -> str:
        """What is written there; nothing at all is wrong."""
        text = self.text(column)
        if not text:
            self.wrong(column, "This must be filled in.")
        return text

    def words(self, column: str, *, longest: int) -> str | None:
        """Free text, which may hold no national number; ``None`` when empty."""
        return self.value(column, lambda text: clean_words(text, longest=longest, field=column), None)

    def value(self, column: str, understand: Callable[[str], Value], empty: Value) -> Value:
        """One value; ``empty`` when nothing is written, or it is wrong."""
        text = self.text(column)
        if not text:
            return empty
        try:
            return understand(text)
        except DomainError as error:
            self.wrong(column, str(error))
            return empty

    def each(self, column: str, understand: Callable[[str], Value]) -> list[Value]:
        """The items of a list, each understood apart, so that each wrong one is named."""
        values: list[Value] = []
        for piece in filter(None, (piece.strip() for piece in self.text(column).split(LIST_SEPARATOR))):
            try:
                values.append(understand(piece))
            except DomainError as error:
                self.wrong(column, str(error))
        return values

    def levels(self, column: str) -> dict[str, int]:
        """Languages with their levels."""
        levels: dict[str, int] = {}
        for piece in self.each(column, lambda text: parse_levels(text, field=column)):
            for code, level in piece.items():
                if levels.setdefault(code, level) != level:
                    self.wrong(column, f"The language “{code}” is given twice.")
        return levels

    def times(self, column: str) -> Availability:
        """Times of the week and of single dates."""
        return Availability.joined(self.each(column, lambda text: Availability.parse(text, field=column)))


def understood_day(text: str) -> date:
    """A day as 2026-11-21 or 21/11/2026. Raises :class:`InvalidValue`."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise InvalidValue("“%(text)s” is not a day such as 2026-11-21 or 21/11/2026.", values={"text": text})


def understood_count(text: str) -> int:
    """A whole number. Raises :class:`InvalidValue`."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidValue("“%(text)s” is not a whole number.", values={"text": text})
    return int(text)


def understood_commitment(text: str) -> Commitment:
    """How often somebody helps, capitals aside. Raises :class:`InvalidValue`."""
    (commitment,) = parse_commitments([text.lower()])
    return commitment


def understood_id(text: str) -> str:
    """An identifier of another list. Raises :class:`InvalidValue`."""
    return clean_identifier(text, longest=LONGEST_ID, field="external_id")

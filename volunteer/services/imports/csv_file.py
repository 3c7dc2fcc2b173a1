"""A CSV file as it comes: its encoding and delimiter found out, its rows with their true line numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from volunteer.services.imports.report import ImportImpossible, Problem

_DELIMITERS = (",", ";", "\t")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_EVENED_OUT = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\r": "\n"})
"""Word processors break lines and pages in cells with characters that nothing else understands."""
_NOT_TEXT = frozenset(chr(code) for code in (*range(32), 127)) - {"\n", "\t"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line it begins on, and its cells by the file's own column names, trimmed."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that was read whole."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    """Every row that could be taken apart into cells."""
    problems: tuple[Problem, ...]
    """One for each row that could not."""


def read(content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> CsvFile:
    """Take a file apart. Raises :class:`ImportImpossible` when it has no text, no header or a doubled column.

    Without ``encoding``: UTF-8 with or without mark, UTF-16 with its mark, otherwise Windows-1252. Without
    ``delimiter``: whichever of comma, semicolon and tab splits the header most.
    """
    text, found = _decoded(content, encoding)
    rows = _Rows(text, delimiter)
    header = next(rows, None)
    if header is None:
        raise ImportImpossible("The file is empty: its first line must name the columns.")
    columns = _columns(header[1])
    lines: list[Line] = []
    for number, cells in rows:
        line = _line(number, cells, columns)
        if isinstance(line, Problem):
            rows.problems.append(line)
        else:
            lines.append(line)
    named = tuple(column for column in columns if column)
    return CsvFile(found, rows.delimiter, named, tuple(lines), tuple(rows.problems))


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        candidates: tuple[str, ...] = (encoding,)
    elif content.startswith(_UTF_16_MARKS):
        candidates = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "windows-1252")
    for candidate in candidates:
        try:
            return content.decode(candidate).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), candidate
        except UnicodeDecodeError:
            continue
        except LookupError:
            raise ImportImpossible(
                "“%(encoding)s” is not an encoding.", values={"encoding": candidate}
            ) from None
    raise ImportImpossible(
        "The file is not text in %(encodings)s. Save it as CSV UTF-8.",
        values={"encodings": " or ".join(candidates)},
    )


class _Rows(Iterator[tuple[int, list[str]]]):
    """Rows with the number of the line they begin on; blank ones left out, broken ones in ``problems``."""

    def __init__(self, text: str, delimiter: str | None) -> None:
        self.delimiter = delimiter or _likely_delimiter(text)
        self.problems: list[Problem] = []
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            start = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                self.problems.append(Problem(start, None, _spoken(error)))
                continue
            if any(cell.strip() for cell in cells):
                return start, cells


def _likely_delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=header.count)


def _spoken(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "A quotation mark opens here and is never closed."
    if "expected after" in str(error):
        return (
            "A quotation mark stands inside a cell: write it twice, and put the cell between quotation marks."
        )
    return f"This row cannot be read: {error}."


def _columns(header: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in header)
    twice = sorted(name for name, count in Counter(columns).items() if name and count > 1)
    if twice:
        raise ImportImpossible("Columns named twice: %(columns)s.", values={"columns": ", ".join(twice)})
    return columns


def _line(number: int, cells: list[str], columns: tuple[str, ...]) -> Line | Problem:
    if len(cells) != len(columns):
        return Problem(
            number, None, f"This row has {len(cells)} cells; the first line names {len(columns)} columns."
        )
    named: dict[str, str] = {}
    for position, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        text = cell.replace("\r\n", "\n").translate(_EVENED_OUT).strip()
        if text and not column:
            return Problem(number, None, f"Cell {position} is filled in, but its column has no name.")
        if not _NOT_TEXT.isdisjoint(text):
            return Problem(number, column, "This holds a character that is not text.")
        if column:
            named[column] = text
    return Line(number, named)

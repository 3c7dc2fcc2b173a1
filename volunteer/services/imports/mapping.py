"""How a foreign file becomes our own columns. ``docs/importing.md`` describes the file it is written in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from volunteer.services.imports.csv_file import CsvFile, Line
from volunteer.services.imports.report import ImportImpossible, Problem

LIST_SEPARATOR = ";"
_DIGEST_LETTERS = 20
"""Of a SHA-256 in hexadecimal: 80 bits, so that no two of millions of rows coincide."""


@dataclass(frozen=True, slots=True)
class ValueTable:
    """Looks a foreign value up, capitals aside; what stands in the table is in our own words."""

    column: str
    table: Mapping[str, str]
    default: str | None = None
    """For a value that is empty or not in the table; without it an unknown value is an error."""


@dataclass(frozen=True, slots=True)
class DerivedId:
    """An external id made of what does not change in a row, so that a second import finds it again."""

    columns: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """Says for each of our columns where its text comes from."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Our column: the foreign one."""
    constants: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    """For cells that are empty."""
    separators: Mapping[str, str] = field(default_factory=dict)
    """What separates the items of a list in the foreign file."""
    values: Mapping[str, ValueTable] = field(default_factory=dict)
    derived_id: DerivedId | None = None
    ignored: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def foreign_columns(self) -> frozenset[str]:
        """Every column the foreign file must have."""
        tables = {table.column for table in self.values.values()}
        derived = self.derived_id.columns if self.derived_id else ()
        return frozenset({*self.columns.values(), *tables, *derived})

    @property
    def own_columns(self) -> frozenset[str]:
        """Every column of ours that gets a text."""
        derived = {"external_id"} if self.derived_id else set()
        return frozenset({*self.columns, *self.constants, *self.defaults, *self.values, *derived})

    def foreign_name(self, own: str) -> str:
        """What the file calls the place where one of our columns comes from."""
        if own in self.values:
            return self.values[own].column
        return self.columns.get(own, own)


@dataclass(slots=True)
class Row:
    """One row in our own columns."""

    line: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def plain(file: CsvFile, own_columns: frozenset[str]) -> FileMapping:
    """The mapping of a file in our own format: every column is what it is called, capitals aside."""
    known = {column.casefold(): column for column in file.columns}
    return FileMapping(columns={own: known[own] for own in own_columns if own in known})


def apply(mapping: FileMapping, file: CsvFile) -> Iterator[Row]:
    """Give each row in our own columns. Raises :class:`ImportImpossible` for columns that do not match."""
    _check_columns(mapping, file)
    seen: Counter[str] = Counter()
    for line in file.lines:
        row = Row(line.number, {})
        for own, foreign in mapping.columns.items():
            row.cells[own] = _relisted(line.cells[foreign], mapping.separators.get(own))
        for own, table in mapping.values.items():
            row.cells[own] = _looked_up(row, table, line.cells[table.column], mapping.separators.get(own))
        for own, default in mapping.defaults.items():
            row.cells[own] = row.cells.get(own) or default
        row.cells.update(mapping.constants)
        if mapping.derived_id:
            row.cells["external_id"] = _derived(mapping.derived_id, line, seen)
        yield row


def _check_columns(mapping: FileMapping, file: CsvFile) -> None:
    missing = sorted(mapping.foreign_columns - set(file.columns))
    if missing:
        raise ImportImpossible(
            "The file lacks columns that the mapping names: %(columns)s. It has: %(present)s.",
            values={"columns": ", ".join(missing), "present": ", ".join(file.columns)},
        )
    used = mapping.foreign_columns | mapping.ignored
    unknown = [column for column in file.columns if column not in used]
    if unknown:
        raise ImportImpossible(
            "Unknown columns: %(columns)s. Rename them, or name them under “ignore” in a mapping.",
            values={"columns": ", ".join(unknown)},
        )


def _relisted(text: str, separator: str | None) -> str:
    if separator is None:
        return text
    return LIST_SEPARATOR.join(filter(None, (piece.strip() for piece in text.split(separator))))


def _looked_up(row: Row, table: ValueTable, text: str, separator: str | None) -> str:
    pieces = _relisted(text, separator).split(LIST_SEPARATOR) if separator else [text]
    found: list[str] = []
    for piece in pieces:
        value = table.table.get(piece.casefold(), table.default)
        if value is not None:
            found.append(value)
        elif piece:
            row.problems.append(Problem(row.line, table.column, f"The mapping has no value for “{piece}”."))
    return LIST_SEPARATOR.join(dict.fromkeys(filter(None, found)))


def _derived(derived: DerivedId, line: Line, seen: Counter[str]) -> str:
    """Hash the cells with their spacing made even, so that an editor's line ends change nothing."""
    content = "\x1f".join(" ".join(line.cells[column].split()) for column in derived.columns)
    digest = hashlib.sha256(content.encode()).hexdigest()[:_DIGEST_LETTERS]
    seen[digest] += 1
    repeat = f"-{seen[digest]}" if seen[digest] > 1 else ""
    return f"{derived.prefix}{digest}{repeat}"

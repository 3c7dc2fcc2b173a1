"""A whole file understood, before anything touches the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from volunteer.services.imports import (
    candidate_rows,
    csv_file,
    mapping_file,
    opportunity_rows,
)
from volunteer.services.imports.candidate_rows import CandidateRow
from volunteer.services.imports.cells import Cells
from volunteer.services.imports.csv_file import CsvFile
from volunteer.services.imports.mapping import FileMapping, apply, plain
from volunteer.services.imports.opportunity_rows import OpportunityRow
from volunteer.services.imports.report import ImportImpossible, Problem

Advance = Callable[[int, int], None]
"""Told how many rows of how many are done."""


class Identified(Protocol):
    """A row known by the id it has elsewhere."""

    @property
    def line(self) -> int:
        """The line it begins on."""
        ...

    @property
    def external_id(self) -> str:
        """Its id in the list it comes from."""
        ...


RowType = TypeVar("RowType", bound=Identified)


@dataclass(frozen=True, slots=True)
class Understood(Generic[RowType]):
    """The rows that hold, and what is wrong with the others."""

    rows: tuple[RowType, ...]
    problems: tuple[Problem, ...]
    columns: frozenset[str]
    """Our columns that the file fills; what it does not speak of, an import leaves as it is."""
    total: int
    """Rows of the file, the wrong ones included."""
    encoding: str
    delimiter: str


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def opportunities(
    content: bytes, *, mapping: bytes | None, language: str, advance: Advance = silent
) -> Understood[OpportunityRow]:
    """Understand a file of roles. Raises :class:`ImportImpossible`."""
    return _understand(
        content,
        mapping,
        frozenset(opportunity_rows.COLUMNS),
        opportunity_rows.REQUIRED,
        lambda cells: opportunity_rows.understand(cells, language=language),
        advance,
    )


def candidates(
    content: bytes,
    *,
    mapping: bytes | None,
    language: str,
    witness: str | None,
    advance: Advance = silent,
) -> Understood[CandidateRow]:
    """Understand a file of people, who agreed if ``witness`` says so. Raises :class:`ImportImpossible`."""
    return _understand(
        content,
        mapping,
        frozenset(candidate_rows.COLUMNS),
        candidate_rows.REQUIRED,
        lambda cells: candidate_rows.understand(cells, language=language, witness=witness),
        advance,
    )


def _understand(
    content: bytes,
    mapping_content: bytes | None,
    own_columns: frozenset[str],
    required: frozenset[str],
    read_row: Callable[[Cells], RowType],
    advance: Advance,
) -> Understood[RowType]:
    mapping = mapping_file.read(mapping_content, own_columns=own_columns) if mapping_content else None
    file = csv_file.read(
        content,
        encoding=mapping.encoding if mapping else None,
        delimiter=mapping.delimiter if mapping else None,
    )
    chosen = mapping or plain(file, own_columns)
    _check_required(chosen, required)
    rows: list[RowType] = []
    problems = list(file.problems)
    first_lines: dict[str, int] = {}
    for done, row in enumerate(apply(chosen, file), start=1):
        cells = Cells(row, chosen)
        understood = read_row(cells)
        _refuse_doubles(cells, understood, first_lines)
        problems += cells.problems
        if not cells.problems:
            rows.append(understood)
        advance(done, len(file.lines))
    return Understood(
        rows=tuple(rows),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        columns=chosen.own_columns,
        total=_count(file),
        encoding=file.encoding,
        delimiter=file.delimiter,
    )


def _check_required(mapping: FileMapping, required: frozenset[str]) -> None:
    missing = sorted(required - mapping.own_columns)
    if missing:
        raise ImportImpossible(
            "The file lacks columns that every row needs: %(columns)s.",
            values={"columns": ", ".join(missing)},
        )


def _refuse_doubles(cells: Cells, row: Identified, first_lines: dict[str, int]) -> None:
    if not row.external_id:
        return
    first = first_lines.setdefault(row.external_id, row.line)
    if first != row.line:
        cells.wrong("external_id", f"“{row.external_id}” is on line {first} already.")


def _count(file: CsvFile) -> int:
    return len(file.lines) + len(file.problems)

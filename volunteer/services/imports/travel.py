"""Importing a table of travel times: it takes the place of the one before, whole or not at all."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import CursorResult, delete, insert, or_

from volunteer.domain.errors import InvalidValue
from volunteer.domain.events.places import TravelImported
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import TravelTime
from volunteer.queries import imports as queries
from volunteer.queries.districts import named_districts
from volunteer.queries.travel import travel_rows
from volunteer.services.imports import csv_file
from volunteer.services.imports.cells import Cells
from volunteer.services.imports.csv_file import CsvFile
from volunteer.services.imports.mapping import FileMapping, apply, plain
from volunteer.services.imports.report import Change, ImportImpossible, ImportRefused, Problem, Report
from volunteer.services.imports.runs import note
from volunteer.unit_of_work import UnitOfWork

COLUMNS = ("from", "to", "minutes")
LONGEST_MINUTES = 24 * 60
_SHOWN_CODES = 5

Way = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UnderstoodTravel:
    """The rows of a table, and what is wrong with the others."""

    minutes: dict[Way, float]
    problems: tuple[Problem, ...]
    total: int
    encoding: str
    delimiter: str


def places(uow: UnitOfWork) -> frozenset[str]:
    """The codes a table may speak of: those of the districts, of the municipalities while there are none."""
    return frozenset(each.code for each in named_districts(uow.session)) or frozenset(MUNICIPALITIES)


def understand(content: bytes, *, known: frozenset[str]) -> UnderstoodTravel:
    """Understand a CSV file of minutes between ``known`` places. Raises :class:`ImportImpossible`."""
    file = csv_file.read(content)
    mapping = plain(file, frozenset(COLUMNS))
    missing = [column for column in COLUMNS if column not in mapping.own_columns]
    if missing:
        raise ImportImpossible(
            "The file lacks columns that every row needs: %(columns)s.",
            values={"columns": ", ".join(missing)},
        )
    if not file.lines and not file.problems:
        raise ImportImpossible("The file has no rows: there is nothing to read.")
    return _understood(file, mapping, known)


def _understood(file: CsvFile, mapping: FileMapping, known: frozenset[str]) -> UnderstoodTravel:
    minutes: dict[Way, float] = {}
    first_lines: dict[Way, int] = {}
    problems = list(file.problems)
    for row in apply(mapping, file):
        cells = Cells(row, mapping)
        way = _place(cells, "from", known), _place(cells, "to", known)
        cells.required("minutes")
        time = cells.value("minutes", _minutes, 0.0)
        first = first_lines.setdefault(way, row.line) if all(way) else row.line
        if first != row.line:
            cells.wrong("to", f"The way from “{way[0]}” to “{way[1]}” is on line {first} already.")
        problems += cells.problems
        minutes[way] = time
    return UnderstoodTravel(
        minutes=minutes,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        total=len(file.lines) + len(file.problems),
        encoding=file.encoding,
        delimiter=file.delimiter,
    )


def carry_out(
    uow: UnitOfWork,
    understood: UnderstoodTravel,
    *,
    file_name: str,
    source: str | None = None,
    dry_run: bool = False,
) -> Report:
    """Replace the table, and record one event if anything differs.

    Raises :class:`ImportRefused` when a row is wrong; a dry run writes nothing.
    """
    if understood.problems:
        raise ImportRefused(understood.problems)
    queries.wait_for_other_imports(uow.session)
    present = {(origin, end): minutes for origin, end, minutes in travel_rows(uow.session)}
    report = _compared(present, understood.minutes)
    if dry_run:
        return report
    run = note(uow, report, file_name=file_name, source=source)
    if report.added or report.changes or report.removed:
        _replace(uow, understood.minutes)
        uow.record(TravelImported(run.id))
    return report


def forget_gone(uow: UnitOfWork) -> int:
    """Drop the rows that speak of a place that is gone; returns how many."""
    known = places(uow)
    elsewhere = or_(TravelTime.origin.not_in(known), TravelTime.destination.not_in(known))
    dropped = uow.session.execute(delete(TravelTime).where(elsewhere))
    return dropped.rowcount if isinstance(dropped, CursorResult) else 0


def _compared(present: dict[Way, float], wanted: dict[Way, float]) -> Report:
    report = Report("travel times")
    for way, minutes in wanted.items():
        if way not in present:
            report.added += 1
        elif present[way] != minutes:
            report.changes.append(Change(" - ".join(way), ("minutes",)))
        else:
            report.unchanged += 1
    report.removed = sorted(" - ".join(way) for way in present.keys() - wanted.keys())
    return report


def _replace(uow: UnitOfWork, wanted: dict[Way, float]) -> None:
    uow.session.execute(delete(TravelTime))
    rows = [
        {"origin": origin, "destination": end, "minutes": minutes}
        for (origin, end), minutes in wanted.items()
    ]
    if rows:
        uow.session.execute(insert(TravelTime), rows)


def _place(cells: Cells, column: str, known: frozenset[str]) -> str:
    code = cells.required(column)
    if code and code not in known:
        some = ", ".join(sorted(known)[:_SHOWN_CODES])
        cells.wrong(column, f"“{code}” is not a place we know; those are {some} and so on.")
        return ""
    return code


def _minutes(text: str) -> float:
    try:
        minutes = float(text.replace(",", "."))
    except ValueError:
        minutes = math.nan
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise InvalidValue("“%(text)s” is not a number of minutes such as 25.", values={"text": text})
    return minutes

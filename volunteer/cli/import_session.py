"""One import as a person at a terminal sees it: progress and problems apart from the report."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import IntegrityError

from volunteer.services.imports.report import ImportRefused, Problem, Report
from volunteer.services.imports.understanding import Advance

CHANGES_SHOWN = 20


class Table(Protocol):
    """What is known of a CSV file once it was read."""

    @property
    def total(self) -> int:
        """How many rows it has."""
        ...

    @property
    def encoding(self) -> str:
        """How its letters are written."""
        ...

    @property
    def delimiter(self) -> str:
        """What separates its cells."""
        ...


class ImportSession:
    """Times one import, and tells it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._started = time.perf_counter()
        self._total = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )

    def __enter__(self) -> ImportSession:
        self._progress.start()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._progress.stop()
        if isinstance(error, ImportRefused):
            _tell_problems(error.problems)
        if isinstance(error, IntegrityError):
            raise click.ClickException(
                "Somebody else was writing the same rows. Nothing was imported: try again."
            ) from error

    def advance(self, what: str) -> Advance:
        """Something to tell the progress to."""
        task = self._progress.add_task(what, total=None)

        def tell(done: int, total: int) -> None:
            self._progress.update(task, completed=done, total=total)

        return tell

    def read_table(self, understood: Table) -> None:
        """Say what kind of table it was."""
        self._total = understood.total
        delimiter = "a tab" if understood.delimiter == "\t" else f"“{understood.delimiter}”"
        click.echo(
            f"{self._file.name}: {understood.total} rows, {understood.encoding}, separated by {delimiter}."
        )

    def read_map(self, *, features: int, read_from: str) -> None:
        """Say what kind of map it was, and which properties were read."""
        self._total = features
        click.echo(f"{self._file.name}: {features} features; {read_from}.")

    def tell(self, report: Report, *, dry_run: bool) -> None:
        """Say what became of the rows, and how fast."""
        self._progress.stop()
        _tell_problems(report.problems)
        for line in _lines(report, dry_run=dry_run):
            click.echo(line)
        seconds = time.perf_counter() - self._started
        click.echo(f"{self._total} rows in {seconds:.2f} s, {self._total / seconds:,.0f} rows a second.")


def _tell_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        rows = len({problem.line for problem in problems})
        click.echo(f"{len(problems)} problems in {rows} rows.", err=True)


def _lines(report: Report, *, dry_run: bool) -> Iterator[str]:
    would = "A dry run; nothing was written. " if dry_run else ""
    yield (
        f"{would}{report.kind.capitalize()}: {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.left_alone)} left alone, {report.skipped} skipped"
        + (f", {len(report.removed)} gone." if report.removed else ".")
    )
    if report.changes:
        counted = ", ".join(f"{column} {count}" for column, count in report.changed_columns().most_common())
        yield f"Changed columns: {counted}."
    for change in report.changes[:CHANGES_SHOWN]:
        yield f"  {change.external_id}: {', '.join(change.columns)}"
    if len(report.changes) > CHANGES_SHOWN:
        yield f"  … and {len(report.changes) - CHANGES_SHOWN} more"
    if report.removed:
        yield f"Gone, because the file does not have them: {_some(report.removed)}."
    if report.left_alone:
        yield f"Left alone, because these people decided themselves: {_some(report.left_alone)}."
    yield from report.warnings


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - CHANGES_SHOWN} more" if len(ids) > CHANGES_SHOWN else ""
    return ", ".join(ids[:CHANGES_SHOWN]) + more

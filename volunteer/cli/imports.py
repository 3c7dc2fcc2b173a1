"""``volunteer import``: read lists of roles and of people."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import IntegrityError

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.domain.candidates import clean_name
from volunteer.services.imports import candidates as people
from volunteer.services.imports import opportunities as roles
from volunteer.services.imports import understanding
from volunteer.services.imports.report import ImportRefused, Problem, Report
from volunteer.services.imports.understanding import Advance, Understood

CHANGES_SHOWN = 20
_File = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group(name="import")
def imports() -> None:
    """Read lists of roles and of people from CSV files."""


def _options(command: _Command) -> _Command:
    """The argument and the options that both kinds of list have."""
    for decorate in (
        click.option("--map", "mapping", help="How a foreign file becomes our columns (TOML)."),
        click.option("--skip-bad", is_flag=True, help="Import the good rows and leave the bad ones out."),
        click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing."),
        click.argument("file", type=_File),
    ):
        command = decorate(command)
    return command


@imports.command()
@_options
@click.pass_obj
def opportunities(
    settings: Settings, *, file: Path, mapping: str | None, skip_bad: bool, dry_run: bool
) -> None:
    """Add and update volunteer roles from FILE, a CSV file, by their external_id."""
    language = settings.centre.languages[0]
    with _Session(file) as session, open_core(settings) as core:
        understood = understanding.opportunities(
            file.read_bytes(),
            mapping=_mapping(mapping),
            language=language,
            advance=session.advance("Reading"),
        )
        session.read(understood)
        with core.units.write() as uow:
            report = roles.carry_out(
                uow,
                understood,
                file_name=file.name,
                skip_bad=skip_bad,
                dry_run=dry_run,
                advance=session.advance("Writing"),
            )
        session.tell(report, dry_run=dry_run)


@imports.command()
@_options
@click.option(
    "--consented-by-desk", "witness", metavar="NAME", help="Who at the desk heard each person agree."
)
@click.pass_obj
def candidates(
    settings: Settings,
    *,
    file: Path,
    mapping: str | None,
    skip_bad: bool,
    dry_run: bool,
    witness: str | None,
) -> None:
    """Add and update people from FILE, a CSV file, by their external_id.

    They become pending files without needs, which are not matched, unless somebody at the desk says that each
    of them agreed.
    """
    if witness is not None:
        witness = clean_name(witness, field="consented_by_desk")
    with _Session(file) as session, open_core(settings) as core:
        understood = understanding.candidates(
            file.read_bytes(),
            mapping=_mapping(mapping),
            language=settings.centre.languages[0],
            witness=witness,
            advance=session.advance("Reading"),
        )
        session.read(understood)
        with core.units.write() as uow:
            report = people.carry_out(
                uow,
                understood,
                file_name=file.name,
                witness=witness,
                skip_bad=skip_bad,
                dry_run=dry_run,
                advance=session.advance("Writing"),
            )
        session.tell(report, dry_run=dry_run)


def _mapping(name: str | None) -> bytes | None:
    """A mapping by its path, or by the name of one that comes with the application."""
    if name is None:
        return None
    own = Path(name)
    if own.is_file():
        return own.read_bytes()
    packaged = resources.files("volunteer") / "data" / "mappings" / f"{own.name.removesuffix('.toml')}.toml"
    if not packaged.is_file():
        raise click.ClickException(f"There is no mapping {name}.")
    return packaged.read_bytes()


class _Session:
    """One import as a person at a terminal sees it: progress and problems apart from the report."""

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

    def __enter__(self) -> _Session:
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

    def read(self, understood: Understood[Any]) -> None:
        """Say what kind of file it was."""
        self._total = understood.total
        delimiter = "a tab" if understood.delimiter == "\t" else f"“{understood.delimiter}”"
        click.echo(
            f"{self._file.name}: {understood.total} rows, {understood.encoding}, separated by {delimiter}."
        )

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
        f"{report.unchanged} unchanged, {len(report.left_alone)} left alone, {report.skipped} skipped."
    )
    if report.changes:
        counted = ", ".join(f"{column} {count}" for column, count in report.changed_columns().most_common())
        yield f"Changed columns: {counted}."
    for change in report.changes[:CHANGES_SHOWN]:
        yield f"  {change.external_id}: {', '.join(change.columns)}"
    if len(report.changes) > CHANGES_SHOWN:
        yield f"  … and {len(report.changes) - CHANGES_SHOWN} more"
    if report.left_alone:
        yield f"Left alone, because these people decided themselves: {_some(report.left_alone)}."
    yield from report.warnings


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - CHANGES_SHOWN} more" if len(ids) > CHANGES_SHOWN else ""
    return ", ".join(ids[:CHANGES_SHOWN]) + more

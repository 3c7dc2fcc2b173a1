"""``volunteer files``: people's files as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from volunteer.bootstrap import Core
from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.services import restoring
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 50


@click.group()
def files() -> None:
    """People's files as a whole."""


@files.command(name="erase-again")
@click.option(
    "--list",
    "lists",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Another copy of the list of what was erased; may be given several times.",
)
@click.pass_obj
def erase_again(settings: Settings, *, lists: tuple[Path, ...]) -> None:
    """After a back-up was put back: erase again what was erased since it was made.

    Reads the list that the scheduler keeps beside the database, and what the database remembers itself.
    """
    own = settings.data / restoring.LIST
    listed = {
        known: moment for path in (*((own,) if own.exists() else ()), *lists) for known, moment in _read(path)
    }
    with open_core(settings) as core:
        with core.units.read() as uow:
            listed |= restoring.listed_here(uow)
        gone = _all(core, lambda uow: restoring.erase_files_again(uow, listed, limit=_AT_ONCE))
        forgotten = _all(core, lambda uow: restoring.erase_needs_again(uow, listed, limit=_AT_ONCE))
    click.echo(
        f"{len(listed)} erasures known; {gone} files and the needs of {forgotten} people erased again."
    )


def _all(core: Core, step: Callable[[UnitOfWork], int]) -> int:
    """Repeat a step, a transaction at a time, until there is nothing left of it."""
    count = 0
    while True:
        with core.units.write() as uow:
            done = step(uow)
        count += done
        if not done:
            return count


def _read(path: Path) -> list[tuple[bytes, datetime]]:
    """Lines of hash and moment. Raises ``ClickException`` naming a line that is neither."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        known, _, moment = line.partition(" ")
        try:
            found.append((bytes.fromhex(known), datetime.fromisoformat(moment)))
        except ValueError:
            raise click.ClickException(f"{path}, line {number}: not a hash and a moment") from None
    return found

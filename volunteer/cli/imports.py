"""``volunteer import``: read lists of roles and of people; the map is read in ``place_imports``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import click

from volunteer.cli import place_imports
from volunteer.cli.core import open_core
from volunteer.cli.import_session import ImportSession
from volunteer.config import Settings
from volunteer.domain.candidates import clean_name
from volunteer.services.imports import candidates as people
from volunteer.services.imports import opportunities as roles
from volunteer.services.imports import understanding

_File = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group(name="import")
def imports() -> None:
    """Read lists of roles and of people, districts and travel times from files."""


imports.add_command(place_imports.districts)
imports.add_command(place_imports.travel)


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
    with ImportSession(file) as session, open_core(settings) as core:
        understood = understanding.opportunities(
            file.read_bytes(),
            mapping=_mapping(mapping),
            language=language,
            advance=session.advance("Reading"),
        )
        session.read_table(understood)
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
    with ImportSession(file) as session, open_core(settings) as core:
        understood = understanding.candidates(
            file.read_bytes(),
            mapping=_mapping(mapping),
            language=settings.centre.languages[0],
            witness=witness,
            advance=session.advance("Reading"),
        )
        session.read_table(understood)
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

"""``volunteer import districts`` and ``volunteer import travel``: read in the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from volunteer.cli.core import open_core
from volunteer.cli.import_session import ImportSession
from volunteer.config import Settings
from volunteer.services.imports import district_features
from volunteer.services.imports import districts as maps
from volunteer.services.imports import travel as tables
from volunteer.services.imports.feature_properties import Properties

_File = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _options(command: _Command) -> _Command:
    """The argument and the options that both kinds of file have."""
    for decorate in (
        click.option("--source", metavar="TEXT", help="Where it comes from and under which licence; kept."),
        click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing."),
        click.argument("file", type=_File),
    ):
        command = decorate(command)
    return command


@click.command()
@_options
@click.option(
    "--municipalities", type=_File, help="A map of the municipalities: tells in which one a district lies."
)
@click.option("--code-property", metavar="NAME", help="The property that holds the code.")
@click.option("--name-nl", metavar="NAME", help="The property that holds the Dutch name.")
@click.option("--name-fr", metavar="NAME", help="The property that holds the French name.")
@click.option("--municipality-property", metavar="NAME", help="The property that names the municipality.")
@click.pass_obj
def districts(
    settings: Settings,
    /,
    *,
    file: Path,
    municipalities: Path | None,
    source: str | None,
    dry_run: bool,
    **properties: str | None,
) -> None:
    """Replace the districts by those in FILE, a GeoJSON file in WGS 84, and place every venue in them.

    All of it or nothing. Properties that are not named are found out by their usual names.
    """
    with ImportSession(file) as session, open_core(settings) as core:
        understood = district_features.understand(
            file.read_bytes(),
            properties=Properties(
                code=properties["code_property"],
                name_nl=properties["name_nl"],
                name_fr=properties["name_fr"],
                municipality=properties["municipality_property"],
            ),
            municipalities=municipalities.read_bytes() if municipalities else None,
        )
        session.read_map(features=understood.total, read_from=understood.read_from)
        with core.units.write() as uow:
            report = maps.carry_out(uow, understood, file_name=file.name, source=source, dry_run=dry_run)
        session.tell(report, dry_run=dry_run)
        _tell_source(source)


@click.command()
@_options
@click.pass_obj
def travel(settings: Settings, *, file: Path, source: str | None, dry_run: bool) -> None:
    """Replace the table of travel times by FILE, a CSV file with the columns from, to and minutes.

    Places are codes of districts, or of municipalities while no districts are loaded. All of it or nothing.
    """
    with ImportSession(file) as session, open_core(settings) as core:
        with core.units.read() as uow:
            known = tables.places(uow)
        understood = tables.understand(file.read_bytes(), known=known)
        session.read_table(understood)
        with core.units.write() as uow:
            report = tables.carry_out(uow, understood, file_name=file.name, source=source, dry_run=dry_run)
        session.tell(report, dry_run=dry_run)
        _tell_source(source)


def _tell_source(source: str | None) -> None:
    if source:
        click.echo(f"Source: {source}")
    else:
        click.echo("No source is kept: --source TEXT says where this comes from and under which licence.")

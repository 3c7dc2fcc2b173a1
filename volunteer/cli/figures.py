"""``volunteer figures``: what an answer or an arrangement would open, as it may be shown."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.matching.catalogue import Catalogue
from volunteer.queries.organisations import names_of_organisations
from volunteer.services import figures as service
from volunteer.services.figures import Figures


@click.group()
def figures() -> None:
    """What an answer or an arrangement would open."""


@figures.command()
@click.pass_obj
def refresh(settings: Settings) -> None:
    """Make the figures of today, unless they are there. Opening needs is written in the journal."""
    with open_core(settings) as core:
        made = service.refresh(core.units, Catalogue())
    click.echo(
        "The figures of today are made." if made else "The figures of today are there, or on their way."
    )


@figures.command()
@click.option("--organisation", metavar="NAME", help="Those of one organisation, instead of the city.")
@click.pass_obj
def show(settings: Settings, *, organisation: str | None) -> None:
    """Say what would open most; the city counts people who have nothing sure now."""
    with open_core(settings) as core, core.units.read() as uow:
        if organisation is None:
            _show(service.of_city(uow))
            return
        found = {name: identifier for identifier, name in names_of_organisations(uow.session)}
        if organisation not in found:
            raise click.ClickException(f"There is no organisation “{organisation}”.")
        _show(service.of_organisation(uow, found[organisation]))


def _show(found: Figures) -> None:
    if found.day is None:
        click.echo("There are no figures yet.")
        return
    table = Table(title=f"{found.day}, people whose needs would fit", title_justify="left")
    for heading in ("About", "Do", "What", "Where"):
        table.add_column(heading, overflow="fold")
    for figure in found.shown:
        table.add_row(
            str(figure.people), figure.kind, figure.code, figure.street or figure.role or figure.scope
        )
    Console(highlight=False).print(table)

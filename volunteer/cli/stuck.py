"""``volunteer stuck``: work that was given up after its last try."""

from __future__ import annotations

from uuid import UUID

import click

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.queries.deliveries import stuck_deliveries
from volunteer.services.deliveries import retry as retry_delivery


@click.group()
def stuck() -> None:
    """Work that was given up after its last try."""


@stuck.command(name="list")
@click.pass_obj
def list_stuck(settings: Settings) -> None:
    """Say what is stuck, the longest first: its id, event and handler, and where it failed."""
    with open_core(settings) as core, core.units.read() as uow:
        deliveries = stuck_deliveries(uow.session)
        for each in deliveries:
            click.echo(
                f"{each.id}  {each.event.type} -> {each.handler}  given up {each.due_at:%Y-%m-%d %H:%M} UTC "
                f"after {each.attempts} tries: {each.last_error or 'no reason kept'}"
            )
    if not deliveries:
        click.echo("Nothing is stuck.")


@stuck.command()
@click.argument("delivery_id", metavar="ID", type=click.UUID)
@click.pass_obj
def retry(settings: Settings, *, delivery_id: UUID) -> None:
    """Bring back what has this ID, with all its tries."""
    with open_core(settings) as core, core.units.write() as uow:
        retry_delivery(uow, delivery_id)
    click.echo("It is tried again.")


@stuck.command(name="retry-all")
@click.pass_obj
def retry_all(settings: Settings) -> None:
    """Bring back everything that is stuck."""
    count = 0
    with open_core(settings) as core:
        while True:
            with core.units.write() as uow:
                found = [each.id for each in stuck_deliveries(uow.session)]
                for delivery_id in found:
                    retry_delivery(uow, delivery_id)
            count += len(found)
            if not found:
                break
    click.echo(f"{count} deliveries are tried again.")

"""``volunteer keys``: make the key ring, change its key, and drop the old ones."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.progress import Progress

from volunteer import keyring
from volunteer.bootstrap import Core
from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.services import keys as resealing


@click.group()
def keys() -> None:
    """The keys that needs, contacts and other sealed fields are opened with."""


@keys.command()
@click.pass_obj
def create(settings: Settings) -> None:
    """Make a key ring in KEYS; it refuses where there is one."""
    try:
        keyring.create(settings.keys)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"A key ring is in {settings.keys}. Keep a copy apart from the data: nothing opens without it."
    )


@keys.command()
@click.pass_obj
def rotate(settings: Settings) -> None:
    """Make a new key and seal everything with it, while the application runs.

    When this is interrupted, run it again: it goes on with what is left, and makes no further key.
    """
    with open_core(settings) as core:
        with core.units.read() as uow:
            left = resealing.count_old(uow)
        if left:
            click.echo(f"A rotation was not finished; {left} values are left to do.")
        else:
            keyring.rotate(settings.keys)
    # The ring is read anew, so that this process seals with the new key.
    with open_core(settings) as core:
        resealed, unopened = _reseal_everything(core)
    click.echo(f"{resealed} values were sealed again.")
    if unopened:
        raise click.ClickException(f"{unopened} values do not open with any key in the ring.")
    click.echo("The old keys still open old back-ups. `volunteer keys retire` drops them.")


@keys.command()
@click.confirmation_option(prompt="Back-ups made before the last rotation will never open again. Go on?")
@click.pass_obj
def retire(settings: Settings) -> None:
    """Drop every key but the newest, once nothing is sealed with them any more."""
    with open_core(settings) as core, core.units.write() as uow:
        resealing.hold_writers(uow)
        left = resealing.count_old(uow)
        if left:
            raise click.ClickException(
                f"{left} values are still sealed with an old key: run `volunteer keys rotate` first."
            )
        gone = keyring.retire(settings.keys)
    click.echo(f"{gone} old keys were dropped." if gone else "There was no old key.")


def _reseal_everything(core: Core) -> tuple[int, int]:
    resealed = unopened = 0
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        for column in progress.track(list(resealing.sealed_columns()), description="Sealing"):
            after: tuple[object, ...] | None = None
            while True:
                with core.units.write() as uow:
                    batch = resealing.reseal(uow, column, after=after)
                resealed += batch.resealed
                unopened += batch.unopened
                after = batch.last
                if after is None:
                    break
    return resealed, unopened

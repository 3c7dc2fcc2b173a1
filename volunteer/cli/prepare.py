"""``volunteer prepare``: once before the processes start, where they are started one by one."""

from __future__ import annotations

import click

from volunteer.cli.demo import load_when_empty
from volunteer.cli.installation import CannotStart, make_folders, make_ready
from volunteer.config import Settings


@click.command()
@click.pass_obj
def prepare(settings: Settings) -> None:
    """Make the keys if this is the first start, bring the tables up to date, load the demo if asked."""
    try:
        make_folders(settings)
        make_ready(settings)
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
    if settings.demo:
        for role, email, password in load_when_empty(settings):
            click.echo(f"{role}: {email} {password}")
    click.echo("Ready.")

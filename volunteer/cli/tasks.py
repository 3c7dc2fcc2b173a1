"""``volunteer tasks``: what texts of roles make one think of. Organisations decide."""

from __future__ import annotations

from importlib import import_module

import click
from rich.console import Console
from rich.table import Table

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.domain.interests import TASKS

_PROPOSING = "volunteer.learning.proposing"
"""Loaded by these commands alone: scikit-learn takes half a second and 100 MB."""


@click.group()
def tasks() -> None:
    """Suggest tasks for roles by their texts; their organisations decide."""


@tasks.command()
@click.argument("text")
@click.pass_obj
def suggest(settings: Settings, *, text: str) -> None:
    """Say which tasks TEXT, in Dutch, French or English, makes one think of. Keeps nothing."""
    with open_core(settings) as core:
        guesses = import_module(_PROPOSING).think(core.units, text)
    if not guesses:
        click.echo("Nothing is sure enough.")
        return
    table = Table("task", "", "how sure (0 to 1)")
    for guess in guesses:
        table.add_row(guess.task, TASKS[guess.task].label("en"), f"{guess.confidence:.2f}")
    Console(highlight=False).print(table)


@tasks.command()
@click.pass_obj
def propose(settings: Settings) -> None:
    """Read the open roles that name no task, and ask their organisations about what is thought of."""
    with open_core(settings) as core:
        asked = import_module(_PROPOSING).propose(core.units)
    click.echo(f"Organisations are asked about {asked} tasks.")

"""``volunteer weights``: what the score counts for how much, learned slowly, released by people."""

from __future__ import annotations

from importlib import import_module

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.matching.scoring import HAND_WEIGHTS
from volunteer.models import WeightsVersion
from volunteer.queries.weights import released_weights, weights_versions
from volunteer.services import weights as use_cases

_TRAINING = "volunteer.learning.training"
"""Loaded by training alone: scikit-learn takes half a second and 100 MB."""

_COMPARED = 4
"""The newest versions whose weights stand beside those by hand."""


@click.group()
def weights() -> None:
    """How much each term of the score counts: versions, training, release and the way back."""


@weights.command(name="list")
@click.pass_obj
def list_versions(settings: Settings) -> None:
    """Show every version and which one is in use, and the weights of the newest."""
    with open_core(settings) as core, core.units.read() as uow:
        stored = weights_versions(uow.session)
        by_hand = "in use" if released_weights(uow.session) is None else ""
    console = Console(highlight=False)
    versions = _table("version", "state", "guards", "trained (UTC)", "released by")
    versions.add_row(HAND_WEIGHTS.version, by_hand, "by hand", "", "")
    for version in stored:
        versions.add_row(*_row(version))
    console.print(versions)
    compared = [HAND_WEIGHTS, *(use_cases.as_weights(version) for version in stored[-_COMPARED:])]
    terms = _table("term", *(each.version for each in compared))
    for term in HAND_WEIGHTS.by_term:
        terms.add_row(term, *(f"{each.by_term[term]:.3f}" for each in compared))
    console.print(terms)


@weights.command()
@click.option("--if-due", is_flag=True, help="Only when there is enough to learn from, and once a week.")
@click.pass_obj
def train(settings: Settings, *, if_due: bool) -> None:
    """Learn a version from what people chose, try it, and write its card. This puts nothing in use."""
    with open_core(settings) as core:
        if if_due:
            with core.units.read() as uow:
                is_due = use_cases.training_is_due(uow)
            if not is_due:
                click.echo("Nothing to learn yet.")
                return
        version: WeightsVersion = import_module(_TRAINING).train(core.units)
    click.echo(f"{version.version} is trained. Read its card: volunteer weights card {version.version}")
    for reason in use_cases.failed_guards(version):
        click.echo(f"It cannot be released. {reason}")


@weights.command()
@click.argument("version")
@click.option("--by", required=True, metavar="NAME", help="Who decides this, after reading the card.")
@click.pass_obj
def release(settings: Settings, *, version: str, by: str) -> None:
    """Put VERSION in use for every list from now on; refused when one of its guards failed."""
    with open_core(settings) as core, core.units.write() as uow:
        use_cases.release(uow, version, by=by)
    click.echo(f"{version} is in use from the next list on. The way back: volunteer weights rollback")


@weights.command()
@click.pass_obj
def rollback(settings: Settings) -> None:
    """Go back to what was in use before. The version that goes stays, and can be released again."""
    with open_core(settings) as core, core.units.write() as uow:
        back = use_cases.roll_back(uow)
    click.echo(f"{back.version} is in use again.")


@weights.command()
@click.argument("version")
@click.option("--markdown", is_flag=True, help="As it is stored, to keep or to send.")
@click.pass_obj
def card(settings: Settings, *, version: str, markdown: bool) -> None:
    """Show what VERSION was learned from, how it was tried, and what it never uses."""
    with open_core(settings) as core, core.units.read() as uow:
        text = use_cases.get(uow, version).card
    if markdown:
        click.echo(text, nl=False)
    else:
        Console(highlight=False).print(Markdown(text))


def _table(*headings: str) -> Table:
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _row(version: WeightsVersion) -> tuple[str, ...]:
    failed = use_cases.failed_guards(version)
    return (
        version.version,
        "in use" if version.state == "released" else version.state,
        f"{len(failed)} failed" if failed else "passed",
        f"{version.trained_at:%Y-%m-%d %H:%M}",
        version.released_by or "",
    )

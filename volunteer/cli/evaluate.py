"""``volunteer evaluate``: the engine, judged in invented worlds beside what others would do."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from volunteer.config import Settings
from volunteer.evaluation.evaluating import evaluate as judge
from volunteer.evaluation.report import as_json, as_page
from volunteer.evaluation.results import Evaluation, Size
from volunteer.evaluation.verdicts import verdicts

_USUAL = Size()


@click.command()
@click.option(
    "--people", default=_USUAL.people, show_default=True, type=click.IntRange(20), help="In each world."
)
@click.option(
    "--roles", default=_USUAL.roles, show_default=True, type=click.IntRange(40), help="In the largest."
)
@click.option(
    "--days", default=_USUAL.days, show_default=True, type=click.IntRange(1, 31), help="That are played."
)
@click.option("--seed", default=_USUAL.seed, show_default=True, type=click.IntRange(0), help="Another draw.")
@click.option("--without-unseen", is_flag=True, help="Leave out the world that no choice may be based on.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page here, not into the data.",
)
@click.pass_obj
def evaluate(
    settings: Settings,
    *,
    people: int,
    roles: int,
    days: int,
    seed: int,
    without_unseen: bool,
    report: Path | None,
) -> None:
    """Judge the engine in three invented worlds, and write a report.

    Nobody in them exists. The same command gives the same figures. Figures go to evaluation.json in the data
    folder, the page with pictures beside it. How fast the engine is, make bench measures.
    """
    size = Size(people=people, roles=roles, days=days, seed=seed, with_unseen=not without_unseen)
    found = _evaluated(size)
    page = report or settings.data / "evaluation.html"
    for path in (page, settings.data / "evaluation.json"):
        path.parent.mkdir(parents=True, exist_ok=True)
    (settings.data / "evaluation.json").write_text(as_json(found), "utf-8")
    page.write_text(as_page(found), "utf-8")
    _show(found)
    click.echo(f"{page}\n{settings.data / 'evaluation.json'}")


def _evaluated(size: Size) -> Evaluation:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing the weeks of invented worlds", total=size.steps)
        return judge(size, version=version("schakel"), advance=lambda: progress.advance(task))


def _show(found: Evaluation) -> None:
    table = Table(title="In invented worlds", title_justify="left")
    for heading in ("", "", "Question", "What came out"):
        table.add_column(heading, overflow="fold")
    for each in verdicts(found):
        table.add_row("kept" if each.is_kept else "NOT kept", each.figure, each.question, each.answer)
    Console().print(table)

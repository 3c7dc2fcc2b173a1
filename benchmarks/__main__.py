"""Run every benchmark, print the table, write ``bench.json`` in DATA.

For trying: ``--only mails --mails 500``.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from functools import partial

from benchmarks import (
    engine,
    following,
    imports,
    ledger,
    mails,
    memory,
    papers,
    people_search,
    signup,
    timetable,
    what_if,
)
from benchmarks.report import Row, publish
from volunteer.config import from_environment

KINDS = ("sqlite", "postgresql")


def main() -> None:
    """All of them, one after the other, so that none slows another down."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=tuple(_measurements(1)), help="this one; nothing is written")
    parser.add_argument("--mails", type=int, default=mails.MAILS, help="how many are drained")
    asked = parser.parse_args()
    rows = [
        each
        for name, measure in _measurements(asked.mails).items()
        if asked.only in {None, name}
        for each in measure()
    ]
    publish(rows, None if asked.only else from_environment().data / "bench.json")


def _measurements(many: int) -> Mapping[str, Callable[[], list[Row]]]:
    return {
        "engine": engine.measure,
        "what_if": what_if.measure,
        "timetable": timetable.measure,
        "papers": papers.measure,
        "following": following.measure,
        "signup": partial(_on_each, signup.measure),
        "ledger": partial(_on_each, ledger.measure),
        "mails": partial(_on_each, partial(mails.measure, mails=many)),
        "imports": partial(_on_each, imports.measure),
        "people_search": partial(_on_each, people_search.measure),
        "memory": partial(memory.measure, "sqlite"),
    }


def _on_each(measure: Callable[[str], list[Row]]) -> list[Row]:
    """On each kind of database."""
    return [each for kind in KINDS for each in measure(kind)]


if __name__ == "__main__":
    main()

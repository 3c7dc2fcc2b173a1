"""Run every benchmark, print the table, write ``bench.json`` in DATA."""

from __future__ import annotations

from benchmarks import engine, following, imports, ledger, memory, people_search, signup, what_if
from benchmarks.report import Row, publish
from volunteer.config import from_environment

KINDS = ("sqlite", "postgresql")


def main() -> None:
    """All of them, one after the other, so that none slows another down."""
    rows: list[Row] = [*engine.measure(), *what_if.measure(), *following.measure()]
    for kind in KINDS:
        rows += signup.measure(kind)
    for kind in KINDS:
        rows += ledger.measure(kind)
    for kind in KINDS:
        rows += imports.measure(kind)
    for kind in KINDS:
        rows += people_search.measure(kind)
    rows += memory.measure("sqlite")
    publish(rows, from_environment().data / "bench.json")


if __name__ == "__main__":
    main()

"""What a benchmark says: a value beside a baseline of the same run, and their ratio."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``ratio`` is value by baseline: machines differ, ratios less."""

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    ratio: float


def row(name: str, value: float, unit: str, *, baseline: str, baseline_value: float) -> Row:
    """A measurement beside its baseline, both in ``unit``."""
    return Row(
        name, round(value, 4), unit, baseline, round(baseline_value, 4), round(value / baseline_value, 2)
    )


def publish(rows: list[Row], path: Path | None) -> None:
    """Print the table and write it to ``path``, if there is one, as a list of objects."""
    table = Table(title="Schakel, measured")
    for heading in ("name", "value", "unit", "baseline", "its value", "ratio"):
        table.add_column(heading, justify="left" if heading in {"name", "unit", "baseline"} else "right")
    for each in rows:
        table.add_row(
            each.name,
            f"{each.value:,.2f}",
            each.unit,
            each.baseline,
            f"{each.baseline_value:,.2f}",
            str(each.ratio),
        )
    Console(width=150).print(table)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(each) for each in rows], indent=1) + "\n", "utf-8")

"""Rows a second of ``volunteer import opportunities``, beside reading the file and inserting its cells."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.installation import installation
from benchmarks.report import Row, row
from volunteer.domain.interests import TASKS
from volunteer.domain.places import MUNICIPALITIES

ROWS = 10_000
HEADINGS = (
    "external_id", "organisation", "title", "description", "language", "tasks", "municipality", "wanted",
    "times", "languages", "access_yes", "access_no",
)  # fmt: skip


def measure(kind: str) -> list[Row]:
    """The whole command as a user starts it, into an empty database of ``kind``."""
    with TemporaryDirectory(prefix="schakel-bench-") as folder, installation(kind) as settings:
        file = Path(folder) / "roles.csv"
        _write(file)
        environment = {**os.environ, **settings.environment}
        command = (sys.executable, "-m", "volunteer.cli", "import", "opportunities", str(file))
        began = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        imported = ROWS / (time.perf_counter() - began)
        inserted = ROWS / _insert_plainly(file, Path(folder) / "plain.sqlite")
    return [
        row(
            f"import of {ROWS:,} roles, {kind}",
            imported,
            "rows per second",
            baseline="csv and executemany, one table",
            baseline_value=inserted,
        )
    ]


def _write(file: Path) -> None:
    tasks, municipalities = list(TASKS), list(MUNICIPALITIES)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADINGS)
        for number in range(ROWS):
            writer.writerow(
                (
                    f"bench-{number}",
                    f"Organisation {number // 4}",
                    f"Role {number}",
                    "Two sentences about the work. Everyone is welcome.",
                    "nl",
                    ";".join((tasks[number % len(tasks)], tasks[(number * 7 + 1) % len(tasks)])),
                    municipalities[number % len(municipalities)],
                    1 + number % 5,
                    "mon 09:00-12:00;sat 14:00-18:00",
                    "nl:2",
                    "sv.buddy;ph.lift_or_ground",
                    "sv.children_welcome",
                )
            )


def _insert_plainly(file: Path, database: Path) -> float:
    """Seconds to read the file and put its cells into one table."""
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    connection = sqlite3.connect(database)
    connection.execute(f"create table roles ({', '.join(HEADINGS)})")
    marks = ", ".join("?" * len(HEADINGS))
    connection.executemany(f"insert into roles values ({marks})", rows)  # noqa: S608 - question marks only
    connection.commit()
    connection.close()
    return time.perf_counter() - began

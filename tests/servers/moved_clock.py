"""A program of the house on a clock that a test turns: ``python -m tests.servers.moved_clock <module> …``."""

from __future__ import annotations

import importlib
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from volunteer import bootstrap

VARIABLE = "MOVED_CLOCK"


class MovedClock:
    """Goes as fast as every clock, from wherever it was last turned to; each process reads it in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The present moment of the test."""
        return datetime.now(UTC) + timedelta(seconds=float(self._path.read_text("ascii")))

    def monotonic(self) -> float:
        """Seconds that go by, with those that it was turned by: what happens by the hour is due then."""
        return self.now().timestamp()

    def turn_to(self, moment: datetime) -> None:
        """Make it this moment in every process at once; a reader never meets half a number."""
        fresh = self._path.with_suffix(".new")
        fresh.write_text(str((moment - datetime.now(UTC)).total_seconds()), "ascii")
        fresh.replace(self._path)


def main() -> None:
    """Run the ``main`` of the module that is named, with the clock that the environment names."""
    clock = MovedClock(Path(os.environ[VARIABLE]))
    setattr(bootstrap, "SystemClock", lambda: clock)  # noqa: B010 - stands for a class
    program = importlib.import_module(sys.argv.pop(1))
    if hasattr(program, "jobs"):
        # The scheduler: its pauses are over when the clock was turned, as when a machine has slept.
        setattr(program, "time", clock)  # noqa: B010 - stands for a module
    program.main()


if __name__ == "__main__":
    main()

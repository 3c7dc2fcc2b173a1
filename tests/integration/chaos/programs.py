"""Workers and schedulers as the supervisor starts them, to be killed one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.patience import eventually
from volunteer.cli.children import Child
from volunteer.config import Settings

START_SECONDS = 60.0


class Programs:
    """The processes of one test; ``end`` kills whatever is left of them."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._started: list[Child] = []

    def worker(self, **environment: str) -> Child:
        """Start a worker and wait until it is ready."""
        return self._start("workers", environment, ready="worker_ready")

    def scheduler(self) -> Child:
        """Start a scheduler and wait until it is ready."""
        return self._start("workers.scheduler", {}, ready="scheduler_ready")

    def end(self) -> str:
        """Kill everything; returns what they said."""
        for child in self._started:
            child.kill()
        return "\n".join(self._log(number).read_text() for number in range(len(self._started)))

    def _start(self, module: str, environment: Mapping[str, str], *, ready: str) -> Child:
        log = self._log(len(self._started))
        with log.open("w") as output:
            child = Child(
                module,
                (sys.executable, "-m", module),
                environment={**os.environ, **self._settings.environment, **environment},
                output=output.fileno(),
            )
            child.start()
        self._started.append(child)
        eventually(lambda: ready in log.read_text(), seconds=START_SECONDS, what=ready)
        return child

    def _log(self, number: int) -> Path:
        return self._folder / f"program-{number}.txt"

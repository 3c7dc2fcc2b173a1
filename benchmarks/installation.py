"""A whole installation in a temporary folder, to be measured: both databases, a Valkey, worker processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.postgresql import PostgreSQL
from volunteer import keyring
from volunteer.cli.children import Child
from volunteer.cli.database import bring_up
from volunteer.cli.valkey import Valkey
from volunteer.config import Settings, from_environment


@contextmanager
def installation(kind: str) -> Iterator[Settings]:
    """Settings of a migrated, empty installation on ``kind`` (``sqlite`` or ``postgresql``)."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="schakel-bench-")))
        if kind == "postgresql":
            url = stack.enter_context(PostgreSQL()).create_database("bench")
        else:
            url = f"sqlite:///{folder / 'bench.sqlite'}"
        valkey = Valkey(folder / "valkey")
        valkey.start()
        stack.callback(valkey.child.kill)
        keyring.create(folder / "keys")
        bring_up(url)
        yield from_environment(
            {
                "DATA": str(folder / "data"),
                "KEYS": str(folder / "keys"),
                "DATABASE_URL": url,
                "REDIS_URL": valkey.url,
                "DEVELOPMENT": "1",
                "DEMO": "0",
                "LOG_LEVEL": "ERROR",
            }
        )


@contextmanager
def worker_process(settings: Settings) -> Iterator[Child]:
    """A worker as the supervisor starts it."""
    environment = {**os.environ, **settings.environment}
    child = Child("The worker", (sys.executable, "-m", "workers"), environment=environment)
    child.start()
    try:
        yield child
    finally:
        child.stop(seconds=6)

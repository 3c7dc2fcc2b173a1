"""The demo city on this machine, and the log-ins that were made for it."""

from __future__ import annotations

import os
from pathlib import Path

from volunteer.bootstrap import make_core
from volunteer.config import Settings
from volunteer.services.demo_city import loading, market_day

_FILE = "demo-logins.txt"
_OWNER_ONLY = 0o600

LogIn = tuple[str, str, str]
"""Role, e-mail address and password."""


def load_when_empty(settings: Settings) -> list[LogIn]:
    """Load the demo city into an empty database; returns the log-ins of its accounts, on every start.

    Passwords are hashed in the database, so they are kept beside it, in ``DATA/demo-logins.txt``, which only
    its owner can read. The list is empty when the data are not those of a demo city.
    """
    core = make_core(settings)
    file = settings.data / _FILE
    try:
        with core.units.read() as uow:
            if not loading.is_empty(uow):
                return _read(file)
        with core.units.write() as uow:
            log_ins = [(each.role, each.email, each.password) for each in loading.load(uow)]
            market_day.load(uow)
            # Before the commit: a city whose passwords nobody knows would be worse than a stale file.
            _write(file, log_ins)
    finally:
        core.engine.dispose()
    return log_ins


def _read(file: Path) -> list[LogIn]:
    if not file.exists():
        return []
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return [(role, email, password) for role, email, password in rows]


def _write(file: Path, log_ins: list[LogIn]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(
        os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w", encoding="utf-8"
    ) as open_file:
        open_file.writelines("\t".join(log_in) + "\n" for log_in in log_ins)

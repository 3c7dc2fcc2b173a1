"""The core as a command gets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from volunteer.bootstrap import Core, make_core, make_silent_core
from volunteer.cli.database import present_revision
from volunteer.config import Settings


@contextmanager
def open_core(settings: Settings) -> Iterator[Core]:
    """The core of this installation, for as long as the block lasts.

    Where no broker is named, as beside the one-machine mode, the scheduler finds within seconds what is left
    to do. Raises ``ClickException`` when there is no database yet.
    """
    try:
        is_ready = present_revision(settings.database_url) is not None
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise click.ClickException(f"The database cannot be used: {reason}.") from error
    if not is_ready:
        raise click.ClickException("There is no database yet: run `volunteer database upgrade` first.")
    has_broker = "REDIS_URL" in settings.environment
    core = make_core(settings) if has_broker else make_silent_core(settings)
    try:
        yield core
    finally:
        core.engine.dispose()

"""Engines: SQLite and PostgreSQL behave alike from here on."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

_BUSY_MILLISECONDS = 15_000
_READ_ONLY = "reads_only"


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine whose connections are ready for use; ``url`` as SQLAlchemy takes it."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "schakel"},
    )


def session_makers(engine: Engine) -> tuple[sessionmaker[Session], sessionmaker[Session]]:
    """Makers of sessions that write, and of sessions that only read."""
    reading = engine.execution_options(**{_READ_ONLY: True})
    return sessionmaker(engine, expire_on_commit=False), sessionmaker(reading, expire_on_commit=False)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_MILLISECONDS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading a read later fails instead of waiting.
        reads_only = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine

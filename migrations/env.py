"""How a migration runs. Alembic loads this file for every command; see ``volunteer.cli.database``."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine, create_engine, event, pool, text
from sqlalchemy.types import TypeDecorator

from volunteer.models import Base

ONE_AT_A_TIME = 7_302_017
"""Key of the advisory lock that keeps two installations from migrating one database at once."""


def plain_type(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration imports no model."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__.startswith("volunteer."):
        return f"sa.{item.impl_instance!r}"
    return False


def engine_for(url: str) -> Engine:
    """An engine on which a migration happens whole or not at all, on SQLite too."""
    engine = create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_for_writing)
    return engine


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("pragma busy_timeout = 30000")
    # SQLite changes a column by copying the table and dropping the old one; with foreign keys on, every row
    # that refers to it would be dropped as well. Some builds have them on from the start.
    connection.execute("pragma foreign_keys = off")


def _begin_for_writing(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate")


def _refuse_loose_ends(connection: Connection) -> None:
    loose = connection.exec_driver_sql("pragma foreign_key_check").all()
    if loose:
        tables = ", ".join(sorted({str(row[0]) for row in loose}))
        raise RuntimeError(f"rows of {tables} refer to rows that are not there")


def migrate(connection: Connection) -> None:
    """Run what was asked for on ``connection``, in one transaction, and commit.

    On SQLite the connection must not mind foreign keys while it runs; afterwards they must hold. Raises
    ``RuntimeError`` where either is not so, and then nothing is changed.
    """
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=plain_type,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite and connection.exec_driver_sql("pragma foreign_keys").scalar():
            raise RuntimeError("with foreign keys on, rebuilding a table deletes the rows that refer to it")
        context.run_migrations()
        if is_sqlite:
            _refuse_loose_ends(connection)


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database: there is no SQL mode.")
given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with engine_for(context.config.attributes["url"]).connect() as opened:
        migrate(opened)

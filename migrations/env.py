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


def _begin_for_writing(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate")


def migrate(connection: Connection) -> None:
    """Run what was asked for on ``connection``, in one transaction, and commit."""
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
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database: there is no SQL mode.")
given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with engine_for(context.config.attributes["url"]).connect() as opened:
        migrate(opened)

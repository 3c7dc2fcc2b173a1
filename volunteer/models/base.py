"""What every table shares: names of constraints, and the column types of our own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Integer, LargeBinary, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, Uuid


class Base(DeclarativeBase):
    """Every table; the names of constraints follow one rule, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        dict[str, Any]: JSON,
        dict[str, int]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        UUID: Uuid,
    }


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[bytes]):
    """Bytes made by the key ring. The type marks the columns that a rotation seals again."""

    impl = LargeBinary
    cache_ok = True


Sequence = BigInteger().with_variant(Integer(), "sqlite")
"""A growing number; SQLite only counts up by itself on its own integer type."""


def identifier() -> Mapped[UUID]:
    """The primary key of most tables: random, so that it says nothing and cannot be guessed."""
    return mapped_column(primary_key=True, default=uuid4)


def field_name(table: str, column: str) -> str:
    """The name under which a sealed column is bound to its key."""
    return f"{table}.{column}"

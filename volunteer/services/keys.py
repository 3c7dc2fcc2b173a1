"""Sealing everything again after a rotation, while the application runs: batch after batch, and resumable.

Which key sealed a value is written in front of it, so progress needs no record of its own: what is left to do
is whatever is not sealed with the newest key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, select, text, tuple_, update
from sqlalchemy.orm import Session

from volunteer.keyring import CannotOpen
from volunteer.models import Base, Sealed
from volunteer.models.base import field_name
from volunteer.unit_of_work import UnitOfWork

AT_ONCE = 500
"""Rows in one transaction: short, because on SQLite nobody else writes meanwhile."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column that holds what the key ring made."""

    table: Table
    column: Column[bytes]

    @property
    def field(self) -> str:
        """The name its values are bound to."""
        return field_name(self.table.name, self.column.name)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step over a column did."""

    last: tuple[object, ...] | None
    """The key of the last row that was looked at, where the next step goes on; ``None`` at the end."""
    resealed: int
    unopened: int
    """Values whose key is gone, or that were changed by hand."""


def sealed_columns() -> Iterator[SealedColumn]:
    """Every sealed column of every table."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield SealedColumn(table, column)


def reseal(uow: UnitOfWork, column: SealedColumn, *, after: tuple[object, ...] | None) -> Batch:
    """Seal the next values of ``column`` with the newest key, in this transaction.

    A value that somebody changes at the same moment is left as they wrote it.
    """
    rows = _next_rows(uow.session, column, after)
    resealed = unopened = 0
    for *key, sealed in rows:
        if uow.keyring.is_current(sealed):
            continue
        try:
            opened = uow.keyring.open(sealed, field=column.field)
        except CannotOpen:
            unopened += 1
            continue
        _replace(uow, column, tuple(key), old=sealed, new=uow.keyring.seal(opened, field=column.field))
        resealed += 1
    last = tuple(rows[-1][:-1]) if len(rows) == AT_ONCE else None
    return Batch(last, resealed, unopened)


def count_old(uow: UnitOfWork) -> int:
    """How many values are sealed with another key than the newest."""
    return sum(
        not uow.keyring.is_current(sealed)
        for column in sealed_columns()
        for sealed in uow.session.scalars(
            select(column.column).where(column.column.is_not(None)).execution_options(yield_per=AT_ONCE)
        )
    )


def hold_writers(uow: UnitOfWork) -> None:
    """Let nobody write a sealed value before this transaction ends, and wait for those who are writing.

    SQLite lets only one transaction write anyway.
    """
    if uow.session.get_bind().dialect.name == "postgresql":
        names = ", ".join(sorted({column.table.name for column in sealed_columns()}))
        uow.session.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))


def _next_rows(
    session: Session, column: SealedColumn, after: tuple[object, ...] | None
) -> list[tuple[Any, ...]]:
    key = tuple(column.table.primary_key.columns)
    chosen = select(*key, column.column).where(column.column.is_not(None)).order_by(*key).limit(AT_ONCE)
    if after is not None:
        chosen = chosen.where(tuple_(*key) > tuple_(*after) if len(key) > 1 else key[0] > after[0])
    return [tuple(row) for row in session.execute(chosen)]


def _replace(
    uow: UnitOfWork, column: SealedColumn, key: tuple[object, ...], *, old: object, new: bytes
) -> None:
    here = [part == value for part, value in zip(column.table.primary_key.columns, key, strict=True)]
    uow.session.execute(
        update(column.table).where(*here, column.column == old).values({column.column.name: new})
    )

"""The number of the transaction that writes a row, where transactions can overlap."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class PresentTransaction(FunctionElement[int]):
    """Grows in the order in which transactions begin to write; 0 on SQLite, where one writes at a time."""

    type = BigInteger()
    inherit_cache = True


class OldestTransaction(FunctionElement[int]):
    """Every transaction with a lower number is over, and its rows can be seen; 0 on SQLite."""

    type = BigInteger()
    inherit_cache = True


@compiles(PresentTransaction)
@compiles(OldestTransaction)
def _one_at_a_time(*_: object, **_options: Any) -> str:
    return "0"


@compiles(PresentTransaction, "postgresql")
def _present(*_: object, **_options: Any) -> str:
    return "pg_current_xact_id()::text::bigint"


@compiles(OldestTransaction, "postgresql")
def _oldest(*_: object, **_options: Any) -> str:
    return "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

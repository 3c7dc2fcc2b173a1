"""What every test makes anew and every time alike: compiled once in a test process, and kept.

A test has its own application over its own database, so each would compile the same templates, addresses and
statements again: half of the time of a page. Nothing a test could see of another is kept here, only code that
follows from the source alone. The programs themselves do not need this: they make one application.
"""

from __future__ import annotations

from functools import wraps
from types import CodeType
from typing import Any

import sqlalchemy
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, pool
from werkzeug.routing import Rule

from volunteer.adapters import database

_MANY_STATEMENTS = 5000


class _Templates(BytecodeCache):
    """Compiled templates, by their address and the checksum of their source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from this very source."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def keep_templates() -> None:
    """Let every application of this process share its compiled templates."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}


def keep_addresses() -> None:
    """Let every map of addresses share the functions that build them; they are told which rule they serve."""
    kept: dict[tuple[object, ...], Any] = {}
    compile_builder = Rule._compile_builder

    @wraps(compile_builder)
    def keep(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = keep  # type: ignore[assignment, method-assign]


class Statements:
    """Compiled statements of each kind of database, shared by every engine that is made from now on."""

    def __init__(self) -> None:
        self._first: dict[str, Engine] = {}
        database.create_engine = self._create_engine  # type: ignore[assignment, attr-defined]

    def learn_dialect(self, url: str) -> None:
        """Share what is compiled for this kind of database; the one at ``url`` is there already."""
        engine = sqlalchemy.create_engine(url, poolclass=pool.NullPool, query_cache_size=_MANY_STATEMENTS)
        engine.connect().close()
        self._first[engine.dialect.name] = engine

    def _create_engine(self, url: str, **options: Any) -> Engine:
        engine = sqlalchemy.create_engine(url, **options)
        first = self._first.get(engine.dialect.name)
        if first is not None:
            # A statement is found again by its dialect, so the two go together.
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

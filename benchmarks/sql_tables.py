"""Roles in tables as a database person would make them for one query over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.plain_engine import PlainRole
from volunteer.domain.access import Answer
from volunteer.domain.commitment import STEPS
from volunteer.matching.masks import ACCESS_BITS, LANGUAGE_BITS, SECTOR_BITS, TASK_BITS, mask_of, unit_vector

_BIG = ("yes", "arrangeable", "no", "needed", "team", "task_mask", "sector_mask")
_FRACTIONS = ("x", "y", "z", "answer_days")
_LANGUAGES = tuple(f"needs_{code}" for code in LANGUAGE_BITS)
_SMALL = ("available", "located", "remote", "timed", "any_hours", "limited", "step", *_LANGUAGES)
_HOURS = "number INTEGER, weekday INTEGER, start INTEGER, stop INTEGER"


def fill_tables(connection: Connection, roles: Sequence[PlainRole]) -> None:
    """Make the tables, put the roles in, and let the database count them."""
    kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    columns = [f"id {kind} PRIMARY KEY", f"organisation {kind}"]
    columns += [f"{name} BIGINT" for name in _BIG] + [f"{name} DOUBLE PRECISION" for name in _FRACTIONS]
    columns += [f"{name} SMALLINT" for name in _SMALL]
    connection.execute(text(f"CREATE TABLE bench_roles ({', '.join(columns)})"))
    connection.execute(text(f"CREATE TABLE bench_hours (role {kind}, {_HOURS})"))
    _insert(connection, "bench_roles", [_row(role) for role in roles])
    _insert(connection, "bench_hours", [hours for role in roles for hours in _hours(role)])
    connection.execute(text("CREATE INDEX bench_hours_role ON bench_hours (role)"))
    connection.commit()
    connection.execute(text("ANALYZE"))
    connection.commit()


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = ", ".join(rows[0])
    places = ", ".join(f":{name}" for name in rows[0])
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), rows)  # noqa: S608 - names of ours


def _row(role: PlainRole) -> dict[str, Any]:
    facts = role.facts
    x, y, z = unit_vector(facts.position) if facts.position else (None, None, None)

    def mask(wanted: Answer) -> int:
        return mask_of((code for code, answer in role.answers.items() if answer is wanted), ACCESS_BITS)

    needed = {code: level for code, level in facts.languages_needed.items() if level > 0}
    return {
        "id": facts.opportunity_id.bytes,
        "organisation": facts.organisation_id.bytes,
        "yes": mask(Answer.YES),
        "arrangeable": mask(Answer.ARRANGEABLE),
        "no": mask(Answer.NO),
        "needed": mask_of(needed, LANGUAGE_BITS),
        "team": mask_of(facts.languages_spoken, LANGUAGE_BITS),
        "task_mask": mask_of(facts.tasks, TASK_BITS),
        "sector_mask": mask_of(facts.sectors, SECTOR_BITS),
        "x": x,
        "y": y,
        "z": z,
        "answer_days": facts.answer_days,
        "available": int(role.is_available),
        "located": int(facts.position is not None),
        "remote": int(facts.is_remote),
        "timed": int(role.timed),
        "any_hours": int(facts.times.flexible),
        "limited": int(bool(role.spans or role.dates)),
        "step": STEPS.index(facts.commitment) if facts.commitment else None,
        **{f"needs_{code}": needed.get(code, 0) for code in LANGUAGE_BITS},
    }


def _hours(role: PlainRole) -> Iterator[dict[str, Any]]:
    stretches = [*role.spans, *((on.weekday(), start, end) for on, start, end in role.dates)]
    for number, (weekday, start, stop) in enumerate(stretches):
        yield {
            "role": role.facts.opportunity_id.bytes,
            "number": number,
            "weekday": weekday,
            "start": start,
            "stop": stop,
        }

"""Every table is decided on: what it holds on a person is given to them and erased with their file."""

from __future__ import annotations

import re
from pathlib import Path

from volunteer.models import Base
from volunteer.services.export import ELSEWHERE, HELD

TABLES = Base.metadata.tables
MAY_STAY = {"incidents.candidate_id"}
"""Loses the tie to the person when the file goes, and stays for its own time."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "export.md"


def test_every_table_is_decided_on_once() -> None:
    assert HELD.keys() | ELSEWHERE.keys() == TABLES.keys()
    assert HELD.keys() & ELSEWHERE.keys() == set()


def test_what_names_a_person_is_given_to_them_or_has_a_reason() -> None:
    naming = {
        table.name
        for table in TABLES.values()
        for column in table.columns
        if any(key.column.table.name == "candidates" for key in column.foreign_keys)
        or column.name in {"candidate_id", "recipient_id"}
    }
    assert naming - HELD.keys() == {"told_apart"}
    assert ELSEWHERE["told_apart"]


def test_what_names_a_person_goes_with_their_file() -> None:
    stays = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "candidates" and key.ondelete != "CASCADE"
    }
    assert stays == MAY_STAY


def test_columns_that_are_left_out_are_there() -> None:
    for name, held in HELD.items():
        assert {*held.by, *held.left_out} - {column.name for column in TABLES[name].columns} <= {
            "account_id", "taken_by_id", "reporter_id", "done_sealed",
        }, name  # fmt: skip


def test_every_key_is_described() -> None:
    described = set(re.findall(r"^## `(\w+)`", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    assert described == {"needs", "file", *HELD} - {"candidates"}

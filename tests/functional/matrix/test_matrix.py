"""Every address and method, asked by everybody: each is answered as the table says; nobody else is let in.

On SQLite alone: who may do what is decided in Python from rows read one by one, and every query that reads
them runs on PostgreSQL in the tests beside its view. A second run would cost as long and ask nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import uuid4

import pytest
from flask import Flask

from tests.functional.matrix.cast import CONTACT, NAME
from tests.functional.matrix.patterns import (
    CARD,
    DONE,
    FIRST,
    LOGIN,
    NOT_THERE,
    NOT_YOURS,
    ON,
    UNCHANGED,
    UNKNOWN,
    WITHOUT_TOKEN,
)
from tests.functional.matrix.roles import KNOW_THE_CONTACT, KNOW_THE_NAME, PROGRAMS, Who
from tests.functional.matrix.table import TABLE
from tests.functional.matrix.world import World
from tests.functional.test_thief import FOR_PROGRAMS
from tests.functional.test_thief import WITHOUT_TOKEN as ASKS_NO_TOKEN

_LED_TO = {"/login": LOGIN, "/card": CARD, "/me/first": FIRST}
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_WELCOME = {"200", "201", "202", "204", ON, DONE}
OUTSIDERS = (Who.OTHER, Who.WITHOUT, Who.ELSEWHERE, Who.STRANGER, Who.OTHER_PROGRAM, Who.STRANGER_PROGRAM)
"""Whoever has something of the same sort, and may not learn what others have."""
ON_THE_FIRST_PAGE = "GET /me/first"
"""Where whoever found the card reads a first name, and nowhere else."""


def _addresses(app: Flask) -> dict[str, str]:
    """Each method and address, with the endpoint that answers."""
    return {
        f"{method} {rule.rule}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_address_has_its_row(world: World) -> None:
    without = sorted(_addresses(world.app).keys() - TABLE.keys())
    assert not without, "say who may do this: add a line to tests/functional/matrix/rows for " + ", ".join(
        without
    )


def test_every_row_has_its_address(world: World) -> None:
    assert sorted(TABLE.keys() - _addresses(world.app).keys()) == [], "take these rows out: nothing is there"


@pytest.mark.parametrize("who", Who)
def test_each_is_answered_as_the_table_says(world: World, who: Who) -> None:
    wrong = []
    for key in _asked_by(who):
        wrong += _faults(world, who, key)
    assert not wrong, f"{len(wrong)} are wrong:\n" + "\n".join(wrong)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_can_tell_whether_it_is_there(world: World, who: Who) -> None:
    told = {}
    for key in _asked_by(who):
        row = TABLE[key]
        invented = {name: str(uuid4()) for kind, name in _PART.findall(key) if kind == "uuid"}
        if not invented or row.cells[who] not in {NOT_YOURS, NOT_THERE, UNKNOWN}:
            continue
        there, nowhere = (_answer(world, who, key, places) for places in ({}, invented))
        if there[0] != nowhere[0]:
            told[key] = (there[0], nowhere[0])
    assert told == {}


def _asked_by(who: Who) -> list[str]:
    """What this one asks for; of the programs one alone, with all its rights, knocks where people go."""
    is_silent = who in PROGRAMS and who is not Who.TEAM_PROGRAM
    return [key for key in TABLE if not is_silent or FOR_PROGRAMS in key]


def _faults(world: World, who: Who, key: str) -> list[str]:
    """What is wrong with the answer, for people to read."""
    row, expected = TABLE[key], _expected(world, who, key)
    answer, path, page = _answer(world, who, key)
    was_written = world.rewound.was_written()
    where = f"{key} as {who}"
    wrong = []
    if expected not in {answer, path} and not (expected in {UNCHANGED, DONE} and answer == ON):
        wrong.append(f"{where}: {answer} ({path}), expected {expected}")
    if expected == DONE and not was_written:
        wrong.append(f"{where}: led on, and nothing was written")
    if was_written and expected not in _WELCOME and not expected.startswith("/"):
        wrong.append(f"{where}: refused, and yet something was written")
    if row.is_proof:
        return wrong
    may_read = who in KNOW_THE_NAME and (who is not Who.FINDER or key == ON_THE_FIRST_PAGE)
    wrong += [f"{where}: reads a name"] if NAME in page and not may_read else []
    wrong += [f"{where}: reads an address"] if CONTACT in page and who not in KNOW_THE_CONTACT else []
    return wrong


def _expected(world: World, who: Who, key: str) -> str:
    """The cell; a program at the door of people is a visitor whose forms hold no token."""
    cells = TABLE[key].cells
    if who not in PROGRAMS or FOR_PROGRAMS in key:
        return cells[who]
    has_no_token = not key.startswith("GET ") and _addresses(world.app)[key] not in ASKS_NO_TOKEN
    return WITHOUT_TOKEN if has_no_token else cells[Who.VISITOR]


def _answer(
    world: World, who: Who, key: str, places: Mapping[str, str] | None = None
) -> tuple[str, str, str]:
    """How a cell would call the answer, where it leads, and what stands there."""
    row = TABLE[key]
    method, _, address = key.partition(" ")
    body = {name: world.ids.get(value, value) for name, value in row.sends.items()}
    reply = world.ask(who, method, _path(world, address, {**row.places, **(places or {})}), body)
    page = reply.get_data(as_text=True) if (reply.mimetype or "").startswith("text/") or reply.is_json else ""
    reply.close()
    if not 300 <= reply.status_code < 400:
        return str(reply.status_code), "", page
    path = reply.headers["Location"].partition("?")[0]
    return _LED_TO.get(path, ON), path, page


def _path(world: World, address: str, places: Mapping[str, str]) -> str:
    """The address with everything in it filled in by what is there."""

    def filled(part: re.Match[str]) -> str:
        wanted = places.get(part[2], part[2])
        found = world.ids.get(wanted, wanted if part[2] in places else "")
        assert found, f"say with .at({part[2]}=...) what stands in {address}"
        return found

    return _PART.sub(filled, address)

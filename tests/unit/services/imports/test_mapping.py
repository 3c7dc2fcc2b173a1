"""A foreign file becomes our own columns, and a mapping that cannot work says all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from volunteer.services.imports.csv_file import read as read_csv
from volunteer.services.imports.mapping import Row, apply
from volunteer.services.imports.mapping_file import read
from volunteer.services.imports.opportunity_rows import COLUMNS
from volunteer.services.imports.report import ImportImpossible

OWN = frozenset(COLUMNS)
WHOLE = """
delimiter = "|"
ignore = ["internal"]

[columns]
title = "Name"
languages_spoken = "Team"

[constants]
organisation = "Placeholder"
access_yes = ["sv.buddy", "sv.trial"]
wanted = 2

[defaults]
languages_spoken = ["nl"]

[split]
languages_spoken = "/"

[derive]
external_id = { from = ["Name", "Cause"], prefix = "x-" }

[values.tasks]
column = "Cause"
default = ["t.office"]

[values.tasks.table]
"Children" = ["t.children", "t.homework"]
"""
FOREIGN = """Name|Team|Cause|internal
Play|nl / fr|CHILDREN|secret
Type||Offices|
Play|en|Children|
"""


def rows(mapping: str, content: str) -> list[Row]:
    understood = read(mapping.encode(), own_columns=OWN)
    return list(apply(understood, read_csv(content.encode(), delimiter=understood.delimiter)))


def test_columns_constants_defaults_lists_and_tables_make_our_own_row() -> None:
    first, second, _ = rows(WHOLE, FOREIGN)
    assert first.cells | {"external_id": ""} == {
        "title": "Play",
        "languages_spoken": "nl;fr",
        "organisation": "Placeholder",
        "access_yes": "sv.buddy;sv.trial",
        "wanted": "2",
        "tasks": "t.children;t.homework",
        "external_id": "",
    }
    assert second.cells["tasks"] == "t.office"
    assert second.cells["languages_spoken"] == "nl"


def test_derived_ids_are_the_same_on_every_reading_and_tell_doubles_apart() -> None:
    once = [row.cells["external_id"] for row in rows(WHOLE, FOREIGN + "Play|en|Children|\n")]
    again = [row.cells["external_id"] for row in rows(WHOLE, FOREIGN.replace("Play|en", " Play |en"))]
    assert once[:3] == again
    assert len(set(once)) == 4
    assert once[3] == f"{once[2]}-2"


def test_derived_ids_stand_still_for_ever() -> None:
    assert rows(WHOLE, FOREIGN)[1].cells["external_id"] == "x-c03327bd4f45564b59ee"


def test_a_value_that_is_not_in_the_table_is_a_problem_of_its_row() -> None:
    without_default = WHOLE.replace('default = ["t.office"]\n', "")
    _, second, _ = rows(without_default, FOREIGN)
    assert [(problem.line, problem.column) for problem in second.problems] == [(3, "Cause")]
    assert "“Offices”" in second.problems[0].reason


def test_a_value_of_several_items_is_looked_up_item_by_item() -> None:
    several = WHOLE.replace('languages_spoken = "/"', 'languages_spoken = "/"\ntasks = ","')
    first = rows(several, "Name|Team|Cause|internal\nPlay||Children, Other|\n")[0]
    assert first.cells["tasks"] == "t.children;t.homework;t.office"


def test_columns_that_nobody_spoke_of_are_listed() -> None:
    with pytest.raises(ImportImpossible, match=r"Unknown columns: extra, more\."):
        rows(WHOLE, "Name|Team|Cause|internal|extra|more\n")


def test_columns_that_the_mapping_names_must_be_there() -> None:
    with pytest.raises(ImportImpossible, match=r"names: Cause\. It has: Name, Team, internal"):
        rows(WHOLE, "Name|Team|internal\n")


def test_everything_wrong_in_a_mapping_is_said_at_once() -> None:
    wrong = """
    delimiter = ";;"
    surprise = 1
    ignore = "x"
    [columns]
    titel = "Name"
    title = 3
    url = "Link"
    [constants]
    url = "https://example.org"
    description = { a = 1 }
    [derive]
    title = "x"
    [values.tasks]
    column = "Cause"
    """
    with pytest.raises(ImportImpossible) as refusal:
        read(wrong.encode(), own_columns=OWN)
    said = str(refusal.value)
    for expected in (
        "“surprise” is not a part of a mapping",
        "delimiter must be one character",
        "ignore: must be a list of column names",
        "[columns] titel: not one of our columns",
        "[columns] title: must be a text",
        "[constants] description: must be a text or a list of texts",
        "[derive] title: only external_id can be derived",
        "[values.tasks]: needs a column (a text) and a table",
        "url comes from more than one part: columns, constants",
    ):
        assert expected in said


@pytest.mark.parametrize("content", [b"[columns\n", b"\xff\xfe"])
def test_what_is_not_toml_is_refused(content: bytes) -> None:
    with pytest.raises(ImportImpossible, match="not TOML"):
        read(content, own_columns=OWN)


def test_the_example_in_the_documentation_is_a_mapping() -> None:
    page = (Path(__file__).parents[4] / "docs" / "importing.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    mapping = read(example.encode(), own_columns=OWN)
    content = (
        "Name of the role;Kind of work;Theme;Internal notes\n"
        "Planter;t.garden, t.guide;nature & ANIMALS;x\n"
        "Chanter;;;\n"
    )
    first, second = apply(mapping, read_csv(content.encode(), delimiter=mapping.delimiter))
    assert (first.cells["tasks"], first.cells["sectors"]) == ("t.garden;t.guide", "sec.nature")
    assert (second.cells["language"], second.cells["sectors"]) == ("fr", "")

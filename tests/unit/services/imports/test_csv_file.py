"""A file is read as it was meant, whatever saved it, and a broken row is found where it stands."""

from __future__ import annotations

import pytest

from volunteer.services.imports.csv_file import read
from volunteer.services.imports.report import ImportImpossible

TEXT = "title,description\r\nCafé,“Één” uur\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_every_encoding_that_office_programs_save_is_found_out(encoding: str) -> None:
    file = read(TEXT.encode(encoding))
    assert file.columns == ("title", "description")
    assert dict(file.lines[0].cells) == {"title": "Café", "description": "“Één” uur"}


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ImportImpossible, match="not text"):
        read(b"title\nCaf\x81\n")


@pytest.mark.parametrize(("delimiter", "row"), [(",", "a;b,c"), (";", '"a;b";c'), ("\t", "a;b\tc")])
def test_the_delimiter_is_found_out_from_the_header(delimiter: str, row: str) -> None:
    file = read(f"one{delimiter}two\n{row}\n".encode())
    assert dict(file.lines[0].cells) == {"one": "a;b", "two": "c"}


def test_rows_are_numbered_as_an_editor_shows_them() -> None:
    file = read(b'a,b\n1,"two\nlines"\n\n2,x\n')
    assert [line.number for line in file.lines] == [2, 5]
    assert file.lines[0].cells["b"] == "two\nlines"


def test_a_row_of_the_wrong_length_is_a_problem_of_its_line_alone() -> None:
    file = read(b"a,b\n1\n2,3\n4,5,6\n")
    assert [line.cells["a"] for line in file.lines] == ["2"]
    assert [(problem.line, problem.column) for problem in file.problems] == [(2, None), (4, None)]


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line() -> None:
    file = read(b'a,b\n1,2\n3,"open\n5,6\n')
    assert [(problem.line, "never closed" in problem.reason) for problem in file.problems] == [(3, True)]


def test_a_quotation_mark_inside_a_cell_is_a_problem_of_its_line_alone() -> None:
    file = read(b'a,b\n1,"x"y\n3,4\n')
    assert [problem.line for problem in file.problems] == [2]
    assert [line.number for line in file.lines] == [3]


def test_what_a_database_cannot_hold_is_a_problem() -> None:
    file = read(b"a,b\n1,x\x00y\n")
    assert [(problem.line, problem.column) for problem in file.problems] == [(2, "b")]


def test_line_ends_inside_a_cell_are_made_even() -> None:
    file = read(b'a\r\n"x\r\ny\x0bz"\r\n')
    assert file.lines[0].cells["a"] == "x\ny\nz"


def test_columns_without_a_name_may_be_empty_and_nothing_else() -> None:
    file = read(b"a,,\n1,,\n2,x,\n")
    assert file.columns == ("a",)
    assert [problem.line for problem in file.problems] == [3]


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(ImportImpossible, match="empty"):
        read(content)


def test_a_column_that_is_named_twice_is_refused() -> None:
    with pytest.raises(ImportImpossible, match="twice: a"):
        read(b"a,b,a\n1,2,3\n")

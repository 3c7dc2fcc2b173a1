"""Rows about volunteer roles: from cells to postings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from volunteer.domain.access import Answer, feature_of
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.interests import parse_sectors, parse_tasks
from volunteer.domain.languages import parse_codes
from volunteer.domain.opportunities import LONGEST_DESCRIPTION, LONGEST_TITLE, Posting
from volunteer.services.contacts import clean_email
from volunteer.services.imports.cells import (
    Cells,
    understood_commitment,
    understood_count,
    understood_day,
    understood_id,
)
from volunteer.services.imports.places import read_place

COLUMNS = (
    "external_id",
    "organisation",
    "title",
    "description",
    "language",
    "tasks",
    "sectors",
    "street",
    "postal_code",
    "municipality",
    "latitude",
    "longitude",
    "wanted",
    "starts_on",
    "ends_on",
    "commitment",
    "times",
    "languages",
    "languages_spoken",
    "access_yes",
    "access_arrangeable",
    "access_no",
    "contact_name",
    "contact_email",
    "getting_there",
    "url",
)
REQUIRED = frozenset({"external_id", "organisation", "title"})
ACCESS_COLUMNS = {
    "access_yes": Answer.YES,
    "access_arrangeable": Answer.ARRANGEABLE,
    "access_no": Answer.NO,
}
_LONGEST_NAME = 160
_LONGEST_CONTACT = 80
_LONGEST_WAY = 1000
_LONGEST_URL = 500
_BLANK = Posting(title="-", description="", language="en")


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """A row that was understood."""

    line: int
    external_id: str
    organisation: str
    posting: Posting
    contact_email: str | None


def understand(cells: Cells, *, language: str) -> OpportunityRow:
    """Read a row; what is wrong is in ``cells.problems``, and then the row must not be used.

    ``language`` is that of the text where the row does not say.
    """
    external_id = cells.value("external_id", understood_id, "")
    cells.required("external_id")
    cells.required("organisation")
    posting = Posting(
        external_id=external_id,
        title=_checked(cells, "title", cells.required("title") and _line(cells, "title", LONGEST_TITLE)),
        description=cells.words("description", longest=LONGEST_DESCRIPTION) or "",
        language=cells.value("language", _language, language),
        tasks=frozenset(cells.each("tasks", lambda code: _only(parse_tasks([code])))),
        sectors=frozenset(cells.each("sectors", lambda code: _only(parse_sectors([code])))),
        place=read_place(cells),
        wanted=_checked(cells, "wanted", cells.value("wanted", understood_count, 1)),
        starts_on=cells.value("starts_on", understood_day, None),
        ends_on=cells.value("ends_on", understood_day, None),
        commitment=cells.value("commitment", understood_commitment, None),
        times=cells.times("times"),
        languages_needed=cells.levels("languages"),
        languages_spoken=frozenset(cells.each("languages_spoken", lambda code: _only(parse_codes([code])))),
        access=_access(cells),
        contact_name=cells.words("contact_name", longest=_LONGEST_CONTACT),
        getting_there=cells.words("getting_there", longest=_LONGEST_WAY),
        url=_checked(cells, "url", cells.words("url", longest=_LONGEST_URL)),
    )
    if not cells.problems:
        _check_whole(cells, posting)
    return OpportunityRow(
        line=cells.line,
        external_id=external_id,
        organisation=_line(cells, "organisation", _LONGEST_NAME),
        posting=posting,
        contact_email=cells.value("contact_email", clean_email, None),
    )


def _line(cells: Cells, column: str, longest: int) -> str:
    return " ".join((cells.words(column, longest=longest) or "").split())


def _only(codes: frozenset[str]) -> str:
    (code,) = codes
    return code


def _language(text: str) -> str:
    return _only(parse_codes([text.lower()], field="language"))


def _checked(cells: Cells, column: str, value: Any) -> Any:
    """Hold one value against the rules of a posting, apart from the others, so that each is named."""
    if value:
        try:
            replace(_BLANK, **{column: value}).check()
        except DomainError as error:
            cells.wrong(column, str(error))
    return value


def _check_whole(cells: Cells, posting: Posting) -> None:
    try:
        posting.check()
    except DomainError as error:
        cells.wrong(error.field or "title", str(error))


def _access(cells: Cells) -> dict[str, Answer]:
    said: dict[str, Answer] = {}
    for column, answer in ACCESS_COLUMNS.items():
        for code in cells.each(column, _asked_code):
            if said.setdefault(code, answer) is not answer:
                cells.wrong(column, f"“{code}” has another answer in this row already.")
    return said


def _asked_code(code: str) -> str:
    if feature_of(code).derived:
        raise InvalidValue(
            "“%(code)s” follows from the languages that the team speaks: fill in languages_spoken.",
            values={"code": code},
        )
    return code

"""What a calendar reads: folded, escaped, and telling of nobody but who meets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.config import from_environment
from volunteer.documents.calendar_file import calendar_feed, calendar_file
from volunteer.domain import appointments
from volunteer.domain.appointments import Appointment, Method
from volunteer.domain.errors import InvalidValue

CENTRE = from_environment({}).centre
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
WORDS = st.text()


def _made(title: str = "Kennismaking", place: str = "", method: Method = Method.PUBLISH) -> Appointment:
    return Appointment(
        id=UUID(int=7),
        sequence=2,
        method=method,
        starts_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        made_at=NOW,
        title=title,
        place=place,
    )


def _unfolded(content: str) -> list[str]:
    """The lines as section 3.1 reads them."""
    return re.sub("\r\n[ \t]", "", content).removesuffix("\r\n").split("\r\n")


def _read(value: str) -> str:
    """A TEXT value as section 3.3.11 reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_what_is_in_it() -> None:
    lines = _unfolded(calendar_file(_made(place="Plein 1, 1050 Elsene"), CENTRE))
    assert lines[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Schakel//Appointments//EN",
        "METHOD:PUBLISH",
    ]
    assert f"UID:{UUID(int=7)}@schakel.example" in lines
    assert {"SEQUENCE:2", "DTSTART:20261201T093000Z", "DTEND:20261201T103000Z", "STATUS:CONFIRMED"} <= set(
        lines
    )
    assert "LOCATION:Plein 1\\, 1050 Elsene" in lines


def test_a_cancellation_is_of_the_same_appointment() -> None:
    lines = _unfolded(calendar_file(_made(method=Method.CANCEL), CENTRE))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", f"UID:{UUID(int=7)}@schakel.example"} <= set(lines)


@given(WORDS)
def test_words_come_out_as_they_went_in_and_begin_no_line_of_their_own(words: str) -> None:
    content = calendar_file(_made(title=words), CENTRE)
    names = [line.partition(":")[0].partition(";")[0] for line in _unfolded(content)]
    assert names == [
        "BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND",
        "SUMMARY", "ORGANIZER", "STATUS", "END", "END",
    ]  # fmt: skip
    read = _read(_unfolded(content)[10].removeprefix("SUMMARY:"))
    assert read == "".join(each for each in words if each >= " " or each == "\n")


@given(WORDS)
def test_no_line_is_too_long_and_no_letter_is_cut(words: str) -> None:
    for line in calendar_file(_made(title=words, place=words), CENTRE).encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@pytest.mark.parametrize(
    "moment", [NOW, datetime(2026, 11, 23, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)]
)
def test_nobody_agrees_on_what_is_over_or_far_off(moment: datetime) -> None:
    with pytest.raises(InvalidValue):
        appointments.check(moment, now=NOW)


def test_a_calendar_to_follow_is_read_by_others_and_stays_the_same() -> None:
    goes_on = replace(
        _made("Workshop, deel 1"),
        ends_at=datetime(2026, 12, 1, 12, tzinfo=UTC),
        link="https://x.example/agenda/7",
    )
    called_off = replace(_made("Bedrijvendag", method=Method.CANCEL), id=UUID(int=8))
    feed = calendar_feed([goes_on, called_off], CENTRE, name="Agenda; Brussel")
    assert feed == calendar_feed([goes_on, called_off], CENTRE, name="Agenda; Brussel")
    head, first, second = "\n".join(_unfolded(feed)).split("BEGIN:VEVENT\n")
    assert {"METHOD:PUBLISH", "NAME:Agenda\\; Brussel"} <= set(head.split("\n"))
    assert {
        "SUMMARY:Workshop\\, deel 1",
        "URL:https://x.example/agenda/7",
        "DTEND:20261201T120000Z",
        "STATUS:CONFIRMED",
        f"UID:{UUID(int=7)}@schakel.example",
    } <= set(first.split("\n"))
    assert {"STATUS:CANCELLED", f"UID:{UUID(int=8)}@schakel.example"} <= set(second.split("\n"))
    assert feed.count("END:VEVENT\r\n") == 2
    assert feed.endswith("END:VCALENDAR\r\n")

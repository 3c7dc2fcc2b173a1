"""A calendar file (RFC 5545): one appointment or several, folded and escaped as the standard wants it.

All times are in UTC, so that no table of time zones has to travel along.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from volunteer.config import Centre
from volunteer.domain.appointments import Appointment, Method

MEDIA_TYPE = "text/calendar"
_LONGEST_LINE = 75
"""Octets, without the line break (section 3.1)."""
_LASTS = timedelta(hours=1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_file(appointment: Appointment, centre: Centre) -> str:
    """The file, with the line breaks of the standard."""
    return _written([f"METHOD:{appointment.method}", *_event(appointment, centre)])


def calendar_feed(appointments: Iterable[Appointment], centre: Centre, *, name: str) -> str:
    """A calendar to follow, with a name and how often to look (RFC 7986); what was called off says so."""
    events = (line for each in appointments for line in _event(each, centre))
    titles = [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    return _written(["METHOD:PUBLISH", *titles, "REFRESH-INTERVAL;VALUE=DURATION:PT6H", *events])


def _written(lines: Iterable[str]) -> str:
    every = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Schakel//Appointments//EN",
        *lines,
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in every)


def _event(appointment: Appointment, centre: Centre) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{appointment.id}@{centre.email.rpartition('@')[2]}",
        f"SEQUENCE:{appointment.sequence}",
        f"DTSTAMP:{_moment(appointment.made_at)}",
        *_when(appointment),
        f"SUMMARY:{_text(appointment.title)}",
        *([f"LOCATION:{_text(appointment.place)}"] if appointment.place else []),
        *([f"DESCRIPTION:{_text(appointment.about)}"] if appointment.about else []),
        *([f"URL:{appointment.link}"] if appointment.link else []),
        # RFC 5546, section 3.2: whoever publishes says who they are. That is the desk, never the person.
        f"ORGANIZER;CN={_parameter(centre.name)}:mailto:{centre.email}",
        f"STATUS:{'CANCELLED' if appointment.method is Method.CANCEL else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _when(appointment: Appointment) -> list[str]:
    begins = appointment.starts_at
    if begins is None:
        return []
    return [f"DTSTART:{_moment(begins)}", f"DTEND:{_moment(appointment.ends_at or begins + _LASTS)}"]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters have no place in one."""
    return "".join(each for each in words.translate(_ESCAPES) if each >= " ")


def _parameter(words: str) -> str:
    """A quoted parameter (section 3.2), in which a quotation mark cannot be written."""
    return '"' + "".join(each for each in words if each >= " " and each != '"') + '"'


def _folded(line: str) -> str:
    """The line in pieces of 75 octets, the later ones begun with a space; no character is cut."""
    pieces, piece, room = [], "", _LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _LONGEST_LINE - 1
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])

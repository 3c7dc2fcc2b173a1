"""An agreed moment on a page: in words, and as a file for a calendar."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response

from volunteer.times_in_words import day
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language


def said_moment(moment: datetime) -> str:
    """Day and hour in the reader's language, on the clock of the centre."""
    zone = current_core().settings.centre.time_zone
    return f"{day(moment, current_language(), zone)}, {moment.astimezone(ZoneInfo(zone)):%H:%M}"


def calendar_reply(content: str) -> Response:
    """A file whose name says nothing about anyone."""
    reply = Response(content, content_type="text/calendar; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="schakel.ics"'
    reply.headers["Cache-Control"] = "no-store"
    return reply

"""Days and hours as people say them: "Tuesday 10 March", "Tuesday from 10 to 13"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta

from volunteer import times_in_words
from volunteer.domain.availability import Availability
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

JUST_NOW_SECONDS = 60


def spoken_day(moment: datetime | date) -> str:
    """A day with its name, in the reader's language; a moment is taken in the centre's time zone."""
    return times_in_words.day(moment, current_language(), _zone())


def spoken_ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the reader's language and never in seconds: "2 days ago"; at first "just now"."""
    passed = now - moment
    if passed.total_seconds() < JUST_NOW_SECONDS:
        return _("just now")
    ago = format_timedelta(-passed, granularity="minute", add_direction=True, threshold=1.1, locale=_locale())
    return str(ago)


def spoken_days_ago(moment: datetime, now: datetime) -> str:
    """How many days ago, for what is only known to the day (in UTC): "today", "3 days ago"."""
    days = (now.date() - moment.date()).days
    if days < 1:
        return _("today")
    ago = timedelta(days=-days)
    return str(format_timedelta(ago, granularity="day", add_direction=True, locale=_locale()))


def spoken_hour(moment: datetime) -> str:
    """The time of the day in the centre's time zone, as 14:05."""
    return f"{moment.astimezone(ZoneInfo(_zone())):%H:%M}"


def spoken_times(times: Availability, today: date) -> str | None:
    """The hours of a role that are to come, in a few words; None when they are not known."""
    return times_in_words.hours(times, today, current_language())


def day_name(day: int) -> str:
    """The name of a day, Monday being 0, as it stands within a sentence."""
    return times_in_words.day_name(day, current_language())


def spoken_clock(minute: int) -> str:
    """Minutes after midnight as 10 or 10:30."""
    return times_in_words.clock(minute)


def _zone() -> str:
    return current_core().settings.centre.time_zone


def _locale() -> str:
    return times_in_words.locale_of(current_language())

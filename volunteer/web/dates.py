"""Days and hours as people say them: "Tuesday 10 March", "Tuesday from 10 to 13"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta, get_day_names

from volunteer.domain.availability import Availability
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language, joined
from volunteer.web.language import gettext as _

GROUPS_SHOWN = 2
DAYS_SHOWN = 7
"""Of a group, in the hours of a role: every day of the week, and not every date of a year."""
JUST_NOW_SECONDS = 60
_LOCALES = {"en": "en_GB", "nl": "nl_BE", "fr": "fr_BE"}


def spoken_day(moment: datetime | date) -> str:
    """A day with its name, in the reader's language; a moment is taken in the centre's time zone."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(current_core().settings.centre.time_zone)).date()
    return str(format_date(moment, "EEEE d MMMM", locale=_locale()))


def spoken_ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the reader's language: "2 days ago"; within the last minute: "just now"."""
    passed = now - moment
    if passed.total_seconds() < JUST_NOW_SECONDS:
        return _("just now")
    return str(format_timedelta(-passed, add_direction=True, threshold=1.1, locale=_locale()))


def spoken_days_ago(moment: datetime, now: datetime) -> str:
    """How many days ago, for what is only known to the day (in UTC): "today", "3 days ago"."""
    days = (now.date() - moment.date()).days
    if days < 1:
        return _("today")
    ago = timedelta(days=-days)
    return str(format_timedelta(ago, granularity="day", add_direction=True, locale=_locale()))


def spoken_hour(moment: datetime) -> str:
    """The time of the day in the centre's time zone, as 14:05."""
    return f"{moment.astimezone(ZoneInfo(current_core().settings.centre.time_zone)):%H:%M}"


def spoken_times(times: Availability, today: date) -> str | None:
    """The hours of a role that are to come, in a few words; None when they are not known."""
    if times.flexible:
        return _("You choose the hours")
    groups = _by_hours(times.since(today))
    if not groups:
        return None
    said = [
        _(
            "%(days)s from %(start)s to %(end)s",
            days=_together(days[:DAYS_SHOWN]),
            start=spoken_clock(start),
            end=spoken_clock(end),
        )
        for (start, end), days in groups[:GROUPS_SHOWN]
    ]
    text = "; ".join(said)
    if len(groups) > GROUPS_SHOWN or any(len(days) > DAYS_SHOWN for _hours, days in groups):
        text = _("%(times)s and at other times", times=text)
    return text[0].upper() + text[1:]


def day_name(day: int) -> str:
    """The name of a day, Monday being 0, as it stands within a sentence."""
    return str(get_day_names("wide", locale=current_language())[day])


def spoken_clock(minute: int) -> str:
    """Minutes after midnight as 10 or 10:30."""
    hours, minutes = divmod(minute, 60)
    return f"{hours}:{minutes:02d}" if minutes else str(hours)


def _by_hours(times: Availability) -> list[tuple[tuple[int, int], list[str]]]:
    """Hours with the names of their days: days of every week before single dates, each in order."""
    groups: dict[tuple[bool, int, int], list[str]] = {}
    for day, start, end in times.spans:
        groups.setdefault((False, start, end), []).append(day_name(day))
    for on, start, end in times.dates:
        groups.setdefault((True, start, end), []).append(spoken_day(on))
    return [((start, end), names) for (_is_dated, start, end), names in groups.items()]


def _together(names: list[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else _("%(names)s and %(last)s", names=joined(names[:-1]), last=names[-1])
    )


def _locale() -> str:
    language = current_language()
    return _LOCALES.get(language, language)

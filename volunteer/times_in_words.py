"""Days and hours as people say them, in a language that is asked for: pages and paper speak them alike."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.translation import isolated, listed, strung, translations

GROUPS_SHOWN = 2
DAYS_SHOWN = 7
"""Of a group, in the hours of a role: every day of the week, and not every date of a year."""
_LOCALES = {"en": "en_GB", "nl": "nl_BE", "fr": "fr_BE"}


def locale_of(language: str) -> str:
    """The locale whose habits a language takes here; Arabic keeps its own, with Western figures."""
    return _LOCALES.get(language, language)


def day(moment: datetime | date, language: str, time_zone: str) -> str:
    """A day with its name: "Tuesday 10 March"; a moment is taken in this time zone."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(time_zone)).date()
    return str(format_date(moment, "EEEE d MMMM", locale=locale_of(language)))


def hour(moment: datetime, time_zone: str) -> str:
    """The time of the day in this time zone, as 14:05."""
    return f"{moment.astimezone(ZoneInfo(time_zone)):%H:%M}"


def written_hour(moment: datetime, language: str, time_zone: str) -> str:
    """The time of the day as this language writes it: 14.20 in Dutch, 14 h 20 in French, else 14:20."""
    at = moment.astimezone(ZoneInfo(time_zone))
    if language == "fr":
        return f"{at.hour} h {at:%M}" if at.minute else f"{at.hour} h"
    return f"{at:%H.%M}" if language == "nl" else f"{at:%H:%M}"


def full_date(moment: datetime, language: str, time_zone: str) -> str:
    """A day as it stands above a letter: "10 March 2026"."""
    on = moment.astimezone(ZoneInfo(time_zone)).date()
    return str(format_date(on, "d MMMM y", locale=locale_of(language)))


def hours(times: Availability, today: date, language: str) -> str | None:
    """The hours of a role that are to come, in a few words; None when they are not known."""
    _ = translations(language).gettext
    if times.flexible:
        return _("You choose the hours")
    groups = _by_hours(times.since(today), language)
    if not groups:
        return None
    said = [
        _("%(days)s from %(start)s to %(end)s")
        % isolated(
            {"days": _together(days[:DAYS_SHOWN], language), "start": clock(start), "end": clock(end)},
            language,
        )
        for (start, end), days in groups[:GROUPS_SHOWN]
    ]
    text = strung(said, language)
    if len(groups) > GROUPS_SHOWN or any(len(days) > DAYS_SHOWN for _hours, days in groups):
        text = _("%(times)s and at other times") % isolated({"times": text}, language)
    return text[0].upper() + text[1:]


def how_often(commitment: Commitment, language: str) -> str:
    """How often somebody comes, in a few words."""
    _ = translations(language).gettext
    names = {
        Commitment.ONCE: _("Once"),
        Commitment.SOMETIMES: _("Now and then"),
        Commitment.MONTHS: _("Most weeks, for some months"),
        Commitment.LONG: _("Most weeks, for a year or longer"),
    }
    return names[commitment]


def day_name(number: int, language: str) -> str:
    """The name of a day, Monday being 0, as it stands within a sentence."""
    return str(get_day_names("wide", locale=language)[number])


def clock(minute: int) -> str:
    """Minutes after midnight as 10 or 10:30."""
    whole, minutes = divmod(minute, 60)
    return f"{whole}:{minutes:02d}" if minutes else str(whole)


def _by_hours(times: Availability, language: str) -> list[tuple[tuple[int, int], list[str]]]:
    """Hours with the names of their days: days of every week before single dates, each in order."""
    groups: dict[tuple[bool, int, int], list[str]] = {}
    for number, start, end in times.spans:
        groups.setdefault((False, start, end), []).append(day_name(number, language))
    for on, start, end in times.dates:
        groups.setdefault((True, start, end), []).append(day(on, language, "UTC"))
    return [((start, end), names) for (_is_dated, start, end), names in groups.items()]


def _together(names: list[str], language: str) -> str:
    if len(names) == 1:
        return names[0]
    _ = translations(language).gettext
    values = {"names": listed(names[:-1], language), "last": names[-1]}
    return _("%(names)s and %(last)s") % isolated(values, language)

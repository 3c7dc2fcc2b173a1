"""Sentences that messages about a gathering share: which one it is, when, where, and what is there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from volunteer.messages.words import Facts, on_and_at
from volunteer.times_in_words import day, hour, locale_of
from volunteer.translation import is_right_to_left, isolated, listed, translations


def title(facts: Facts) -> dict[str, object]:
    """The title, for a sentence."""
    return isolated({"title": facts.gathering.title}, facts.language)


def when(facts: Facts) -> str:
    """Day and hours, in one sentence."""
    _ = translations(facts.language).gettext
    ends = facts.gathering.ends_at
    end = hour(ends, facts.centre.time_zone) if ends else ""
    return _("It is on %(day)s, from %(hour)s to %(end)s.") % isolated(
        {**on_and_at(facts), "end": end}, facts.language
    )


def where(facts: Facts) -> tuple[str, ...]:
    """The address or the link, how to get in, and what is there, each in a sentence."""
    _ = translations(facts.language).gettext
    at = facts.gathering
    said: list[str] = []
    if at.place:
        said.append(_("Where: %(place)s") % isolated({"place": at.place}, facts.language))
    if at.online_url:
        said.append(_("Online: %(url)s") % isolated({"url": at.online_url}, facts.language))
    if at.directions:
        said.append(at.directions)
    if at.there:
        said.append(
            _("This is there for you: %(things)s")
            % isolated({"things": listed(at.there, facts.language)}, facts.language)
        )
    return tuple(said)


def seats(facts: Facts) -> tuple[str, ...]:
    """How many seats are theirs, where it is more than one."""
    _n = translations(facts.language).ngettext
    size = facts.gathering.size
    if size == 1:
        return ()
    return (_n("You have %(count)d seat.", "You have %(count)d seats.", size) % {"count": size},)


def not_coming(facts: Facts, *, by_voice: bool = False) -> str:
    """What to do when they cannot come."""
    _ = translations(facts.language).gettext
    if by_voice:
        return _("Can you not come? Call us. Then somebody else gets your seat.")
    return _("Can you not come? Say so on this page. Then somebody else gets your seat.")


def briefly(moment: datetime | None, facts: Facts) -> dict[str, str]:
    """Day and hour in as few letters as can be, for a text message: Wed 25/11, 10:00."""
    if moment is None:
        return {"day": "", "hour": ""}
    zone = facts.centre.time_zone
    on = moment.astimezone(ZoneInfo(zone)).date()
    # Arabic has no short names of days.
    form = "d/M" if is_right_to_left(facts.language) else "EEE d/M"
    return {"day": format_date(on, form, locale=locale_of(facts.language)), "hour": hour(moment, zone)}


def until(facts: Facts) -> dict[str, object]:
    """Day and hour until which a seat is kept, for a sentence."""
    last = facts.gathering.until
    if last is None:
        return {"day": "", "hour": ""}
    zone = facts.centre.time_zone
    return isolated({"day": day(last, facts.language, zone), "hour": hour(last, zone)}, facts.language)

"""Reasons in plain sentences, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from babel.dates import format_date, format_timedelta, get_day_names

from volunteer.domain.access import FEATURES
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.matching.explanation import Reason, ReasonKind
from volunteer.translation import isolated

Translate = Callable[[str], str]
Values = Mapping[str, str | int]


def sentences(reasons: Iterable[Reason], _: Translate, language: str) -> dict[str, list[str]]:
    """Return the sentences by kind (``fits``, ``arrange``, ``ask``, ``against``), in the order given.

    ``_`` translates an English sentence into ``language``, whose code also chooses the names of
    tasks, needs, languages and days.
    """
    said: dict[str, list[str]] = {kind.value: [] for kind in ReasonKind}
    for reason in reasons:
        said[reason.kind.value].append(sentence(reason, _, language))
    return said


def sentence(reason: Reason, _: Translate, language: str) -> str:
    """Return one reason as a sentence."""
    template = _need(reason.kind, _) if reason.about == "need" else _TEMPLATES[reason.about](_)
    return template % isolated(_spoken(reason.values, language), language)


def _need(kind: ReasonKind, _: Translate) -> str:
    if kind is ReasonKind.FITS:
        return _("%(need)s: that is all right here.")
    if kind is ReasonKind.ARRANGE:
        return _("%(need)s: they arrange this with you.")
    if kind is ReasonKind.ASK:
        return _("%(need)s: we ask this first.")
    return _("%(need)s: they do not have this.")


_TEMPLATES: Mapping[str, Callable[[Translate], str]] = {
    "need_unknown": lambda _: _("%(need)s: we do not know this yet."),
    "task_wanted": lambda _: _("You like to do this: %(task)s."),
    "task_to_learn": lambda _: _("You can learn this here: %(task)s."),
    "task_able": lambda _: _("You can do this already: %(task)s."),
    "task_unwanted": lambda _: _("You said no to this kind of work before: %(task)s."),
    "task_other": lambda _: _("This is other work than you chose."),
    "sector": lambda _: _("You like this field: %(sector)s."),
    "sector_other": lambda _: _("This is another field than you chose."),
    "hours_together": lambda _: _("You choose the hours together."),
    "person_flexible": lambda _: _("The hours suit you, because you are flexible."),
    "free": lambda _: _("You are free on %(day)s from %(start)s to %(end)s."),
    "free_partly": lambda _: _("You are free for part of it: %(day)s from %(start)s to %(end)s."),
    "from_home": lambda _: _("You can do this at home."),
    "very_near": lambda _: _("It is near you."),
    "near": lambda _: _("It is about %(kilometres)s km from you."),
    "near_far": lambda _: _("It is quite far: about %(kilometres)s km from you."),
    "near_too_far": lambda _: _(
        "It is about %(kilometres)s km from you. That may take longer than you would like."
    ),
    "minutes": lambda _: _("It takes about %(minutes)s minutes to get there."),
    "minutes_far": lambda _: _("It is quite far: it takes about %(minutes)s minutes to get there."),
    "minutes_too_far": lambda _: _(
        "It takes about %(minutes)s minutes to get there. That is longer than you would like."
    ),
    "commitment_once": lambda _: _("It is for one time, as you would like."),
    "commitment_sometimes": lambda _: _("You come now and then, as you would like."),
    "commitment_months": lambda _: _("You come for some months, as you would like."),
    "commitment_long": lambda _: _("You come for a year or longer, as you would like."),
    "commitment_once_only": lambda _: _("It is for one time only."),
    "commitment_sometimes_only": lambda _: _("You come now and then only."),
    "commitment_months_only": lambda _: _("They would like you to come for some months."),
    "commitment_long_only": lambda _: _("They would like you to come for a year or longer."),
    "answers_next_day": lambda _: _("They mostly answer within a day."),
    "answers_soon": lambda _: _("They mostly answer within %(days)s days."),
    "answers_late": lambda _: _("They mostly need %(days)s days to answer."),
    "explored": lambda _: _("We like to show you something different too."),
    "language_shared": lambda _: _("They speak %(language)s, and so do you."),
    "language_little": lambda _: _("They speak %(language)s, and you speak a little of it."),
    "language_none": lambda _: _("They speak %(language)s, and you do not speak it yet."),
    "language_level": lambda _: _("They use %(language)s here. Tell them how well you speak it."),
}


def _spoken(values: Values, language: str) -> dict[str, str]:
    return {name: _SAYING[name](value, language) for name, value in values.items() if name in _SAYING}


def _day(day: str | int, language: str) -> str:
    """Return Tuesday for a day of every week, Tuesday 16 March for a date."""
    if isinstance(day, int):
        return str(get_day_names("wide", locale=language)[day])
    return str(format_date(date.fromisoformat(day), "EEEE d MMMM", locale=language))


def _clock(minute: str | int, _language: str) -> str:
    """Return 10 or 10:30 for minutes after midnight."""
    hours, minutes = divmod(int(minute), 60)
    return f"{hours}:{minutes:02d}" if minutes else str(hours)


def _amount(unit: str) -> Callable[[str | int, str], str]:
    """Return how a number of ``unit`` ("minutes", "days") is said within a sentence that names the unit.

    In Arabic the number decides the form of the word for what is counted and, for one and two, takes
    its place. There the number brings its word along and the sentence does not name it.
    """

    def said(number: str | int, language: str) -> str:
        if language not in _NUMBER_BRINGS_ITS_WORD:
            return str(number)
        length = timedelta(**{unit: int(number)})
        return str(format_timedelta(length, unit[:-1], threshold=_NO_LARGER_UNIT, locale=language))  # type: ignore[arg-type]

    return said


_NUMBER_BRINGS_ITS_WORD = {"ar"}
_NO_LARGER_UNIT = 10**6


def within_a_sentence(label: str) -> str:
    """Return a label without its first capital; capitals such as in "ICT" stay."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label


_SAYING: Mapping[str, Callable[[str | int, str], str]] = {
    "need": lambda code, language: FEATURES[str(code)].label(language),
    "task": lambda code, language: within_a_sentence(TASKS[str(code)].label(language)),
    "sector": lambda code, language: within_a_sentence(SECTORS[str(code)].label(language)),
    "language": lambda code, language: LANGUAGES[str(code)].label(language),
    "day": _day,
    "start": _clock,
    "end": _clock,
    "kilometres": lambda kilometres, _language: str(kilometres),
    "minutes": _amount("minutes"),
    "days": _amount("days"),
}

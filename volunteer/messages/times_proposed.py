"""To a candidate: the organisation proposes several times, and they choose one."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.times_in_words import day, hour
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated(
        {"organisation": facts.organisation, "role": facts.role, "reply": facts.reply}, facts.language
    )
    good_news = _("Good news. %(organisation)s would like to meet you for “%(role)s”.") % values
    reply = (_("They write: “%(reply)s”") % values,) if facts.reply else ()
    said = (good_news, _("Which of these times suits you?"), *_lines(facts), *reply)
    return Words(
        subject=_("Choose when you meet"),
        paragraphs=(*said, _("Does none of them suit you? Say so on your page, or call us.")),
        button=_("Choose a time"),
        spoken=(*said, _("Does none of them suit you? Then we ask them for other times.")),
    )


def _lines(facts: Facts) -> tuple[str, ...]:
    """Each time on a line of its own."""
    zone = facts.centre.time_zone
    return tuple(f"- {day(each, facts.language, zone)}, {hour(each, zone)}" for each in facts.times)

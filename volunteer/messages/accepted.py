"""To a candidate: the organisation says yes."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated(
        {"organisation": facts.organisation, "role": facts.role, "reply": facts.reply, **on_and_at(facts)},
        facts.language,
    )
    good_news = _("Good news. %(organisation)s would like to meet you for “%(role)s”.") % values
    reply = (_("They write: “%(reply)s”") % values,) if facts.reply else ()
    when = (_("You meet on %(day)s, %(hour)s.") % values,) if facts.when else ()
    return Words(
        subject=_("Good news about your introduction"),
        paragraphs=(
            good_news,
            *when,
            *reply,
            _("Can you not come, or do you have a question? Call us, we help you."),
        ),
        button=_("See my page"),
    )

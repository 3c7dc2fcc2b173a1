"""To a candidate, the day before: tomorrow you meet them."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the hour, too.

    Not what they wrote with their yes: since then the moment may have moved.
    """
    _ = translations(facts.language).gettext
    values = isolated(
        {"organisation": facts.organisation, "role": facts.role, **on_and_at(facts)}, facts.language
    )
    return Words(
        subject=_("Your appointment is tomorrow"),
        paragraphs=(
            _("Tomorrow, %(day)s, %(hour)s: you meet %(organisation)s for “%(role)s”.") % values,
            _("Can you not come, or do you have a question? Call us, we help you."),
        ),
        button=_("See my page"),
        short=_("You have an appointment tomorrow, %(hour)s.") % on_and_at(facts),
    )

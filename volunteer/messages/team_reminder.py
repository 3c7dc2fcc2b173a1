"""To a member of an organisation, the day before: tomorrow somebody comes to meet you."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role, **on_and_at(facts)}, facts.language)
    return Words(
        subject=_("Somebody comes to meet you tomorrow"),
        paragraphs=(
            _("Tomorrow, %(day)s, %(hour)s: %(name)s comes for “%(role)s”.") % values,
            _("Does it not work out? Change the day on the page, or call us. We tell them."),
        ),
        button=_("See the introduction"),
    )

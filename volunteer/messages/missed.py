"""To a candidate: they missed each other, and the organisation names another time."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation, "role": facts.role}, facts.language)
    return Words(
        subject=_("News about your introduction"),
        paragraphs=(
            _("You and %(organisation)s did not meet yet for “%(role)s”. That can happen.") % values,
            _("They tell you again when to come. You hear from us."),
            _("Do you not want to go any more? Or do you have a question? Call us."),
        ),
        button=_("See my page"),
    )

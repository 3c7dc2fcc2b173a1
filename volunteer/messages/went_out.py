"""To a candidate who said yes on condition: it is possible, and the organisation now knows of them."""

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
            _("We asked %(organisation)s about “%(role)s”. It is possible.") % values,
            _("We told them about you. You hear from us as soon as they answer."),
        ),
        button=_("See my page"),
    )

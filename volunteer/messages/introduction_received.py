"""To a member of an organisation: somebody would like to meet you."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("Somebody would like to meet you"),
        paragraphs=(
            _("%(name)s would like to help with “%(role)s”.") % values,
            _("Look at what this person tells you, and say when they can come by."),
            _("They are waiting to hear from you."),
        ),
        button=_("See the introduction"),
    )

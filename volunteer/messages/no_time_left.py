"""To whoever answers for an organisation: none of the times it proposed was chosen."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("Please propose other times"),
        paragraphs=(
            _("%(name)s still would like to meet you for “%(role)s”.") % values,
            _("The times you proposed did not suit, or they are past. Please propose others, or call us."),
        ),
        button=_("Propose other times"),
    )

"""To a member of an organisation that expects somebody: they changed their mind."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("Somebody you said yes to cannot come"),
        paragraphs=(
            _("%(name)s will not come for “%(role)s” after all.") % values,
            _("The spot is free again. You do not have to do anything."),
        ),
        button=_("See the introduction"),
    )

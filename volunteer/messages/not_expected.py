"""To a member of an organisation that expects somebody: that person stops. Nobody's name is left to say."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"role": facts.role}, facts.language)
    return Words(
        subject=_("Somebody you said yes to cannot come"),
        paragraphs=(
            _("Somebody you said yes to for “%(role)s” stops. They are not on your page any more.") % values,
            _("The spot is free again. On your page you see who still comes."),
        ),
        button=_("See who comes"),
    )

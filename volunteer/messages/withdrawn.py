"""To a member of an organisation that counts on somebody: they changed their mind, or stop."""

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
            _("%(name)s does not come for “%(role)s” any more.") % values,
            _("The spot is free again. You do not have to do anything."),
        ),
        button=_("See the introduction"),
    )

"""To a member of an organisation: the desk suspended it."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("Your roles are not suggested for the moment"),
        paragraphs=(
            _("Somebody told us that something is not right at %(organisation)s. We look into it.") % values,
            _("Until then we suggest none of your roles, and your introductions wait."),
            _("We want to hear your side too. Please call us."),
        ),
        button=_("See my page"),
    )

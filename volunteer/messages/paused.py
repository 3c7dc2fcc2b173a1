"""To a candidate: the desk suspended an organisation they were to meet."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation, "role": facts.role}, facts.language)
    return Words(
        subject=_("Your introduction waits for a moment"),
        paragraphs=(
            _("We are looking into something at %(organisation)s.") % values,
            _("Until then your introduction for “%(role)s” waits. You did nothing wrong.") % values,
            _("Do you have an appointment there? Please do not go yet. Call us, we help you."),
        ),
        button=_("See my page"),
    )

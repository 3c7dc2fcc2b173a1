"""To a candidate: an organisation they were to meet is no longer suspended."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation, "role": facts.role}, facts.language)
    return Words(
        subject=_("Your introduction goes on"),
        paragraphs=(
            _("We looked into it. Your introduction for “%(role)s” at %(organisation)s goes on.") % values,
            _("Would you rather not? That is all right. Say so on your page, or call us."),
        ),
        button=_("See my page"),
    )

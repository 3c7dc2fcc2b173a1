"""To whoever wrote an organisation in: confirm your address, then it goes on."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("One more step to join us"),
        paragraphs=(
            _("You wrote %(organisation)s in with us.") % values,
            _("Open the page below and confirm that this address is yours. The link works for two days."),
            _("Was it not you? Then do nothing. We forget it by ourselves."),
        ),
        button=_("Confirm my address"),
    )

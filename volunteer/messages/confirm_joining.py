"""To whoever wrote an organisation in: confirm your address, then it goes on.

It says nothing that was typed into the form: anybody can type anything there, with anybody's address.
"""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("One more step to join us"),
        paragraphs=(
            _("Somebody wrote an organisation in with us, and gave this address. Was it you?"),
            _("Open the page below and confirm that this address is yours. The link works for two days."),
            _("Was it not you? Then do nothing. We forget it by ourselves."),
        ),
        button=_("Confirm my address"),
    )

"""To a candidate: their card was used on a new device; is that them?"""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    asked = _("Your card was used on a new device.")
    return Words(
        subject=_("Is this you? Your card was used on a new device."),
        paragraphs=(
            asked,
            _("Is this you? Open the link below and say yes. Then you see everything there."),
            _("It is not you? The link also lets you say no. Nobody sees your answers then."),
        ),
        button=_("Yes or no"),
        short=_("Your card on a new device: is this you?"),
        spoken=(asked, _("Is this you? Then we confirm it for you. It is not you? Then we stop your card.")),
    )

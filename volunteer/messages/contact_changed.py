"""To a candidate, where they could be reached before: this was changed. If it was not them, they call."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("Did you change how we reach you?"),
        paragraphs=(
            _("In your file there is a new way to reach you. We do not use the old one any more."),
            _("Was it you? Then all is well. Was it not you? Call us today."),
        ),
        button=_("Open my file with my card"),
    )

"""To who had a card for a market and was not seen there: no reproach, and a door that is open."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    missed = _("We did not see you at “%(title)s”. That is all right.") % title(facts)
    welcome = _("Do you still want to volunteer? You are welcome at the info desk.")
    return Words(
        subject=_("We missed you"),
        paragraphs=(missed, welcome),
        button=_("Open the page"),
        spoken=(missed, welcome),
        short=_("We missed you at the market. You are welcome at the info desk."),
    )

"""To a support worker after a market: thanks, and what happens next for the people of the group."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("Thank you for coming with your group"),
        paragraphs=(
            _("Your group was at “%(title)s”. Thank you for coming.") % title(facts),
            _("Somebody wants to go on with an organisation? The code on their card opens a page to say so."),
            _("You see on the page of your group where both want to go on."),
        ),
        button=_("See my group"),
    )

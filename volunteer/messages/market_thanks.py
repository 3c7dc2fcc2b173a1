"""To who came to a market: thanks, what happens next, and one question."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    thanks = _("You were at “%(title)s”. Thank you for coming.") % title(facts)
    return Words(
        subject=_("Thank you for coming"),
        paragraphs=(
            thanks,
            _("With whom do you want to go on? You can still say so on this page."),
            _("Do they want it too? Then we bring you together."),
            _("We have one question for you. You find it there, too."),
        ),
        button=_("Open the page"),
        spoken=(thanks, _("With whom do you want to go on? Tell us at the info desk.")),
        short=_("Thank you for coming. With whom do you want to go on? Tell us here:"),
    )

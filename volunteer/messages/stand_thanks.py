"""To a team after a market: thanks, how many they met, and whom they can still answer."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; ``count`` is how many people they met."""
    found = translations(facts.language)
    _ = found.gettext
    thanks = _("Your stand was at “%(title)s”. Thank you.") % title(facts)
    met = found.ngettext("You met %(count)d person.", "You met %(count)d people.", facts.count)
    told = (thanks, met % {"count": facts.count}) if facts.count else (thanks,)
    return Words(
        subject=_("Thank you for your stand"),
        paragraphs=(
            *told,
            _("With whom do you want to go on? Say so on the page of your stand, for as long as you like."),
            _("Who wants to go on with you, too, comes to you as an introduction."),
        ),
        button=_("Open the page of our stand"),
        spoken=(*told, _("With whom do you want to go on? Tell us.")),
    )

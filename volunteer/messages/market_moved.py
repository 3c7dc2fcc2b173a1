"""To who comes to a market: it is at another time or place."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the day and the hour, too."""
    _ = translations(facts.language).gettext
    changed = _("Something changed at “%(title)s”. This is how it is now.") % title(facts)
    said = (changed, when(facts), *where(facts))
    return Words(
        subject=_("The market is at another time or place"),
        paragraphs=(*said, _("Can you not come? Say so on this page.")),
        button=_("See the market"),
        spoken=(*said, _("Can you not come? Call us.")),
        short=_("The market changed: %(day)s, %(hour)s.") % briefly(facts.when, facts),
    )

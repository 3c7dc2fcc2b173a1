"""To who comes to a market: your card, and what happens next."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has day, hour and the number of the card."""
    _ = translations(facts.language).gettext
    card = {"number": facts.gathering.number}
    said = (
        _("You come to “%(title)s”.") % title(facts),
        _("Your card has number %(number)s.") % card,
        when(facts),
        *where(facts),
        _route(facts),
    )
    short = _("Market on %(day)s, %(hour)s. Your card is number %(number)s.") % {
        **briefly(facts.when, facts),
        **card,
    }
    return Words(
        subject=_("Your card for the market"),
        paragraphs=(*said, _("Can you not come? Say so on this page.")),
        button=_("See my card"),
        spoken=(*said, _("Can you not come? Call us.")),
        short=short,
    )


def _route(facts: Facts) -> str:
    _ = translations(facts.language).gettext
    if facts.is_open:
        return _("We make a route for you: whom you meet, where and when. We tell you when it is ready.")
    return _("You walk about as you like. You can ask for a route at any time.")

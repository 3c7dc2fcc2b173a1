"""To who comes to a market or brings a group, the day before: when, where, and the route."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has hours and spots, too."""
    _ = translations(facts.language).gettext
    said = [_("Tomorrow you come to “%(title)s”.") % title(facts)]
    if facts.gathering.number:
        said.append(_("Your card has number %(number)s.") % {"number": facts.gathering.number})
    said += [when(facts), *where(facts)]
    short = _("The market is tomorrow, %(hour)s.") % briefly(facts.when, facts)
    if facts.what:
        route = _("Your route: %(stops)s.") % {"stops": facts.what}
        said.append(route)
        short = f"{short} {route}"
    return Words(
        subject=_("The market is tomorrow"),
        paragraphs=(*said, _("Can you not come? Say so on this page.")),
        button=_("See the market"),
        spoken=(*said, _("Can you not come? Call us.")),
        short=short,
    )

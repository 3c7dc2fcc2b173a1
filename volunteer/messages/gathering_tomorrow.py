"""To who comes to a gathering, the day before."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, not_coming, seats, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the hour, too."""
    _ = translations(facts.language).gettext
    tomorrow = _("Tomorrow you come to “%(title)s”.") % title(facts)
    said = (tomorrow, when(facts), *seats(facts), *where(facts))
    short = _("Your activity is tomorrow, %(hour)s.") % briefly(facts.when, facts)
    return Words(
        subject=_("Your activity is tomorrow"),
        paragraphs=(*said, not_coming(facts)),
        button=_("See my seat"),
        spoken=(*said, not_coming(facts, by_voice=True)),
        short=short,
    )

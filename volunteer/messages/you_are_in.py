"""To who signed up for a gathering: you have a seat."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, not_coming, seats, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the day and the hour, too."""
    _ = translations(facts.language).gettext
    said = (_("You can come to “%(title)s”.") % title(facts), when(facts), *seats(facts), *where(facts))
    short = _("You have a seat on %(day)s, %(hour)s.") % briefly(facts.when, facts)
    return Words(
        subject=_("You have a seat"),
        paragraphs=(*said, not_coming(facts)),
        button=_("See my seat"),
        spoken=(*said, not_coming(facts, by_voice=True)),
        short=short,
    )

"""To who waits: a seat came free, and it is yours if you say so in time."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, seats, title, until, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the deadline, too."""
    _ = translations(facts.language).gettext
    free = _("There is a seat for you at “%(title)s”.") % title(facts)
    said = (free, when(facts), *seats(facts), *where(facts))
    last = _("We keep it for you until %(day)s, %(hour)s. After that it goes to the next one.") % until(facts)
    return Words(
        subject=_("There is a seat for you"),
        paragraphs=(*said, last, _("Open this page and press the button: you come, or you do not.")),
        button=_("Say whether I come"),
        spoken=(*said, last, _("Do you come?")),
        short=_("A seat for you: say yes before %(day)s, %(hour)s.") % briefly(facts.gathering.until, facts),
    )

"""To who signed up for a gathering: it is at another time or place."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, not_coming, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the day and the hour, too."""
    _ = translations(facts.language).gettext
    changed = _("Something changed at “%(title)s”. This is how it is now.") % title(facts)
    said = (changed, when(facts), *where(facts))
    return Words(
        subject=_("Your activity is at another time or place"),
        paragraphs=(*said, not_coming(facts)),
        button=_("See my seat"),
        spoken=(*said, not_coming(facts, by_voice=True)),
        short=_("Your activity changed: %(day)s, %(hour)s.") % briefly(facts.when, facts),
    )

"""To who signed up for a gathering without room for them: you wait, and this is your place."""

from __future__ import annotations

from volunteer.messages.at_gathering import title, when
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``: honest about what we do not know."""
    _ = translations(facts.language).gettext
    place = _("You are number %(number)d on the waiting list.") % {"number": facts.gathering.number}
    return Words(
        subject=_("You are on the waiting list"),
        paragraphs=(
            _("There are not enough free seats for you at “%(title)s” now.") % title(facts),
            when(facts),
            place,
            _("When a seat comes free for you, we tell you. We do not know yet whether that happens."),
        ),
        button=_("See my place in the line"),
        short=place,
    )

"""To the support worker of a group that comes to a market: how many cards, and what is still to be told."""

from __future__ import annotations

from volunteer.messages.at_gathering import title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    found = translations(facts.language)
    _, size = found.gettext, facts.gathering.size
    return Words(
        subject=_("Your group comes to the market"),
        paragraphs=(
            _("Your group comes to “%(title)s”.") % title(facts),
            found.ngettext("There is %(count)d card.", "There are %(count)d cards.", size) % {"count": size},
            when(facts),
            *where(facts),
            _("On its page you say for each card what helps. Before the day you print the cards there."),
        ),
        button=_("See my group"),
    )

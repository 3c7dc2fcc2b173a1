"""To a support worker: somebody of the group and a stand both want to go on; nobody else knows who it is."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("Somebody of your group wants to go on"),
        paragraphs=(
            _("At “%(title)s” somebody of your group and an organisation both want to go on.") % title(facts),
            _("On the page of your group you see which card it is, and with whom."),
            _("Make a file together with this person, or show them the code on their card."),
        ),
        button=_("See which card"),
    )

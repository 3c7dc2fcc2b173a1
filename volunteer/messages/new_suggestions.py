"""To a candidate who waits: something newly fits. Not often, and never what it is about them that fits."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    found = catalogue.ngettext(
        "We found %(count)d new suggestion for you.",
        "We found %(count)d new suggestions for you.",
        facts.count,
    ) % {"count": facts.count}
    return Words(
        subject=found,
        paragraphs=(
            found,
            _("You see on your page why it suits you. You do not have to answer."),
            _("You no longer want these messages? You can stop them on your page."),
        ),
        button=_("See my suggestions"),
        spoken=(found, _("You can see them with your card, or come by the desk and we look together.")),
    )

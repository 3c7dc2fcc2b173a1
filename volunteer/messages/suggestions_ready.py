"""To a candidate: there are suggestions, and this is how to come back to them."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    if facts.count:
        found = catalogue.ngettext(
            "We found %(count)d suggestion for you.", "We found %(count)d suggestions for you.", facts.count
        ) % {"count": facts.count}
    else:
        found = _("We found nothing that fits yet. We keep looking, and you can always call us.")
    return Words(
        subject=_("Your suggestions for volunteering"),
        paragraphs=(
            found,
            _("Keep this message: the link below always opens your own page. Nobody else needs it."),
        ),
        button=_("See my suggestions"),
        spoken=(found, _("You can see them with your card, or come by the desk and we look together.")),
    )

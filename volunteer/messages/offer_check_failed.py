"""To an administrator: at night, the picture of the offer was not up to date."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    found = catalogue.ngettext(
        "Last night we checked the list that suggestions are made from: %(count)d role was not up to date.",
        "Last night we checked the list that suggestions are made from: %(count)d roles were not up to date.",
        facts.count,
    ) % {"count": facts.count}
    return Words(
        subject=_("The nightly check found a mistake"),
        paragraphs=(
            # The day or the table of minutes can be wrong as well, and that is of no role.
            *((found,) if facts.count else ()),
            _("The list was made again, so it is right now. You do not have to put anything right."),
            _(
                "Please tell whoever looks after this program: it should not happen. "
                "The log of that night has the details, under “offer_check_failed”."
            ),
        ),
        button=_("Open the administration page"),
    )

"""To a candidate who was not seen for a year: may we keep your file?"""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    asked = _("You signed up with us to volunteer. We did not hear from you for a year.")
    otherwise = _("Do you do nothing? Then we erase your file in a month.")
    return Words(
        subject=_("May we keep your file?"),
        paragraphs=(asked, _("Do you want to keep it? Open this page and press the button."), otherwise),
        button=_("Keep my file"),
        spoken=(asked, _("May we keep your file?"), otherwise),
    )

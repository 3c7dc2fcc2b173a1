"""To somebody who was signed up together with a support worker: is this right? Only their yes counts."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("Do you want to volunteer? Say yes or no."),
        paragraphs=(
            _("%(organisation)s signed you up as a volunteer, together with you.") % values,
            _("Open the link below. You see what they wrote down, and you say yes or no."),
            _(
                "You did not ask for this? The link also lets you say that. "
                "Then everything is erased at once."
            ),
            _("Without your yes, everything disappears after 14 days."),
        ),
        button=_("Look, and say yes or no"),
        short=_("You were signed up as a volunteer. Yes or no?"),
    )

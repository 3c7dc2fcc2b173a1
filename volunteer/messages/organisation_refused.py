"""To a team: the desk said no, and why stands on their page."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("We cannot say yes now"),
        paragraphs=(
            _("We looked at %(organisation)s. For now we cannot say yes.") % values,
            _("We wrote down why on your page. Do you see it differently? Answer us there, or call us."),
        ),
        button=_("Read why"),
    )

"""To the owners of a team: somebody would like to join it."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("Somebody would like to join your team"),
        paragraphs=(
            _("Somebody says that they work with %(organisation)s, and asks to join your team.") % values,
            _("Look who it is. You decide whether they come in, and what they may do."),
        ),
        button=_("See who asks"),
    )

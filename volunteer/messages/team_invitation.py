"""To somebody whose colleague wants them in the team."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("You are invited to a team"),
        paragraphs=(
            _("A colleague invites you to the team of %(organisation)s.") % values,
            _("There you see who would like to volunteer, and answer. The link works for two weeks."),
        ),
        button=_("Join the team"),
    )

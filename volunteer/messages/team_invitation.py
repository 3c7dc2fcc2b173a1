"""To somebody whose colleague wants them in the team; without a name as long as the desk does not know it."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    invited = _("A colleague invites you to the team of %(organisation)s.") % values
    if facts.from_stranger:
        invited = _("A colleague invites you to their team. On the page you read which organisation it is.")
    return Words(
        subject=_("You are invited to a team"),
        paragraphs=(
            invited,
            _("The link opens your page with them, and works for two weeks."),
        ),
        button=_("Join the team"),
    )

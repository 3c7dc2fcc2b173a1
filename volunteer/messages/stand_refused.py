"""To a team: it has no stand at this market, and why."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    reason = isolated({"reason": facts.gathering.reason}, facts.language)
    return Words(
        subject=_("No stand this time"),
        paragraphs=(
            _("We cannot give you a stand at “%(title)s”. We are sorry.") % title(facts),
            *((_("Why: “%(reason)s”") % reason,) if facts.gathering.reason else ()),
            _("Do you see it differently? Call us: we look at it together."),
        ),
        button=_("See our stand"),
    )

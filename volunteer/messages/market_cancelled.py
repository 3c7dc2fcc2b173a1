"""To who comes to a market: it does not go on, and why."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, title
from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the day, too."""
    _ = translations(facts.language).gettext
    on = isolated(on_and_at(facts), facts.language)
    reason = isolated({"reason": facts.gathering.reason}, facts.language)
    return Words(
        subject=_("The market does not go on"),
        paragraphs=(
            _("“%(title)s” on %(day)s does not go on. We are sorry.") % {**title(facts), **on},
            *((_("Why: “%(reason)s”") % reason,) if facts.gathering.reason else ()),
            _("Do you want to meet organisations? Come to us, or call us."),
        ),
        button=_("See the market"),
        short=_("The market on %(day)s, %(hour)s does not go on.") % briefly(facts.when, facts),
    )

"""To a team: the desk asks something before it says yes."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("We have a question for you"),
        paragraphs=(
            _("We looked at %(organisation)s, and would like to know a little more.") % values,
            _("Read our question on your page, and answer it there. You can call us too."),
        ),
        button=_("Read the question"),
    )

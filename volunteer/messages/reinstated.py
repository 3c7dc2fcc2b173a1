"""To a member of an organisation: it is no longer suspended."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("Your roles are suggested again"),
        paragraphs=(
            _("We looked into it. The open roles of %(organisation)s are suggested again.") % values,
            _("Some introductions may wait for your answer. Please look at your page."),
        ),
        button=_("See my page"),
    )

"""To the owners of a referrer: the desk said yes, and one thing is left."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("Welcome: you can start"),
        paragraphs=(
            _("We looked at %(organisation)s, and it is all right. Welcome!") % values,
            _("One thing comes first: read and accept the agreement on data. Then your team can begin."),
        ),
        button=_("See my page"),
    )

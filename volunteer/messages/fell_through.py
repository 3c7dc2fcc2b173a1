"""To a candidate: we asked, and something they need is not there. It names no need."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = {"organisation": facts.organisation, "role": facts.role}
    return Words(
        subject=_("News about your introduction"),
        paragraphs=(
            _("We asked %(organisation)s about “%(role)s”. It does not fit for now.") % values,
            _("We told them what would make it possible. Meanwhile we looked for other roles for you."),
        ),
        button=_("See my suggestions"),
    )

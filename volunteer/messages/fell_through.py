"""To a candidate: we asked, and something they need is not there. It names no need."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation, "role": facts.role}, facts.language)
    if facts.is_open:
        why = _("We asked %(organisation)s about “%(role)s”. It does not fit for now.") % values
    else:
        why = _("%(organisation)s does not look for anyone for “%(role)s” any more.") % values
    return Words(
        subject=_("News about your introduction"),
        paragraphs=(why, _("We looked for other roles for you.")),
        button=_("See my suggestions"),
    )

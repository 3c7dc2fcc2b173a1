"""To a candidate: the organisation says that it does not go on."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation, "role": facts.role}, facts.language)
    return Words(
        subject=_("News about your introduction"),
        paragraphs=(
            _("%(organisation)s tells us that “%(role)s” does not go on.") % values,
            _("There are other roles for you. Look at your suggestions, or call us and we look together."),
        ),
        button=_("See my suggestions"),
    )

"""To a candidate: what the organisation wrote with its "not now", after somebody at the desk read it."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated(
        {"organisation": facts.organisation, "role": facts.role, "reply": facts.reply}, facts.language
    )
    return Words(
        subject=_("News about your introduction"),
        paragraphs=(
            _("%(organisation)s wrote something for you about “%(role)s”.") % values,
            _("They write: “%(reply)s”") % values,
            _("There are other roles for you. Look at your suggestions, or call us and we look together."),
        ),
        button=_("See my suggestions"),
    )

"""To an organisation: somebody waits for its answer, for days."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("Somebody waits for your answer"),
        paragraphs=(
            _("%(name)s would like to meet you for “%(role)s”, and has not heard from you yet.") % values,
            _("A yes or a “not now” takes a minute. Both are fine. Waiting is hard."),
            _("Do you have a question? Call us."),
        ),
        button=_("Answer now"),
    )

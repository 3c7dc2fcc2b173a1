"""To whoever answers for an organisation: some questions, each with a link that shows it and its buttons."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    return Words(
        subject=_("A few short questions for your team"),
        paragraphs=(
            _("With your answers we find people who fit at %(organisation)s.") % values,
            _("Open a question and press one button. You do not have to log in."),
            _("Some are routine. None of them is about one person."),
        ),
        items=facts.asked,
        button=_("See everything you told us"),
    )

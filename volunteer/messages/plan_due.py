"""To the team of an organisation: the day of their plan has come."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"what": facts.what}, facts.language)
    return Words(
        subject=_("The day of your plan has come"),
        paragraphs=(
            _("You planned this: “%(what)s”. Is it possible now?") % values,
            _("Tell us on your first page. You can also choose another day."),
        ),
        button=_("To our page"),
    )

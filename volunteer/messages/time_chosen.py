"""To a member of an organisation: the person took one of the times it proposed."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role, **on_and_at(facts)}, facts.language)
    return Words(
        subject=_("A time was chosen"),
        paragraphs=(
            _("%(name)s comes on %(day)s, %(hour)s, for “%(role)s”.") % values,
            _("Does it not work out? Change the day on the page, or call us. We tell them."),
        ),
        button=_("See the introduction"),
    )

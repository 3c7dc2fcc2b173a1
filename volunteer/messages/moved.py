"""To a candidate: the organisation named another day and hour, or none for now."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated(
        {"organisation": facts.organisation, "role": facts.role, **on_and_at(facts)}, facts.language
    )
    if facts.when:
        news = _("For “%(role)s” at %(organisation)s you now meet on %(day)s, %(hour)s.") % values
    else:
        news = _("Your appointment for “%(role)s” at %(organisation)s cannot go on as agreed.") % values
    after = (
        _("Can you not come, or do you have a question? Call us, we help you.")
        if facts.when
        else _("You hear from us when there is another day.")
    )
    return Words(subject=_("Your appointment has changed"), paragraphs=(news, after), button=_("See my page"))

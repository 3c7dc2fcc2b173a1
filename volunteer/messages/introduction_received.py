"""To a member of an organisation: somebody would like to meet you, or several people would."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; several people are one message, which counts them."""
    if facts.count > 1:
        return _of_several(facts)
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("Somebody would like to meet you"),
        paragraphs=(
            _("%(name)s would like to help with “%(role)s”.") % values,
            _("Look at what this person tells you, and say when they can come by."),
            _("They are waiting to hear from you."),
        ),
        button=_("See the introduction"),
    )


def _of_several(facts: Facts) -> Words:
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    return Words(
        subject=_("Several people would like to meet you"),
        paragraphs=(
            catalogue.ngettext(
                "%(count)d person would like to help.", "%(count)d people would like to help.", facts.count
            )
            % {"count": facts.count},
            _("Look at what each of them tells you, and say when they can come by."),
            _("All of them are waiting to hear from you."),
        ),
        button=_("See the introductions"),
    )

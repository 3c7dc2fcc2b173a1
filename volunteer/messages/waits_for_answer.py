"""To an organisation: somebody waits for its answer, for days."""

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
        subject=_("Somebody waits for your answer"),
        paragraphs=(
            _("%(name)s would like to meet you for “%(role)s”, and has not heard from you yet.") % values,
            _("A yes or a “not now” takes a minute. Both are fine. Waiting is hard."),
            _("Do you have a question? Call us."),
        ),
        button=_("Answer now"),
    )


def _of_several(facts: Facts) -> Words:
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    return Words(
        subject=_("Several people wait for your answer"),
        paragraphs=(
            catalogue.ngettext(
                "%(count)d person would like to meet you, and has not heard from you yet.",
                "%(count)d people would like to meet you, and have not heard from you yet.",
                facts.count,
            )
            % {"count": facts.count},
            _("A yes or a “not now” takes a minute. Both are fine. Waiting is hard."),
            _("Do you have a question? Call us."),
        ),
        button=_("See the introductions"),
    )

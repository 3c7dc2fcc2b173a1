"""To whoever answers for an organisation: does this role still stand? A button says yes."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    values = isolated({"role": facts.role}, facts.language)
    return Words(
        subject=_("Is this role still true?"),
        paragraphs=(
            _("“%(role)s” has been the same for three months.") % values,
            _("Press the button, and we go on looking for people. You do not have to log in."),
            catalogue.ngettext(
                "If we hear nothing for %(count)d day, we close it. You can open it again.",
                "If we hear nothing for %(count)d days, we close it. You can open it again.",
                facts.count,
            )
            % {"count": facts.count},
        ),
        button=_("Yes, it is still true"),
    )

"""To whoever answers for an organisation: does this role still stand? A button says yes."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; several roles are one message, each with its own link."""
    if len(facts.asked) > 1:
        return _of_several(facts)
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    values = isolated({"role": facts.role}, facts.language)
    since = _("“%(role)s” has been the same for three months.") % values
    otherwise = catalogue.ngettext(
        "If we hear nothing for %(count)d day, we close it. You can open it again.",
        "If we hear nothing for %(count)d days, we close it. You can open it again.",
        facts.count,
    ) % {"count": facts.count}
    return Words(
        subject=_("Is this role still true?"),
        paragraphs=(
            since,
            _("Press the button, and we go on looking for people. You do not have to log in."),
            otherwise,
        ),
        spoken=(since, _("Is it still true? Then we go on looking for people."), otherwise),
        button=_("Yes, it is still true"),
    )


def _of_several(facts: Facts) -> Words:
    catalogue = translations(facts.language)
    _ = catalogue.gettext
    return Words(
        subject=_("Are these roles still true?"),
        paragraphs=(
            _("These roles have been the same for three months."),
            _("Open each one that still stands, and press the button. You do not have to log in."),
            catalogue.ngettext(
                "If we hear nothing of a role for %(count)d day, we close it. You can open it again.",
                "If we hear nothing of a role for %(count)d days, we close it. You can open it again.",
                facts.count,
            )
            % {"count": facts.count},
        ),
        items=tuple(
            (str(isolated({"role": role}, facts.language)["role"]), link) for role, link in facts.asked
        ),
        button=_("See our page"),
    )

"""To an organisation without an account: somebody would like to meet you, and this is how to answer."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated(
        {"name": facts.first_name, "role": facts.role, "organisation": facts.organisation}, facts.language
    )
    wish = _("%(name)s would like to help %(organisation)s with “%(role)s”.") % values
    return Words(
        subject=_("Somebody would like to volunteer with you"),
        paragraphs=(
            wish,
            _("%(name)s found you through our volunteer service. It is free for everyone.") % values,
            _("Make a password with the link below. You then see the introduction and can answer it."),
        ),
        button=_("Make my account"),
        spoken=(wish, _("To which e-mail address may we send you a link, so that you can answer?")),
    )

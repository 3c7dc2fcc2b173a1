"""To whoever answers for an organisation: a role closed, because nobody said whether it still stands."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"role": facts.role}, facts.language)
    return Words(
        subject=_("We closed one of your roles"),
        paragraphs=(
            _("We asked whether “%(role)s” is still true, and heard nothing. So we closed it.") % values,
            _("Nobody new is sent to you for it. Do you still look for people? Open it again."),
        ),
        button=_("Open it again"),
    )

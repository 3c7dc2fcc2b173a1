"""To a support worker: a file that they began was not confirmed. Whose it was is not known any more."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("A file disappeared"),
        paragraphs=(
            _("Two weeks ago you signed somebody up. They did not confirm, so the file disappeared."),
            _("Nothing of it is kept, so we cannot say whose it was. You can sign them up again together."),
        ),
        button=_("Sign up together"),
    )

"""To an organisation: how does it go with somebody who started there?"""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"name": facts.first_name, "role": facts.role}, facts.language)
    return Words(
        subject=_("How does it go?"),
        paragraphs=(
            _("%(name)s started with you for “%(role)s”. How does it go?") % values,
            _("It is one question. You do not have to log in."),
        ),
        button=_("Say how it goes"),
        by_reply=(
            _("You can also answer this mail. Write 1: it goes well. 2: it could be better. 3: it stopped."),
        ),
    )

"""To a candidate: how does it go, some time after they started?"""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    values = isolated({"organisation": facts.organisation}, facts.language)
    asked = _("You volunteer at %(organisation)s. How does it go?") % values
    return Words(
        subject=_("How does it go?"),
        paragraphs=(
            asked,
            _("It is one question. Open this page and press a button, or call us."),
        ),
        button=_("Say how it goes"),
        by_reply=(
            _("You can also answer this mail. Write 1: it goes well. 2: it could be better. 3: it stopped."),
        ),
        short=_("How does it go? Answer 1 good, 2 so-so, 3 stopped.") if facts.centre.reads_texts else "",
        spoken=(asked, _("Tell us: it goes well, it could be better, or it stopped.")),
    )

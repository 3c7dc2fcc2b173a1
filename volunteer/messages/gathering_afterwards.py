"""To who came to a gathering: what there is to read, and one question."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    thanks = _("You were at “%(title)s”. Thank you for coming.") % title(facts)
    material = (facts.gathering.material,) if facts.gathering.material else ()
    return Words(
        subject=_("Thank you for coming"),
        paragraphs=(thanks, *material, _("We have one question for you. You find it on this page.")),
        button=_("Open the page"),
        spoken=(thanks, *material, _("How was it for you? Tell us, we listen.")),
        short=_("Thank you for coming. We have one question for you."),
    )

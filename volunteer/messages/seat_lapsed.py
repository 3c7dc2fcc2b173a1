"""To who was offered a seat and did not answer in time: it is not kept for them any more."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    return Words(
        subject=_("We no longer keep the seat for you"),
        paragraphs=(
            _("We kept a seat for you at “%(title)s”.") % title(facts),
            _("We did not hear from you in time. We no longer keep it for you."),
            _("Do you still want to come? Sign up again, or call us."),
        ),
        button=_("See this activity"),
    )

"""To a visitor without a file: somebody they met wants to go on, too, and a file is what is missing."""

from __future__ import annotations

from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    good_news = _("Good news: an organisation that you met at the market wants to go on with you, too.")
    return Words(
        subject=_("They want to go on, too"),
        paragraphs=(
            good_news,
            _("To bring you together we need a file with your answers. That takes about three minutes."),
            _("On this page you see who it is, and you can begin."),
        ),
        button=_("See who it is"),
        spoken=(good_news, _("Come by at the info desk: we make a file together.")),
        short=_("An organisation from the market wants to go on with you. Begin here:"),
    )

"""To a team: its stand at a market is confirmed."""

from __future__ import annotations

from volunteer.messages.at_gathering import title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; the spot where it is known already."""
    _ = translations(facts.language).gettext
    spot = isolated({"spot": facts.what}, facts.language)
    said = (
        _("Your stand at “%(title)s” is confirmed.") % title(facts),
        when(facts),
        *where(facts),
        _("Your spot is %(spot)s.") % spot
        if facts.what
        else _("We still give out the spots. Yours will stand on your page."),
    )
    return Words(
        subject=_("Your stand is confirmed"),
        paragraphs=(
            *said,
            _("On your page you find a link for who stands there: it shows who comes next."),
        ),
        button=_("See our stand"),
        spoken=said,
    )

"""To a team, the day before: when and where its stand is, and the page for who stands there."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, title, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; the spot where there is one."""
    _ = translations(facts.language).gettext
    said = [_("Tomorrow your stand is at “%(title)s”.") % title(facts), when(facts), *where(facts)]
    short = _("Your stand is at the market tomorrow, %(hour)s.") % briefly(facts.when, facts)
    if facts.what:
        spot = _("Your spot is %(spot)s.") % isolated({"spot": facts.what}, facts.language)
        said.append(spot)
        short = f"{short} {spot}"
    return Words(
        subject=_("Your stand is tomorrow"),
        paragraphs=(
            *said,
            _("Give this page to whoever stands there. It shows who comes next, and works on every phone."),
        ),
        button=_("Open the page of our stand"),
        spoken=tuple(said),
        short=short,
    )

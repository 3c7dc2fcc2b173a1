"""To a team with a stand: its market is at another time or place."""

from __future__ import annotations

from dataclasses import replace

from volunteer.messages import market_moved
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """What everybody hears, with the way to the page of the stand."""
    _ = translations(facts.language).gettext
    return replace(market_moved.compose(facts), button=_("See our stand"))

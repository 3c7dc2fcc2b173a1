"""To a team with a stand: its market does not go on, and why."""

from __future__ import annotations

from dataclasses import replace

from volunteer.messages import market_cancelled
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """What everybody hears, but for the way to meet organisations."""
    _ = translations(facts.language).gettext
    said = market_cancelled.compose(facts)
    return replace(said, paragraphs=said.paragraphs[:-1], button=_("See our stand"))

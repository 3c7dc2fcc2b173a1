"""What stands on the line that somebody takes along to another service, in their language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Two sentences."""

    go_here: str
    come_back: str


def paper_words(_: Callable[[str], str]) -> PaperWords:
    """Say them with the translator that is given."""
    return PaperWords(go_here=_("You can go here:"), come_back=_("You may always come back to us."))

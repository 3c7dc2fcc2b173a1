"""A person who reads slowly and taps, made up by rules that can be repeated.

They read every word in sight at 100 words a minute, which is slow (people who read well read 200 and more):
languages, doors, the name of the service, the help strip with its phone number, every option, every consent
to its last word, the line that stands in a closed list. Where a screen may show more or less (the name beside
the logo, the button that reads aloud), the longer way counts. A line that is word for word the same as one
read before counts once: nobody reads *Next*, or the help strip, on every page again. Figures are words; a
line that differs only in a figure (“3 of 9” after “2 of 9”) is the same line.

Every tap takes two seconds: a language, a door, a choice, a field, a button, the ticks of consents that are
needed; every letter of a name half a second. What is folded is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.functional.browsing import Browser
from tests.functional.visible_words import visible_lines, words_of

SECONDS_A_WORD = 60 / 100
SECONDS_A_TAP = 2
SECONDS_A_LETTER = 0.5
NAME = "Amina"
_FIGURES = re.compile(r"\d+")


@dataclass
class Person:
    """Reads what is new to them, taps and types."""

    browser: Browser
    known: set[str] = field(default_factory=set)
    screens: int = 0
    words: int = 0
    taps: int = 0
    letters: int = 0

    def read(self) -> None:
        """Look at the page that is open."""
        self.screens += 1
        lines = dict.fromkeys(_FIGURES.sub("0", line) for line in visible_lines(self.browser.page))
        new = [line for line in lines if line not in self.known]
        self.known.update(new)
        self.words += sum(len(words_of(line)) for line in new)

    @property
    def seconds(self) -> float:
        """How long it took until now."""
        return self.words * SECONDS_A_WORD + self.taps * SECONDS_A_TAP + self.letters * SECONDS_A_LETTER

"""How easy a text reads, and what would make it easier: advice to who writes, never a gate.

Flesch-Douma for Dutch (W. H. Douma, 1960), Kandel-Moles for French (L. Kandel and A. Moles, 1958), Flesch for
English (R. Flesch, 1948); all count words per sentence (ASL) and syllables per word (ASW).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from types import MappingProxyType

LANGUAGES = ("nl", "fr", "en")
"""Languages with a formula. Of a text in another one nothing is said."""
MOST_WORDS = 20
"""A longer sentence is named."""
MOST_NAMED = 4
"""So many sentences and words are named at once: more is not read."""
FEWEST_WORDS = 20
"""A shorter text has no score: one long word would decide it."""
LONG_WORD = {"nl": 15, "fr": 14, "en": 14}
"""Letters from which on a word is called long. Dutch writes compounds as one word."""

_BREAK = re.compile(r"(?<=[.!?])\s+|\s*[:;]\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS = {
    "nl": re.compile(r"ij|[aeiouy]+|[àâéèêëïöü]"),
    "fr": re.compile(r"[aeiouyàâéèêëîïôöùûü]+"),
    "en": re.compile(r"[aeiouy]+"),
}
_SILENT = {"fr": re.compile(r"(?<=[^aeiouyéè])(e|es|ent)$"), "en": re.compile(r"(?<=[^aeiouyl])(e|es|ed)$")}
_EASY = {"nl": 70.0, "fr": 70.0, "en": 75.0}
_PLAIN = 50.0


class Ease(StrEnum):
    """How a text reads, in three steps."""

    EASY = "easy"
    PLAIN = "plain"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text."""

    sentences: list[str]
    words: int
    syllables: int

    @classmethod
    def of(cls, sentences: Iterable[str], language: str) -> Reading:
        """Count these sentences; those without a word are left out."""
        spoken = [sentence for sentence in sentences if words_of(sentence)]
        words = [word for sentence in spoken for word in words_of(sentence)]
        return cls(spoken, len(words), sum(syllables(word, language) for word in words))

    def score(self, language: str) -> float:
        """Ease of reading: 100 is very easy, 60 is plain, 30 is hard. Needs at least one word."""
        length, weight = self.words / len(self.sentences), self.syllables / self.words
        match language:
            case "nl":
                return 206.835 - 0.93 * length - 77 * weight
            case "fr":
                return 207 - 1.015 * length - 73.6 * weight
            case _:
                return 206.835 - 1.015 * length - 84.6 * weight

    @property
    def longest(self) -> str:
        """The sentence with most words."""
        return max(self.sentences, key=lambda sentence: len(words_of(sentence)))


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that many people do not know, with an easier one where we have it."""

    word: str
    easier: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """What would make a text easier to read."""

    ease: Ease | None
    """``None`` for a text that is too short to say."""
    long_sentences: tuple[str, ...]
    hard_words: tuple[HardWord, ...]

    @property
    def is_content(self) -> bool:
        """Whether there is nothing to advise."""
        return not self.long_sentences and not self.hard_words and self.ease in {None, Ease.EASY}


def advise(texts: Iterable[str], language: str) -> Advice | None:
    """What to say about these texts as a whole; ``None`` for a language without a formula."""
    if language not in LANGUAGES:
        return None
    reading = Reading.of((part for text in texts for part in sentences_of(text)), language)
    is_long_enough = reading.words >= FEWEST_WORDS
    longs = [each for each in reading.sentences if len(words_of(each)) > MOST_WORDS]
    return Advice(
        ease=_ease(reading.score(language), language) if is_long_enough else None,
        long_sentences=tuple(longs[:MOST_NAMED]),
        hard_words=tuple(_hard_words(reading.sentences, language)[:MOST_NAMED]),
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a new line, a colon and a semicolon end one too."""
    return [" ".join(part.split()) for part in _BREAK.split(text.strip()) if part.strip()]


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, figures left out."""
    return _WORD.findall(sentence)


def syllables(word: str, language: str) -> int:
    """About how many syllables a word has: groups of vowels, without a silent end."""
    spoken = word.lower().replace("’", "'")
    if language in _SILENT and len(spoken) > 3:
        spoken = _SILENT[language].sub("", spoken)
    return max(1, len(_VOWELS[language].findall(spoken)))


def _ease(score: float, language: str) -> Ease:
    if score >= _EASY[language]:
        return Ease.EASY
    return Ease.PLAIN if score >= _PLAIN else Ease.HARD


def _hard_words(sentences: Iterable[str], language: str) -> list[HardWord]:
    """Words of our list before words that are only long, each once, in the order of the text."""
    listed, known = _WORDS[language], _KNOWN[language]
    text = " ".join(sentences).lower().replace("’", "'")
    named = sorted(
        (found.start(), HardWord(phrase, easier))
        for phrase, easier in listed.items()
        if (found := re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))
    )
    hard = [word for _start, word in named]
    for word in dict.fromkeys(word for sentence in sentences for word in words_of(sentence)):
        plain = word.lower()
        if len(word) >= LONG_WORD[language] and "-" not in word and plain not in {*listed, *known}:
            hard.append(HardWord(word, None))
    return hard


_Lists = Mapping[str, Mapping[str, str]]


def _read() -> tuple[_Lists, Mapping[str, frozenset[str]]]:
    file = resources.files("volunteer").joinpath("data", "plain_words.toml")
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    easier = {language: MappingProxyType(found[language]["easier"]) for language in LANGUAGES}
    return easier, {language: frozenset(found[language]["known"]) for language in LANGUAGES}


_WORDS, _KNOWN = _read()

"""How easy a page reads: its sentences, words and syllables, and the formula of each language.

Flesch-Douma for Dutch (W. H. Douma, 1960), Kandel-Moles for French (L. Kandel and A. Moles, 1958), Flesch for
English (R. Flesch, 1948); all count words per sentence (ASL) and syllables per word (ASW).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = {
    "p", "h1", "h2", "h3", "li", "label", "legend", "dt", "dd", "button", "summary", "option", "a", "div",
    "form", "section", "fieldset", "nav", "ul", "ol", "dl", "main", "aside", "article", "header", "details",
    "caption", "th", "td",
}  # fmt: skip
NOT_READ = {"script", "style", "select", "title", "svg", "nav", "bdi"}
"""Lists to look something up in, pictures, names and addresses are not prose."""
_VOID = {"input", "img", "br", "hr", "meta", "link"}
_END = re.compile(r"(?<=[.!?])\s+|\s*[:;]\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS = {
    "nl": re.compile(r"ij|[aeiouy]+|[àâéèêëïöü]"),
    "fr": re.compile(r"[aeiouyàâéèêëîïôöùûü]+"),
    "en": re.compile(r"[aeiouy]+"),
}
_SILENT = {"fr": re.compile(r"(?<=[^aeiouyéè])(e|es|ent)$"), "en": re.compile(r"(?<=[^aeiouyl])(e|es|ed)$")}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted on a page."""

    sentences: list[str]
    words: int
    syllables: int

    def score(self, language: str) -> float:
        """Ease of reading: 100 is very easy, 60 is plain, 30 is hard."""
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


def read(page: str, language: str) -> Reading:
    """Count what a reader meets on ``page`` (its source), everything in one language."""
    parser = _Reader()
    parser.feed(page)
    parser.close()
    blocks = [" ".join(block.split()) for block in parser.blocks]
    # The same label in every row of a table is read once: it makes a page neither easier nor harder.
    sentences = list(dict.fromkeys(part for block in blocks for part in _END.split(block) if words_of(part)))
    words = [word for sentence in sentences for word in words_of(sentence)]
    return Reading(sentences, len(words), sum(syllables(word, language) for word in words))


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, figures left out."""
    return _WORD.findall(sentence)


def syllables(word: str, language: str) -> int:
    """About how many syllables a word has: groups of vowels, without a silent end."""
    spoken = word.lower().replace("’", "'")
    if language in _SILENT and len(spoken) > 3:
        spoken = _SILENT[language].sub("", spoken)
    return max(1, len(_VOWELS[language].findall(spoken)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = given.get("class") or ""
        # What is folded away is read only by who asks for it.
        hidden = given.get("aria-hidden") == "true" or "visually-hidden" in classes or "more-body" in classes
        if self._skipped or tag in NOT_READ or hidden or (tag != "html" and "lang" in given):
            self._skipped.append(tag)
        elif tag in BLOCKS or "hint" in classes:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped.pop()
        elif tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.blocks[-1] += data

"""The words that somebody sees on a page, without opening anything that is folded."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_LINES = {
    "p", "h1", "h2", "h3", "h4", "li", "label", "legend", "dt", "dd", "button", "summary", "a", "div", "form",
    "section", "fieldset", "nav", "ul", "ol", "dl", "main", "aside", "article", "header", "details", "b",
    "br", "select",
}  # fmt: skip
_LINES_BY_CLASS = {"brand-place"}
_NEVER_SEEN = {"head", "script", "style", "template", "svg", "noscript"}
_VOID = {"input", "img", "br", "hr", "meta", "link", "use", "path"}
_HIDDEN_CLASSES = {"visually-hidden", "skip", "choice-reveal", "wipe-long"}
"""Shown to screen readers alone, when a choice is made, or on wide screens in place of fewer words."""
_WORD = re.compile(r"[^\W_]+(?:[’'.@+-][^\W_]+)*")


def words_of(line: str) -> list[str]:
    """Everything that is read as one: a word, a number."""
    # The short vowels of Arabic stand on letters and are none; marks of direction are nothing to read.
    return _WORD.findall("".join(each for each in line if unicodedata.category(each) not in {"Mn", "Cf"}))


def visible_lines(page: str) -> list[str]:
    """The lines of a page (its source) in the order of reading."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [line for line in (" ".join(each.split()) for each in reader.lines) if line]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._options = 0
        self._open: list[tuple[str, bool]] = []
        """Each open tag, and whether what is in it is out of sight."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _LINES or given.get("class") in _LINES_BY_CLASS:
            self.lines.append("")
        if tag in _VOID:
            return
        is_hidden = (
            tag in _NEVER_SEEN
            or given.get("aria-hidden") == "true"
            or "hidden" in given
            or bool(_HIDDEN_CLASSES & set((given.get("class") or "").split()))
            or self._is_folded(tag)
            or self._is_further_down(tag)
        )
        self._open.append((tag, is_hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.lines.append("")
        while self._open and tag in (name for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self.lines[-1] += data

    def _is_folded(self, tag: str) -> bool:
        """Whether this stands in a closed group and is not the line that opens it."""
        return bool(self._open) and self._open[-1][0] == "details" and tag != "summary"

    def _is_further_down(self, tag: str) -> bool:
        """Whether this is in a closed list and not its first line, the one that stands in it."""
        self._options = {"select": 0, "option": self._options + 1}.get(tag, self._options)
        return tag == "option" and self._options > 1

"""The words that somebody sees on a page, without opening anything that is folded."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LINES = {
    "p", "h1", "h2", "h3", "h4", "li", "label", "legend", "dt", "dd", "button", "summary", "a", "div", "form",
    "section", "fieldset", "nav", "ul", "ol", "dl", "main", "aside", "article", "header", "details", "b",
    "br",
}  # fmt: skip
_NEVER_SEEN = {"head", "script", "style", "template", "svg", "select", "noscript"}
"""Of a list only what stands in it at first is seen; that is said by its label."""
_VOID = {"input", "img", "br", "hr", "meta", "link", "use", "path"}
_HIDDEN_CLASSES = {"visually-hidden", "skip", "choice-reveal", "brand-text", "wipe-long", "aloud"}
"""Shown to screen readers alone, when a choice is made, on wide screens, or where a voice can read it out."""
_WORD = re.compile(r"[^\W_]+(?:[’'.@+-][^\W_]+)*")


def words_of(line: str) -> list[str]:
    """Everything that is read as one: a word, a number."""
    return _WORD.findall(line.replace("\u2068", "").replace("\u2069", ""))


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
        self._open: list[tuple[str, bool]] = []
        """Each open tag, and whether what is in it is out of sight."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.lines.append("")
        if tag in _VOID:
            return
        given = dict(attrs)
        is_hidden = (
            tag in _NEVER_SEEN
            or given.get("aria-hidden") == "true"
            or "hidden" in given
            or bool(_HIDDEN_CLASSES & set((given.get("class") or "").split()))
            or self._is_folded(tag)
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

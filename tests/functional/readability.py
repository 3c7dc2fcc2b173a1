"""How easy a page reads: what a reader meets on it, counted as the advice to who writes a role counts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from volunteer.domain.plain_language import Reading, syllables, words_of

__all__ = ["Reading", "read", "syllables", "words_of"]

BLOCKS = {
    "p", "h1", "h2", "h3", "li", "label", "legend", "dt", "dd", "button", "summary", "option", "a", "div",
    "form", "section", "fieldset", "nav", "ul", "ol", "dl", "main", "aside", "article", "header", "details",
    "caption", "th", "td",
}  # fmt: skip
NOT_READ = {"script", "style", "select", "title", "svg", "nav", "bdi"}
"""Lists to look something up in, pictures, names and addresses are not prose."""
_VOID = {"input", "img", "br", "hr", "meta", "link"}
_END = re.compile(r"(?<=[.!?])\s+|\s*[:;]\s+")


def read(page: str, language: str) -> Reading:
    """Count what a reader meets on ``page`` (its source), everything in one language."""
    parser = _Reader()
    parser.feed(page)
    parser.close()
    blocks = [" ".join(block.split()) for block in parser.blocks]
    # The same label in every row of a table is read once: it makes a page neither easier nor harder.
    return Reading.of(dict.fromkeys(part for block in blocks for part in _END.split(block)), language)


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

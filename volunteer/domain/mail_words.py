"""The words somebody wrote in a mail themselves: without what is quoted, signed or dressed up."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from volunteer.domain.replies import as_kept

_BY = re.compile(r"(?:wrote|schreef|geschreven|a écrit|كتب|كتبت)(?:\s[^\n]{0,80})?\s?:\s*$", re.IGNORECASE)
"""The end of the line that a mail program puts above what it quotes."""
_BEGINS = re.compile(r"^(?:on|op|le|في|am)\b", re.IGNORECASE)
_HEAD = re.compile(r"^\*?(?:from|van|de|expéditeur|من)\s?:\*?\s", re.IGNORECASE)
_RULE = re.compile(r"^(?:_{8,}|-{3,}\s?\S.{0,60}\S\s?-{3,})\s*$")
"""As in ``-----Original Message-----``."""
_MOST_LINES = 2000
_LONGEST_LINE = 4000
_SILENT = frozenset({"script", "style", "head", "title", "blockquote"})
_BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3"})


def own_words(text: str) -> str:
    """What stands above the quotation, without lines that are quoted between, and without the signature."""
    kept: list[str] = []
    for line in (each[:_LONGEST_LINE] for each in text.splitlines()[:_MOST_LINES]):
        bare = line.strip(" \t\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
        if line.rstrip() == "--" or _RULE.match(bare) or _HEAD.match(bare):
            break
        if _BY.search(bare):
            _take_back_its_beginning(kept, bare)
            break
        if not bare.startswith(">"):
            kept.append(bare)
    return as_kept("\n".join(kept))


def first_line(words: str) -> str:
    """The first line that says anything."""
    return next((line for line in words.splitlines() if line.strip()), "")


def without_form(html: str) -> str:
    """The words of a page: quotations, styles and scripts left out, a line for each paragraph."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # The parser says so of a broken declaration; what it read before that stands.
        return reader.text()
    return reader.text()


def _take_back_its_beginning(kept: list[str], line: str) -> None:
    """The line above a quotation is often broken in two: "On Tuesday, the desk <desk@…>" and "wrote:"."""
    if not _BEGINS.match(line) and kept and _BEGINS.match(kept[-1]):
        kept.pop()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_quote = tag == "div" and any("quote" in (value or "") for name, value in attrs if name == "class")
        if tag in _SILENT or is_quote or (self._silent and tag == "div"):
            self._silent += 1
        elif tag in _BREAKS:
            self._said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and (tag in _SILENT or tag == "div"):
            self._silent -= 1
        elif tag in _BREAKS:
            self._said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._said.append(" ".join(data.split()) if data.strip() else " ")

    def text(self) -> str:
        return "".join(self._said)

"""The words somebody wrote in a mail themselves: without what is quoted, signed or dressed up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from volunteer.domain.replies import as_kept

_BY = re.compile(r"(?:wrote|schreef|geschreven|a écrit|كتب|كتبت)(?:\s[^\n]{0,80})?\s?:\s*$", re.IGNORECASE)
"""The end of the line that a mail program puts above what it quotes."""
_BEGINS = re.compile(r"^(?:on|op|le|في|am)\b", re.IGNORECASE)
_HEAD = re.compile(r"^\*?(?:from|van|de|expéditeur|من)\s?:\*?\s", re.IGNORECASE)
_RULE = re.compile(r"^(?:_{8,}|-{3,}\s?\S.{0,60}\S\s?-{3,})\s*$")
"""As in ``-----Original Message-----``."""
_SIGNATURE = "--"
_AROUND = " \t\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_MOST_LINES = 2000
_LONGEST_LINE = 4000
_SILENT = frozenset({"script", "style", "head", "title", "blockquote"})
_BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3"})


def own_words(text: str) -> str:
    """What stands above and below the quotation, without lines that are quoted, and without the signature.

    Where that leaves nothing, every line that is not marked as quoted: rather a signature too many than words
    that nobody reads.
    """
    lines = [_bare(each) for each in text.splitlines()[:_MOST_LINES]]
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _ends_all(line):
            break
        if _BY.search(line):
            _take_back_its_beginning(kept, line)
            if not _is_quoted_next(lines, at):
                break
        elif not line.startswith(">"):
            kept.append(line)
    return as_kept("\n".join(kept)) or _uncut(lines)


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


def _bare(line: str) -> str:
    line = line[:_LONGEST_LINE]
    return _SIGNATURE if line.rstrip() == _SIGNATURE else line.strip(_AROUND)


def _ends_all(line: str) -> bool:
    """Whether nothing of theirs follows: a signature, or the mail before this one without marks."""
    return line == _SIGNATURE or bool(_RULE.match(line) or _HEAD.match(line))


def _is_quoted_next(lines: Sequence[str], at: int) -> bool:
    """Whether what a mail program announces here is marked line by line, so that its end shows."""
    return next((line for line in lines[at + 1 :] if line), "").startswith(">")


def _uncut(lines: Sequence[str]) -> str:
    """Every line that is not marked as quoted; nothing where those only say that something follows."""
    open_lines = [line for line in lines if not line.startswith(">")]
    said: list[str] = []
    for line in open_lines:
        if _BY.search(line):
            _take_back_its_beginning(said, line)
        elif line and not _ends_all(line):
            said.append(line)
    return as_kept("\n".join(open_lines)) if said else ""


def _take_back_its_beginning(kept: list[str], line: str) -> None:
    """The line above a quotation is often broken in two: "On Tuesday, the desk <desk@…>" and "wrote:"."""
    if not _BEGINS.match(line) and kept and _BEGINS.match(kept[-1]):
        kept.pop()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._said: list[str] = []
        self._silent = 0
        self._before_head: int | None = None
        """How many silences there were outside the head, while it lasts."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" or tag in _BREAKS:
            # Mail programs leave out the end of the head, and so may a page.
            self._end_head()
        if tag == "head":
            self._before_head = self._silent
        is_quote = tag == "div" and any("quote" in (value or "") for name, value in attrs if name == "class")
        if tag in _SILENT or is_quote or (self._silent and tag == "div"):
            self._silent += 1
            self._said.append("\n")
        elif tag in _BREAKS:
            self._said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._end_head()
        elif self._silent and (tag in _SILENT or tag == "div"):
            self._silent -= 1
        elif tag in _BREAKS:
            self._said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._said.append(" ".join(data.split()) if data.strip() else " ")

    def text(self) -> str:
        return "".join(self._said)

    def _end_head(self) -> None:
        if self._before_head is not None:
            self._silent, self._before_head = self._before_head, None

"""What somebody typed, made fit for paper: nothing unseen, nothing that steers our own words."""

from __future__ import annotations

import re
import unicodedata

STRONG, WEAK = "\ufdd0", "\ufdd1"
"""Not characters, by definition, so no text holds them: what stands between is bold."""
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")
_OURS = ISOLATES | {STRONG, WEAK}
_KEPT = _OURS | JOINERS
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Mc", "Me"})
_TONES = range(0x1F3FB, 0x1F400)
"""Colours of skin (emoji modifiers, Unicode Technical Standard 51)."""
_ALIKE = str.maketrans({"\r": "", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2010": "-", "\u2011": "-"})
_SPACES = re.compile(r"[^\S\n\u00a0]+")


def strong(text: str) -> str:
    """``text`` as the bold part of a sentence."""
    return f"{STRONG}{text}{WEAK}"


def readable(text: str) -> str:
    """What of a text that somebody typed can stand on paper, by itself or within a sentence of ours.

    Controls go, and signs that steer the direction of others: an unclosed one would turn our words around.
    """
    return tidy("".join(each for each in text if each not in _OURS))


def on_one_line(text: str) -> str:
    """What somebody typed as a name or a title, made readable."""
    return readable(text.replace("\n", " ").replace("\r", " "))


def shortened(text: str, *, most: int = 300, lines: int = 5) -> str:
    """What somebody typed, made readable, and no longer than a sheet has room for."""
    kept = "\n".join([each.strip() for each in readable(text).split("\n") if each.strip()][:lines])
    return kept if len(kept) <= most else kept[:most].rstrip() + "…"


def tidy(text: str) -> str:
    """A text without what nobody sees; our own marks stay."""
    normal = unicodedata.normalize("NFC", text.translate(_ALIKE))
    return _SPACES.sub(" ", "".join(filter(_stays, normal))).strip()


def _stays(character: str) -> bool:
    if character in _KEPT or character.isspace():
        return True
    return unicodedata.category(character) not in _UNSEEN


def is_mark(character: str) -> bool:
    """Whether it belongs to the letter before it."""
    belongs = character in JOINERS or ord(character) in _TONES
    return belongs or unicodedata.category(character) in _MARKS

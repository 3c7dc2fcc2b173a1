"""Text messages: how many parts a text takes, and how to write it in the letters that take the fewest.

The alphabet is that of 3GPP TS 23.038 (GSM 03.38), section 6.2.1; the lengths of joined parts are those of
3GPP TS 23.040, section 9.2.3.24.1.
"""

from __future__ import annotations

from unicodedata import combining, normalize

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
"""Each takes the room of two."""
_MARKS = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...",
        "\u00a0": " ", "\u202f": " ", "·": "-", "\u2068": "", "\u2069": "",
    }
)  # fmt: skip
_ALONE, _JOINED = 160, 153
_WIDE_ALONE, _WIDE_JOINED = 70, 67


def parts(text: str) -> int:
    """How many messages ``text`` is sent and paid as; an empty one is one."""
    if set(text) <= _BASIC | _EXTENDED:
        length = len(text) + sum(character in _EXTENDED for character in text)
        alone, joined = _ALONE, _JOINED
    else:
        length = len(text.encode("utf-16-le")) // 2
        alone, joined = _WIDE_ALONE, _WIDE_JOINED
    return 1 if length <= alone else -(-length // joined)


def in_plain_letters(text: str) -> str:
    """``text`` with typographic marks as plain ones, and letters that phones have to pay for without accent.

    One letter outside the alphabet halves what fits in a message. Another script stays as it is.
    """
    return "".join(map(_plain, text.translate(_MARKS)))


def _plain(character: str) -> str:
    if character in _BASIC | _EXTENDED:
        return character
    bare = "".join(part for part in normalize("NFD", character) if not combining(part))
    return bare if set(bare) <= _BASIC else character

"""The squares of a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Sequence

import segno

from volunteer.documents.writing import POINT

_MASK = 4
"""Every reader knows all eight. Choosing the best for each code takes four fifths of the time, and is worth
three points in a hundred of what the standard counts (7.8.3); this one is the best on average."""
_OVERLAP = 0.02
"""Rows overlap by this many millimetres, or viewers show hair lines between them."""


def qr_matrix(link: str) -> Sequence[Sequence[int]]:
    """The squares of a code, 1 for black. Level L: paper is flat and clean, and large squares count more."""
    return segno.make_qr(link, error="l", boost_error=False, mask=_MASK).matrix


def marks(link: str, *, x: float, y: float, side: float) -> str:
    """A code as one filled path (ISO 32000, 8.5): its corner at the top left, and its side, in points."""
    rows = qr_matrix(link)
    step = side / len(rows)
    high = step + _OVERLAP / POINT
    squares = [
        f"{x + begin * step:.3f} {y - number * step:.3f} {length * step:.3f} {-high:.3f} re"
        for number, row in enumerate(rows)
        for begin, length in stretches(row)
    ]
    return "\n".join(["0 g", *squares, "f"])


def stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where black begins in a row of a code, and for how long."""
    found: list[tuple[int, int]] = []
    for number, is_dark in enumerate(row):
        if is_dark and found and sum(found[-1]) == number:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((number, 1))
    return found

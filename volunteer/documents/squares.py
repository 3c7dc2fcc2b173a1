"""The squares of a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Sequence

import segno


def qr_matrix(link: str) -> Sequence[Sequence[int]]:
    """The squares of a code, 1 for black. Level L: paper is flat and clean, and large squares count more."""
    return segno.make_qr(link, error="l", boost_error=False).matrix


def stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where black begins in a row of a code, and for how long."""
    found: list[tuple[int, int]] = []
    for number, is_dark in enumerate(row):
        if is_dark and found and sum(found[-1]) == number:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((number, 1))
    return found

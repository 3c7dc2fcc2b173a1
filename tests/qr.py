"""Reading small QR codes back from their squares, as a phone does: what is printed is what opens.

Only what our cards use (ISO/IEC 18004): bytes, level L, versions 1 to 5, where all data is one block. Nothing
is repaired: a code of ours has no square wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

Matrix = Sequence[Sequence[int]]
"""Rows of squares, 1 where it is dark."""
_FORMAT_MASK = 0b101010000010010
_LEVEL_L = 0b01
_BYTES = 0b0100
_LARGEST = 5
_MASKS: Mapping[int, Callable[[int, int], bool]] = {
    0: lambda row, column: (row + column) % 2 == 0,
    1: lambda row, column: row % 2 == 0,
    2: lambda row, column: column % 3 == 0,
    3: lambda row, column: (row + column) % 3 == 0,
    4: lambda row, column: (row // 2 + column // 3) % 2 == 0,
    5: lambda row, column: row * column % 2 + row * column % 3 == 0,
    6: lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    7: lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
}


def text_of(matrix: Matrix) -> str:
    """What the code says. Raises :class:`AssertionError` for a code that is none of ours."""
    size = len(matrix)
    assert (size - 17) % 4 == 0
    assert (size - 17) // 4 <= _LARGEST
    level, mask = _format(matrix)
    assert level == _LEVEL_L
    flips = _MASKS[mask]
    bits = [matrix[row][column] ^ flips(row, column) for row, column in _way(size)]
    assert _number(bits[:4]) == _BYTES
    count = _number(bits[4:12])
    return bytes(_number(bits[12 + 8 * each : 20 + 8 * each]) for each in range(count)).decode()


def _format(matrix: Matrix) -> tuple[int, int]:
    """Level and mask, from the fifteen squares around the mark at the top left."""
    row = [matrix[8][column] for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    column = [matrix[row][8] for row in (7, 5, 4, 3, 2, 1, 0)]
    said = _number(row + column) ^ _FORMAT_MASK
    return said >> 13, said >> 10 & 0b111


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Each square of the data in order: two columns wide, up and down, from the right; not the sixth."""
    upwards = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_mark(row, column, size):
                    yield row, column
        upwards = not upwards


def _is_mark(row: int, column: int, size: int) -> bool:
    """Whether this square belongs to the marks of the code, and not to what it says."""
    at_corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    on_ruler = 6 in (row, column)
    middle = size - 7
    small_mark = size > 21 and abs(row - middle) <= 2 and abs(column - middle) <= 2
    return at_corner or on_ruler or small_mark


def _number(bits: Sequence[int]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)

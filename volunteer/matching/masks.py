"""Sets of codes as the bits of one 64-bit number, and points on the globe as unit vectors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from volunteer.domain.access import BITS_IN_A_MASK, FEATURES
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES


def _numbered(codes: Iterable[str]) -> Mapping[str, int]:
    bits = {code: bit for bit, code in enumerate(codes)}
    if len(bits) > BITS_IN_A_MASK:
        raise ValueError(f"{len(bits)} codes do not fit in {BITS_IN_A_MASK} bits")
    return MappingProxyType(bits)


ACCESS_BITS: Mapping[str, int] = MappingProxyType({code: each.bit for code, each in FEATURES.items()})
# These are kept in memory only, so the order of the lists may change between releases.
TASK_BITS = _numbered(TASKS)
SECTOR_BITS = _numbered(SECTORS)
LANGUAGE_BITS = _numbered(LANGUAGES)


def mask_of(codes: Iterable[str], bits: Mapping[str, int]) -> int:
    """Return the number with the bits of these codes set; an unknown code raises ``KeyError``."""
    mask = 0
    for code in codes:
        mask |= 1 << bits[code]
    return mask


def codes_in(mask: int, bits: Mapping[str, int]) -> Iterator[str]:
    """Yield the codes whose bits are set, in the order of the vocabulary."""
    return (code for code, bit in bits.items() if mask >> bit & 1) if mask else iter(())


SIGN_LANGUAGE_MASK = mask_of(SIGN_LANGUAGES, LANGUAGE_BITS)


def unit_vector(position: tuple[float, float]) -> tuple[float, float, float]:
    """Return the point on the unit sphere for (latitude, longitude) in degrees.

    The straight line between two such points is twice the root inside the haversine formula,
    so a distance costs three multiplications.
    """
    latitude, longitude = math.radians(position[0]), math.radians(position[1])
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )

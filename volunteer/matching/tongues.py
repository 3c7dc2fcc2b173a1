"""How the needs that follow from languages stand with one team: sets of people for each set of languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from volunteer.matching.crowd import WORD, Bits, Crowd, Flags
from volunteer.matching.masks import LANGUAGE_BITS, SIGN_LANGUAGE_MASK


def languages_in_question(crowd: Crowd) -> tuple[str, ...]:
    """Return the languages that a team could speak for somebody of whom a need hangs on it."""
    signed = np.where(crowd.signed == 0, np.uint64(SIGN_LANGUAGE_MASK), crowd.signed)
    wanted = np.where(crowd.needs_other, crowd.own, 0) | np.where(crowd.needs_sign, signed, 0)
    everything = int(np.bitwise_or.reduce(wanted))
    return tuple(code for code, bit in LANGUAGE_BITS.items() if everything >> bit & 1)


@dataclass(frozen=True, slots=True, eq=False)
class Tongues:
    """What the languages of one team mean to everybody; where it said nothing, all is unknown."""

    no: Bits
    unknown: Bits
    """Slots of people of whom a need that follows from languages is no, and unknown while none is no."""
    answerable: Bits
    """(words about languages,): slots that the team's answer would decide."""
    opened_by: npt.NDArray[np.uint64]
    """(languages, words about languages): slots that are no, and would not be if it spoke this one too."""

    @classmethod
    def of(cls, crowd: Crowd, team: int, languages: tuple[str, ...]) -> Self:
        """Return how a team that speaks these (a mask) stands; ``languages`` as in question."""
        spoken = np.uint64(team)
        meant = np.where(crowd.signed == 0, np.uint64(SIGN_LANGUAGE_MASK), crowd.signed)
        speaks, signs = (crowd.own & spoken) != 0, (crowd.signed & spoken) != 0
        other_no = crowd.needs_other & (team != 0) & (crowd.own != 0) & ~speaks
        sign_no = crowd.needs_sign & (team != 0) & ((meant & spoken) == 0)
        unknown = (crowd.needs_other & ~other_no & ~speaks) | (crowd.needs_sign & ~sign_no & ~signs)
        told = (~crowd.needs_other | (crowd.own != 0)) & (~crowd.needs_sign | (crowd.signed != 0))
        bits = np.array([[LANGUAGE_BITS[code]] for code in languages], dtype=np.uint64).reshape(-1, 1)
        who = crowd.owners[crowd.languages.start * WORD :]
        opened = ~other_no[who] | _has(crowd.own[who], bits)
        opened &= ~sign_no[who] | _has(meant[who], bits)
        return cls(
            no=crowd.slots_of(other_no | sign_no),
            unknown=crowd.slots_of(unknown & ~(other_no | sign_no)),
            answerable=_packed(told[who] & (team == 0)),
            opened_by=_packed(opened),
        )


def _has(masks: npt.NDArray[np.uint64], bits: npt.NDArray[np.uint64]) -> Flags:
    found: Flags = (masks >> bits & np.uint64(1)) != 0
    return found


def _packed(flags: Flags) -> npt.NDArray[np.uint64]:
    return np.packbits(flags, axis=-1, bitorder="little").view(np.uint64)

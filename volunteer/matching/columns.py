"""The columns of a snapshot, made from facts: one row a role, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import Answer
from volunteer.domain.commitment import STEPS
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.closing import closed_answers
from volunteer.matching.edits import Column, frozen
from volunteer.matching.hours import Hours
from volunteer.matching.masks import (
    ACCESS_BITS,
    LANGUAGE_BITS,
    SECTOR_BITS,
    TASK_BITS,
    mask_of,
    unit_vector,
)
from volunteer.matching.travel import TravelTable

Masks = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

MANY = 20
"""Places of a role that takes as many people as come."""
_NOWHERE = (0.0, 0.0, 0.0)


def columns_of(roles: Sequence[RoleFacts], *, today: date, travel: TravelTable) -> dict[str, Any]:
    """Return every column by its name in :class:`~volunteer.matching.snapshot.Snapshot`, read-only."""
    columns = {
        **_answer_columns(roles),
        **_language_columns(roles),
        **_place_columns(roles, travel),
        **_other_columns(roles),
    }
    return {"hours": Hours.build(roles, today), **{name: frozen(each) for name, each in columns.items()}}


def _masks(values: Iterable[int]) -> Masks:
    return np.fromiter(values, dtype=np.uint64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)


def _answer_columns(roles: Sequence[RoleFacts]) -> dict[str, Column]:
    closed = [closed_answers(role) for role in roles]

    def masks(wanted: Answer) -> Masks:
        return _masks(
            mask_of((code for code, each in answers.items() if each is wanted), ACCESS_BITS)
            for answers in closed
        )

    return {"yes": masks(Answer.YES), "arrangeable": masks(Answer.ARRANGEABLE), "no": masks(Answer.NO)}


def _language_columns(roles: Sequence[RoleFacts]) -> dict[str, Column]:
    needed = np.zeros((len(LANGUAGE_BITS), len(roles)), dtype=np.int8)
    for row, role in enumerate(roles):
        for code, level in role.languages_needed.items():
            needed[LANGUAGE_BITS[code], row] = level
    return {
        "needed": needed,
        "needed_languages": _masks(
            mask_of((code for code, level in role.languages_needed.items() if level > 0), LANGUAGE_BITS)
            for role in roles
        ),
        "team_languages": _masks(mask_of(role.languages_spoken, LANGUAGE_BITS) for role in roles),
    }


def _place_columns(roles: Sequence[RoleFacts], travel: TravelTable) -> dict[str, Column]:
    vectors = [unit_vector(role.position) if role.position else _NOWHERE for role in roles]
    return {
        "vectors": np.array(vectors, dtype=np.float64).reshape(len(roles), 3).T.copy(),
        "located": _flags(role.position is not None for role in roles),
        "remote": _flags(role.is_remote for role in roles),
        "districts": np.fromiter((travel.index(role.district) for role in roles), dtype=np.int16),
    }


def _other_columns(roles: Sequence[RoleFacts]) -> dict[str, Column]:
    return {
        "available": _flags(
            role.is_open and (role.wanted is None or role.taken < role.wanted) for role in roles
        ),
        "places": np.fromiter(
            (max(1, MANY if role.wanted is None else role.wanted - role.taken) for role in roles), np.float64
        ),
        "commitments": np.fromiter(
            (STEPS.index(role.commitment) if role.commitment else -1 for role in roles), dtype=np.int8
        ),
        "answer_days": np.fromiter(
            (np.nan if role.answer_days is None else role.answer_days for role in roles), dtype=np.float64
        ),
        "tasks": _masks(mask_of(role.tasks, TASK_BITS) for role in roles),
        "sectors": _masks(mask_of(role.sectors, SECTOR_BITS) for role in roles),
    }

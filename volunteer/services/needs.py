"""Needs: sealed, opened only for a purpose, and every opening written down."""

from __future__ import annotations

import json
from collections.abc import Mapping

from volunteer.domain.access import Strength
from volunteer.models import Candidate, NeedReading
from volunteer.models.base import field_name
from volunteer.unit_of_work import UnitOfWork

_LENGTH = 1536
"""Letters that every one is filled up to with spaces, which JSON does not mind."""
_FIELD = field_name("candidates", "needs_sealed")


def seal(uow: UnitOfWork, needs: Mapping[str, Strength]) -> bytes:
    """The needs as they are stored: having none looks like having some, and few like many."""
    text = json.dumps({code: str(strength) for code, strength in needs.items()})
    return uow.keyring.seal(text.ljust(_LENGTH), field=_FIELD)


def read(uow: UnitOfWork, candidate: Candidate, *, reader: str, purpose: str) -> dict[str, Strength]:
    """Open the needs of ``candidate`` and write in the journal who did, and why."""
    if candidate.needs_sealed is None:
        return {}
    uow.session.add(NeedReading(candidate_id=candidate.id, reader=reader, purpose=purpose, read_at=uow.now))
    opened = json.loads(uow.keyring.open(candidate.needs_sealed, field=_FIELD))
    return {code: Strength(strength) for code, strength in opened.items()}

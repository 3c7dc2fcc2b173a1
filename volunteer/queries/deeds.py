"""Reads of what the desk did in somebody's file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.deeds import DeedKind
from volunteer.models import Deed


def deeds_of(
    session: Session, candidate_id: UUID, *, kinds: Collection[DeedKind] = frozenset(DeedKind), limit: int
) -> Sequence[Deed]:
    """What was done for this person, the newest first."""
    return session.scalars(
        select(Deed)
        .where(Deed.candidate_id == candidate_id, Deed.kind.in_(kinds))
        .order_by(Deed.done_at.desc(), Deed.id)
        .limit(limit)
    ).all()

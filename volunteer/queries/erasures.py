"""Reads of what was erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import Erasure


def erasures(session: Session) -> Sequence[Erasure]:
    """Every erasure this database remembers, the oldest first."""
    return session.scalars(select(Erasure).order_by(Erasure.erased_at, Erasure.fingerprint)).all()

"""Writing down what the desk did in somebody's file, and who did it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from volunteer.domain.deeds import DeedKind
from volunteer.models import Deed
from volunteer.unit_of_work import UnitOfWork


def note(uow: UnitOfWork, candidate_id: UUID, kind: DeedKind, *, account_id: UUID) -> None:
    """Write down that this colleague did it now."""
    uow.session.add(
        Deed(candidate_id=candidate_id, kind=kind, done_by=f"account:{account_id}", done_at=uow.now)
    )


def forget_before(uow: UnitOfWork, moment: datetime) -> None:
    """Delete what was done before then."""
    uow.session.execute(delete(Deed).where(Deed.done_at < moment))

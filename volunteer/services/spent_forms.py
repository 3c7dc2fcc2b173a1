"""A form that was sent is spent: the same one again changes nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from volunteer.models import SpentForm
from volunteer.unit_of_work import UnitOfWork

REMEMBERED = timedelta(days=1)
"""A page that lay open for longer than this is sent as a new one."""


def spend(uow: UnitOfWork, form_id: UUID | None) -> bool:
    """Whether this form is sent for the first time, which it is from now on; a form without id always is.

    Of two at the same moment, the second waits for the first and hears that it came second.
    """
    if form_id is None:
        return True
    insert = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = uow.session.execute(
        insert(SpentForm)
        .values(id=form_id, spent_at=uow.now)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(SpentForm.id)
    )
    return first.one_or_none() is not None


def take_turn(uow: UnitOfWork, what: str, *, of: int) -> bool:
    """Whether one of the ``of`` turns that this has in a day was left; if so it is taken, once this is in.

    Kept is a keyed hash of each turn: nobody reads in it what was counted.
    """
    turns = (uow.keyring.fingerprint(f"{number} {what}", kind="turn")[:16] for number in range(of))
    return any(spend(uow, UUID(bytes=each)) for each in turns)


def forget_old(uow: UnitOfWork) -> None:
    """Wipe the ids of forms that were sent, and of turns that were taken, more than a day ago."""
    uow.session.execute(delete(SpentForm).where(SpentForm.spent_at <= uow.now - REMEMBERED))

"""What counted before and after somebody said something about access, so that barriers can be counted."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.opportunities import Scope
from volunteer.models import AccessAnswer, AccessChange, Opportunity
from volunteer.unit_of_work import UnitOfWork

Where = tuple[UUID, Scope, UUID]
"""Organisation, kind of scope, and which one."""


def keep(
    uow: UnitOfWork,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    *,
    where: Where,
    said_by: str,
    is_person: bool,
    confirms: bool = False,
) -> None:
    """Write a row for each code whose own answer went from ``before`` to ``after``.

    With ``confirms`` also for those that stayed. The first answers of a list are no change.
    """
    moved = [
        code
        for code, answer in after.items()
        if (confirms or answer != before[code]) and (is_person or before[code] is not None)
    ]
    above = inherited(uow, moved, where=where) if moved else {}
    organisation_id, scope, scope_id = where
    uow.session.add_all(
        AccessChange(
            organisation_id=organisation_id,
            scope=scope,
            scope_id=scope_id,
            code=code,
            before=before[code] or above.get(code),
            after=after[code] or above.get(code),
            said_by=said_by,
            said_at=uow.now,
        )
        for code in moved
    )


def inherited(uow: UnitOfWork, codes: list[str], *, where: Where) -> dict[str, str]:
    """What is said above this scope about these codes, however old: the venue over the organisation."""
    organisation_id, scope, scope_id = where
    if scope == Scope.ORGANISATION:
        return {}
    above = [organisation_id]
    if scope == Scope.OPPORTUNITY:
        role = uow.session.get(Opportunity, scope_id)
        above += [role.venue_id] if role is not None and role.venue_id is not None else []
    said = uow.session.scalars(
        select(AccessAnswer).where(AccessAnswer.scope_id.in_(above), AccessAnswer.code.in_(codes))
    )
    in_order = sorted(said, key=lambda row: above.index(row.scope_id))
    return {row.code: row.answer for row in in_order}

"""Access answers: what an organisation says about itself, a venue or a role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.access import ANSWERS_LAST, Answer, feature_of
from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Scope
from volunteer.models import AccessAnswer
from volunteer.services import access_history
from volunteer.unit_of_work import UnitOfWork


def record(
    uow: UnitOfWork,
    answers: Mapping[str, Answer],
    *,
    organisation_id: UUID,
    scope: Scope,
    scope_id: UUID,
    said_by: str,
    note: str | None = None,
    note_language: str | None = None,
) -> bool:
    """Keep ``answers`` with who said them and when; returns whether any of them is new or different.

    One that had grown too old to count is new when it is said again. Codes that are not mentioned stay as
    they were, and a list never overrides what a person said. What changed is kept in the history.
    Raises :class:`InvalidValue` for a code that is derived.
    """
    said = select(AccessAnswer).where(AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id)
    known = {row.code: row for row in uow.session.scalars(said)}
    before = {code: known[code].answer if code in known else None for code in answers}
    differs = False
    for code, answer in answers.items():
        _refuse_derived(code)
        row = known.get(code)
        if row is not None and is_person(row.said_by) and not is_person(said_by):
            continue
        if row is None:
            row = AccessAnswer(
                organisation_id=organisation_id, scope=scope, scope_id=scope_id, code=code, answer=""
            )
            uow.session.add(row)
            known[code] = row
        differs = differs or row.answer != answer or _was_forgotten(row, uow.now)
        if note or row.answer != answer:
            row.note, row.note_language = note, note_language if note else None
        row.answer, row.said_by, row.said_at = answer, said_by, uow.now
    after = {code: known[code].answer for code in answers}
    where = (organisation_id, scope, scope_id)
    access_history.keep(uow, before, after, where=where, said_by=said_by, is_person=is_person(said_by))
    return differs


def forget(uow: UnitOfWork, *, scope: Scope, scope_id: UUID, said_by: str, keep: frozenset[str]) -> bool:
    """Drop what ``said_by`` said in this scope outside ``keep``; returns whether there was any."""
    said = select(AccessAnswer).where(
        AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id, AccessAnswer.said_by == said_by
    )
    gone = [row for row in uow.session.scalars(said) if row.code not in keep]
    for row in gone:
        uow.session.delete(row)
    return bool(gone)


def take_back(uow: UnitOfWork, codes: Collection[str], *, scope: Scope, scope_id: UUID) -> bool:
    """Make these codes unknown again, whoever answered them; returns whether there was any answer."""
    said = select(AccessAnswer).where(
        AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id, AccessAnswer.code.in_(codes)
    )
    gone = uow.session.scalars(said).all() if codes else []
    for row in gone:
        uow.session.delete(row)
    return bool(gone)


def has_answer(uow: UnitOfWork, code: str, *, scope: Scope, scope_id: UUID) -> bool:
    """Whether there is an answer in this very scope, however old."""
    said = select(AccessAnswer.id).where(
        AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id, AccessAnswer.code == code
    )
    return uow.session.scalar(said) is not None


def is_person(said_by: str) -> bool:
    """Whether a person said it, so that no list may override it."""
    return said_by.startswith(("account:", "mail:"))


def _refuse_derived(code: str) -> None:
    if feature_of(code, field="access").derived:
        raise InvalidValue(
            "“%(code)s” follows from the languages that the team speaks.",
            field="access",
            values={"code": code},
        )


def _was_forgotten(row: AccessAnswer, now: datetime) -> bool:
    return now - row.said_at > ANSWERS_LAST

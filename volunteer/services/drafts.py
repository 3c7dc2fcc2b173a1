"""Drafts: what someone typed between two pages, sealed, behind a random cookie, gone after a day."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from volunteer.models import Draft
from volunteer.models.base import field_name
from volunteer.unit_of_work import UnitOfWork

LASTS = timedelta(hours=24)
_FIELD = field_name("drafts", "answers_sealed")


def new_cookie() -> str:
    """A cookie of 128 random bits."""
    return secrets.token_urlsafe(16)


def load(uow: UnitOfWork, cookie: str, *, for_change: bool = False) -> dict[str, Any]:
    """The answers behind ``cookie``; none when there is no such draft or its day is over.

    ``for_change`` holds the draft until the transaction ends, so that a form sent twice is seen twice.
    """
    draft = uow.session.get(Draft, _hash(cookie), with_for_update=for_change)
    if draft is None or draft.expires_at <= uow.now:
        return {}
    answers: dict[str, Any] = json.loads(uow.keyring.open(draft.answers_sealed, field=_FIELD))
    return answers


def save(uow: UnitOfWork, cookie: str, answers: dict[str, Any], *, lasts: timedelta = LASTS) -> None:
    """Keep ``answers`` behind ``cookie``, for a day from now unless it ``lasts`` shorter."""
    sealed = uow.keyring.seal(json.dumps(answers), field=_FIELD)
    uow.session.merge(Draft(cookie_hash=_hash(cookie), answers_sealed=sealed, expires_at=uow.now + lasts))


def forget(uow: UnitOfWork, cookie: str) -> None:
    """Wipe the draft behind ``cookie``."""
    uow.session.execute(delete(Draft).where(Draft.cookie_hash == _hash(cookie)))


def forget_enrolled(uow: UnitOfWork, candidate_id: UUID) -> None:
    """Wipe what a second press of the last button would still need, of the file that it made."""
    soon = select(Draft).where(Draft.expires_at > uow.now)
    for draft in uow.session.scalars(soon):
        answers = json.loads(uow.keyring.open(draft.answers_sealed, field=_FIELD))
        if answers.get("enrolled") == candidate_id.hex:
            uow.session.delete(draft)


def forget_expired(uow: UnitOfWork) -> None:
    """Wipe every draft whose day is over."""
    uow.session.execute(delete(Draft).where(Draft.expires_at <= uow.now))


def _hash(cookie: str) -> bytes:
    # The cookie has 128 random bits, so a plain hash cannot be turned back.
    return hashlib.sha256(cookie.encode()).digest()

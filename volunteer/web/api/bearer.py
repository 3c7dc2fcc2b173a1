"""Who is speaking: a person with their own token, or a program of an organisation. Never a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import request

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.models import Account, Candidate
from volunteer.services import accounts, cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.api.errors import BAD_TOKEN

READING = ANSWERING | {Role.VIEWER}
"""Roles that may see what their organisation offers."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that speaks for one organisation, on behalf of one account."""

    account_id: UUID
    organisation_id: UUID
    may_write: bool

    @property
    def said_by(self) -> str:
        """How an answer of theirs is signed."""
        return f"account:{self.account_id}"


def person(uow: UnitOfWork, candidate_id: UUID, *, is_use: bool = False) -> Candidate:
    """The person whose file this is; with ``is_use`` their card was used, so it lives on.

    Raises :class:`NotAllowed` without a token that opens a file, :class:`NotFound` for somebody else's file.
    """
    used = cards.use(uow, _token()) if is_use else None
    candidate = used[1] if used else cards.file_of(uow, _token())
    if candidate is None:
        raise NotAllowed("This token is not valid.", code=BAD_TOKEN)
    if candidate.id != candidate_id:
        raise NotFound("There is nothing at this address.")
    return candidate


def reader(uow: UnitOfWork) -> Speaker:
    """Whoever may see what this organisation offers. Raises :class:`NotAllowed`.

    Roles are looked up each time: whoever left the organisation speaks for it no longer.
    """
    token = accounts.token_bearer(uow, _token())
    account = uow.session.get(Account, token.account_id)
    roles = roles_in(account, token.organisation_id) if account else frozenset()
    if not roles & READING:
        raise NotAllowed("This token is not valid.", code=BAD_TOKEN)
    return Speaker(token.account_id, token.organisation_id, bool(roles & ANSWERING))


def writer(uow: UnitOfWork) -> Speaker:
    """Whoever may change what this organisation offers. Raises :class:`NotAllowed`."""
    speaker = reader(uow)
    if not speaker.may_write:
        raise NotAllowed("You may look on here, but not change anything. Ask your colleague.")
    return speaker


def roles_in(account: Account, organisation_id: UUID) -> frozenset[Role]:
    """The roles of an account in one organisation."""
    return frozenset(
        Role(membership.role)
        for membership in account.memberships
        if membership.organisation_id == organisation_id
    )


def _token() -> str:
    """The token of this request. Raises :class:`NotAllowed` when there is none."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise NotAllowed("Send your token, as Authorization: Bearer.", code=BAD_TOKEN)
    return given.token

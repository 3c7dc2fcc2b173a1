"""Who is speaking: a person with their own token, or a program of an organisation. Never a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import request

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.errors import NotAllowed
from volunteer.models import Account, Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import accounts, cards, devices
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
    """The person who signed up through the program that speaks; with ``is_use`` its token lives on.

    Raises :class:`NotAllowed` for any other token: the one of a card shows no more here than on our pages.
    """
    token = _token()
    candidate = confirmed_candidate(uow.session, candidate_id)
    recognise = devices.recognised if is_use else devices.known
    if candidate is not None and candidate.id == candidate_id and recognise(uow, candidate, token):
        return candidate
    behind_card = cards.file_of(uow, token)
    if behind_card is not None and behind_card.id == candidate_id:
        raise NotAllowed("A card alone does not show this. Its link opens the first page.")
    raise NotAllowed("This token is not valid.", code=BAD_TOKEN)


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

"""Accounts: who may log in, joining by invitation, and tokens for programs."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from volunteer.domain.accounts import ANSWERING, OF_THE_CENTRE, Role, check_password
from volunteer.domain.candidates import clean_name
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.models import Account, ApiToken, Membership, Organisation
from volunteer.models.base import field_name
from volunteer.queries import accounts as queries
from volunteer.services import organisations
from volunteer.services.contacts import clean_email
from volunteer.unit_of_work import UnitOfWork

_EMAIL = field_name("accounts", "email_sealed")
_HASHER = PasswordHasher()
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and figures that nobody mistakes for one another."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked when there is no such account, so that the answer takes as long."""


def create(uow: UnitOfWork, *, name: str, email: str, password: str, language: str) -> Account:
    """A new account without roles. Raises :class:`InvalidValue`; :class:`ImpossibleStep` when it exists."""
    check_password(password)
    address = clean_email(email)
    if by_email(uow, address) is not None:
        raise ImpossibleStep(
            "There is an account with this e-mail address already. Log in with it.", field="email"
        )
    account = Account(
        id=uuid4(),
        name=clean_name(name, field="name"),
        email_sealed=uow.keyring.seal(address, field=_EMAIL),
        email_hash=uow.keyring.fingerprint(address, kind="account"),
        password_hash=_HASHER.hash(password),
        language=language,
        created_at=uow.now,
    )
    uow.session.add(account)
    return account


def grant(uow: UnitOfWork, account: Account, role: Role, *, organisation: Organisation | None = None) -> None:
    """Give a role in an organisation, or one of the centre itself. Raises :class:`NotAllowed`."""
    if (role in OF_THE_CENTRE) != (organisation is None):
        raise NotAllowed("This role belongs to the support centre itself, or to an organisation.")
    account.memberships.append(Membership(organisation=organisation, role=role, created_at=uow.now))


def add_colleague(
    uow: UnitOfWork, *, name: str, email: str, role: Role, organisation: Organisation | None, language: str
) -> tuple[Account, str | None]:
    """Give somebody a role; returns their account, with a password to hand over when it is a new one.

    Raises :class:`InvalidValue`, and :class:`ImpossibleStep` when they have this role already.
    """
    password = None
    account = by_email(uow, clean_email(email))
    if account is None:
        password = one_time_password()
        account = create(uow, name=name, email=email, password=password, language=language)
    organisation_id = organisation.id if organisation else None
    if any((held.role, held.organisation_id) == (role, organisation_id) for held in account.memberships):
        raise ImpossibleStep("This person has this role already.", field="email")
    grant(uow, account, role, organisation=organisation)
    return account, password


def one_time_password() -> str:
    """A password that can be read aloud and written down; whoever gets it makes their own."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


def change_password(uow: UnitOfWork, account_id: UUID, *, old: str, new: str) -> Account:
    """Put a password of one's own in place, and end every session. Raises :class:`InvalidValue`."""
    account = uow.session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound("This account is not there any more.")
    try:
        _HASHER.verify(account.password_hash, old)
    except VerifyMismatchError:
        raise InvalidValue("This is not your password of now.", field="old_password") from None
    check_password(new)
    account.password_hash = _HASHER.hash(new)
    account.session_epoch += 1
    return account


def authenticate(uow: UnitOfWork, email: str, password: str) -> Account:
    """The account of someone who knows its password.

    Raises :class:`NotAllowed`, in the same words and after the same time whether or not there is an account.
    """
    account = by_email(uow, email.strip().lower())
    try:
        _HASHER.verify(account.password_hash if account else _NOBODY, password)
    except VerifyMismatchError:
        account = None
    if account is None:
        raise NotAllowed("The e-mail address or the password is not right. Try again.", field="email")
    return account


def refuse_demo_elsewhere(account: Account, *, is_here: bool) -> None:
    """A demo account is for trying things on this machine. Raises :class:`NotAllowed` anywhere else."""
    if account.is_demo and not is_here:
        raise NotAllowed("Demo accounts work only on the machine that runs the demo.", field="email")


def by_email(uow: UnitOfWork, email: str) -> Account | None:
    """The account with this address, found by its keyed hash."""
    return queries.account_by_email_hash(uow.session, uow.keyring.fingerprint(email, kind="account"))


def email_of(uow: UnitOfWork, account: Account) -> str:
    """The address of an account, opened."""
    return uow.keyring.open(account.email_sealed, field=_EMAIL)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the link in the mail to an organisation offers."""

    organisation: Organisation
    email: str
    """Where the invitation went: the address of the account it makes."""
    account: Account | None
    """The account that has this address already, of somebody who is also elsewhere."""


def invitation_to(uow: UnitOfWork, organisation_id: UUID, *, proof: str) -> Invitation:
    """The invitation that was mailed to an organisation. Raises as :func:`join`."""
    # Locked, so that a button pressed twice makes one account.
    organisation = uow.session.get(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    address = organisations.email_of(uow, organisation) if organisation else None
    if organisation is None or address is None or proof != organisations.address_proof(organisation):
        raise NotFound("This invitation is not good any more. Ask us for a new one.")
    if queries.members_of(uow.session, organisation_id, roles=ANSWERING):
        raise ImpossibleStep("This invitation was used already. Log in, or ask your colleague.")
    return Invitation(organisation, address, by_email(uow, address))


def join(uow: UnitOfWork, organisation_id: UUID, *, proof: str, name: str, password: str) -> Account:
    """Take up the invitation that was mailed to an organisation: make its first account, as owner.

    The account has the address the invitation went to; one that exists already proves itself by its password.
    Raises :class:`NotFound`, :class:`InvalidValue`, :class:`NotAllowed` for a wrong password, or
    :class:`ImpossibleStep` when the organisation has members already.
    """
    invitation = invitation_to(uow, organisation_id, proof=proof)
    if invitation.account is None:
        account = create(
            uow,
            name=name,
            email=invitation.email,
            password=password,
            language=invitation.organisation.language,
        )
    else:
        account = authenticate(uow, invitation.email, password)
    grant(uow, account, Role.OWNER, organisation=invitation.organisation)
    return account


def issue_token(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> str:
    """A token that speaks for one organisation through the API; shown only now."""
    token = secrets.token_urlsafe(24)
    uow.session.add(
        ApiToken(
            id=uuid4(),
            token_hash=_token_hash(token),
            account_id=account_id,
            organisation_id=organisation_id,
            created_at=uow.now,
        )
    )
    return token


def token_bearer(uow: UnitOfWork, token: str) -> ApiToken:
    """Whom a token speaks for. Raises :class:`NotAllowed`."""
    found = queries.token_by_hash(uow.session, _token_hash(token))
    if found is None:
        raise NotAllowed("This token is not valid.", code="bad_token")
    return found


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

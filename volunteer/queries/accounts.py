"""Reads of accounts and memberships."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.domain.accounts import Role
from volunteer.models import Account, ApiToken, Membership


def account_by_email_hash(session: Session, email_hash: bytes) -> Account | None:
    """The account whose address has this keyed hash."""
    return session.scalar(select(Account).where(Account.email_hash == email_hash))


def members_of(session: Session, organisation_id: UUID, *, roles: Collection[Role]) -> Sequence[Account]:
    """Everyone with one of these roles in this organisation."""
    return session.scalars(
        select(Account)
        .join(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(roles))
        .distinct()
        .order_by(Account.created_at, Account.id)
    ).all()


def holders_of(session: Session, role: Role) -> Sequence[Account]:
    """Everyone with this role, wherever."""
    return session.scalars(
        select(Account)
        .join(Membership)
        .where(Membership.role == role)
        .distinct()
        .order_by(Account.created_at, Account.id)
    ).all()


def token_by_hash(session: Session, token_hash: bytes) -> ApiToken | None:
    """The token with this hash, unless it was revoked."""
    return session.scalar(
        select(ApiToken).where(ApiToken.token_hash == token_hash, ApiToken.revoked_at.is_(None))
    )


def all_accounts(session: Session) -> Sequence[Account]:
    """Everyone who may log in, by name, with their roles."""
    return session.scalars(select(Account).order_by(func.lower(Account.name), Account.id)).all()

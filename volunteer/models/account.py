"""Accounts and memberships: one account is one human; memberships give it roles."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.organisation import Organisation


class Account(Base):
    """Someone who logs in: desk, organisation, referrer or administrator; never a candidate."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = identifier()
    name: Mapped[str] = mapped_column(String(80))
    email_sealed: Mapped[bytes] = mapped_column(Sealed)
    email_hash: Mapped[bytes] = mapped_column(unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Raised to end every session of this account at once."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    memberships: Mapped[list[Membership]] = relationship(back_populates="account", lazy="selectin")


class Membership(Base):
    """A role of an account, in an organisation or (without one) in the support centre itself."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "role"),)

    id: Mapped[UUID] = identifier()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation | None] = relationship(lazy="selectin")


class ApiToken(Base):
    """Lets a program speak for one organisation; only a hash of the token is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[UUID] = identifier()
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Organisations that join, people who join a team, and what was said and done about both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class JoinRequest(Base):
    """What somebody wrote to join, until they confirm their address; then it becomes something else."""

    __tablename__ = "join_requests"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """The organisation whose team they would like to join; None for an organisation that is new."""
    aim: Mapped[str] = mapped_column(String(12), default="volunteers", server_default="volunteers")
    """An ``Aim`` of ``domain/referrers.py``: whether it looks for volunteers, brings people, or both."""
    publics: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    name: Mapped[str] = mapped_column(String(160))
    legal_form: Mapped[str | None] = mapped_column(String(16))
    enterprise_number: Mapped[str | None] = mapped_column(String(10))
    sectors: Mapped[list[str]] = mapped_column(default=list)
    activity: Mapped[str] = mapped_column(Text)
    street: Mapped[str | None] = mapped_column(String(160))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    municipality: Mapped[str | None] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(80))
    email_sealed: Mapped[bytes] = mapped_column(Sealed)
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class TeamInvitation(Base):
    """Somebody who asks to join a team, or is asked to; the address goes when it is over."""

    __tablename__ = "team_invitations"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(10))
    """An ``InvitationState``: asked, invited, used or ended."""
    person: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    email_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    email_hash: Mapped[bytes | None] = mapped_column(index=True)
    round: Mapped[int] = mapped_column(default=0, server_default="0")
    """Raised with each mail: the link of an older one is not good any more."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SideRequest(Base):
    """An organisation that is here would like to do the other half too; until the desk decides."""

    __tablename__ = "side_requests"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), unique=True
    )
    side: Mapped[str] = mapped_column(String(10))
    """The code of the side in ``domain/teams.py`` that it does not have yet."""
    publics: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    """The owner who asked: they lead the new team."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OrganisationEntry(Base):
    """What was said between a team and the desk, and who changed what in the team; never changed."""

    __tablename__ = "organisation_entries"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    """An ``EntryKind``."""
    side: Mapped[str] = mapped_column(String(10), default="offering", server_default="offering")
    """For what is about a team: which of the two, as ``domain/teams.py`` calls them."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(String(80))
    text_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""What an organisation said about one access feature of itself, a venue or a role."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class AccessAnswer(Base):
    """Yes, arrangeable or no; nothing said is no row. A role overrides its venue, that its organisation."""

    __tablename__ = "access_answers"
    __table_args__ = (UniqueConstraint("scope", "scope_id", "code"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str] = mapped_column(String(12))
    """organisation, venue or opportunity."""
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(String(300))
    """What somebody who comes has to know: "ring the bell at the side door"."""
    note_language: Mapped[str | None] = mapped_column(String(8))
    """The language the note is written in; ``None`` is not known."""
    said_by: Mapped[str] = mapped_column(String(120))
    """An account (``account:<id>``), a mail to the organisation (``mail:<id>``), ``import`` or ``demo``."""
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccessChange(Base):
    """What counted in one place before and after somebody said something: barriers come down here.

    The first answers of a list are a beginning and no change, and have no row.
    """

    __tablename__ = "access_changes"
    __table_args__ = (Index("ix_access_changes_scope", "scope", "scope_id", "said_at"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str] = mapped_column(String(12))
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(12))
    """With what was inherited, however old; ``None`` is unknown."""
    after: Mapped[str | None] = mapped_column(String(12))
    """The same as before: somebody said that it is still true."""
    said_by: Mapped[str] = mapped_column(String(120))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""What a referrer agreed to: which wording, when, and who said yes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class ReferrerAgreement(Base):
    """One yes of an owner to one wording; never changed."""

    __tablename__ = "referrer_agreements"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    """In which it was read."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(String(80))
    """The name they had then."""
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)

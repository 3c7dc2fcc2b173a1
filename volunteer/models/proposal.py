"""Times that an organisation proposes, while the person may choose from them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class Proposal(Base):
    """What stands now for one introduction: gone as soon as it is answered, replaced or over."""

    __tablename__ = "proposals"

    id: Mapped[UUID] = identifier()
    introduction_id: Mapped[UUID] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), unique=True
    )
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    times: Mapped[list[str]]
    """Moments as ISO 8601 in UTC, the first one first."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When the person is reminded; none once they were."""
    over_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """The last of the times."""

    @property
    def moments(self) -> list[datetime]:
        """The times, as moments in UTC."""
        return [datetime.fromisoformat(each) for each in self.times]

"""Imports: which list was read, what it changed, and who vouched for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class ImportRun(Base):
    """One import that was carried out (a dry run leaves no row)."""

    __tablename__ = "import_runs"

    id: Mapped[UUID] = identifier()
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    skipped: Mapped[int]
    consented_by_desk: Mapped[str | None] = mapped_column(String(80))
    """The desk worker who says that each person agreed."""
    source: Mapped[str | None] = mapped_column(Text)
    """Where the list comes from and under which licence, in the words of who read it in."""
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)

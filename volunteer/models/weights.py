"""Versions of the weights of the score: learned, perhaps released, and never thrown away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime

_RELEASED = text("state = 'released'")


class WeightsVersion(Base):
    """One set of weights. While none is released, the weights chosen by hand are in use."""

    __tablename__ = "weights_versions"
    __table_args__ = (
        Index(
            "uq_weights_versions_released",
            "state",
            unique=True,
            sqlite_where=_RELEASED,
            postgresql_where=_RELEASED,
        ),
    )

    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    """What each list of suggestions names."""
    by_term: Mapped[dict[str, Any]]
    """A number for each term; together they are 1."""
    state: Mapped[str] = mapped_column(String(10))
    """trained, released (at most one) or retired."""
    guards: Mapped[dict[str, Any]]
    """Name of each guard: ``{"passed": bool, "words": text}``."""
    card: Mapped[str] = mapped_column(Text)
    """The model card, in Markdown."""
    trained_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[str | None] = mapped_column(String(60))
    replaced: Mapped[str | None] = mapped_column(String(20))
    """The version in use before it was released; ``None``: the weights chosen by hand."""

"""Districts of the city, and the minutes it takes to go from one to another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base


class District(Base):
    """A district with its outline; all of them are replaced at once when a list is read."""

    __tablename__ = "districts"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    names: Mapped[dict[str, Any]]
    """Names by language; one in each language that the list has."""
    municipality: Mapped[str] = mapped_column(String(40), index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    """A point inside it: where somebody lives who only named the district."""
    west: Mapped[float]
    south: Mapped[float]
    east: Mapped[float]
    north: Mapped[float]
    """The box around it, in degrees, so that few outlines are opened to find the one around a point."""
    shape: Mapped[dict[str, Any]]
    """The outline as a GeoJSON MultiPolygon (docs/decisions/0022)."""


class TravelTime(Base):
    """How long it takes to go from one place to another; places are districts, or municipalities."""

    __tablename__ = "travel_times"

    origin: Mapped[str] = mapped_column(String(40), primary_key=True)
    destination: Mapped[str] = mapped_column(String(40), primary_key=True)
    minutes: Mapped[float]

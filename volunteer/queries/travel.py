"""Reads of the table of travel times."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import TravelTime


def travel_rows(session: Session, *, between: Collection[str] | None = None) -> list[tuple[str, str, float]]:
    """From, to and minutes of every row, by from and to; or only of those ``between`` these places."""
    chosen = select(TravelTime.origin, TravelTime.destination, TravelTime.minutes)
    if between is not None:
        chosen = chosen.where(TravelTime.origin.in_(between), TravelTime.destination.in_(between))
    ordered = chosen.order_by(TravelTime.origin, TravelTime.destination)
    return [(origin, destination, minutes) for origin, destination, minutes in session.execute(ordered)]

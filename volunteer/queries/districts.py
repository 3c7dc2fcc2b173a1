"""Reads of districts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.domain.places import Position
from volunteer.models import District, TravelTime


class NamedDistrict(NamedTuple):
    """A district without its outline."""

    code: str
    names: dict[str, str]
    municipality: str


def named_districts(session: Session) -> list[NamedDistrict]:
    """Every district, without its outline, by code; none when no districts are loaded."""
    chosen = select(District.code, District.names, District.municipality).order_by(District.code)
    return [NamedDistrict(*row) for row in session.execute(chosen)]


def named_district(session: Session, code: str) -> NamedDistrict | None:
    """The district with this code, without its outline."""
    chosen = select(District.code, District.names, District.municipality).where(District.code == code)
    row = session.execute(chosen).first()
    return NamedDistrict(*row) if row else None


def label_point(session: Session, code: str | None) -> Position | None:
    """A point inside the district with this code; ``None`` when there is no such district."""
    if code is None:
        return None
    row = session.execute(select(District.latitude, District.longitude).where(District.code == code)).first()
    return Position(*row) if row else None


def label_points(session: Session) -> dict[str, Position]:
    """A point inside each district, by its code."""
    rows = session.execute(select(District.code, District.latitude, District.longitude))
    return {code: Position(latitude, longitude) for code, latitude, longitude in rows}


def districts_around(session: Session, position: Position) -> Sequence[District]:
    """The districts whose box holds this point: one of them, at most a few, may hold it too."""
    latitude, longitude = position
    return session.scalars(
        select(District)
        .where(
            District.west <= longitude,
            District.east >= longitude,
            District.south <= latitude,
            District.north >= latitude,
        )
        .order_by(District.code)
    ).all()


def all_districts(session: Session) -> Sequence[District]:
    """Every district with its outline, by code."""
    return session.scalars(select(District).order_by(District.code)).all()


def minutes_between(session: Session, start: str | None, end: str | None) -> float | None:
    """The minutes the table gives between two places; where it has only the way back, those."""
    if start is None or end is None:
        return None
    chosen = select(TravelTime.minutes)
    there = chosen.where(TravelTime.origin == start, TravelTime.destination == end)
    back = chosen.where(TravelTime.origin == end, TravelTime.destination == start)
    minutes = session.scalar(there)
    return minutes if minutes is not None else session.scalar(back)


def extent_of_districts(session: Session) -> tuple[float, ...] | None:
    """West, south, east and north of all districts, then what tells one list of them from another.

    ``None`` when no districts are loaded.
    """
    row = session.execute(
        select(
            func.min(District.west),
            func.min(District.south),
            func.max(District.east),
            func.max(District.north),
            func.count(),
            func.sum(District.latitude),
            func.sum(District.longitude),
            func.sum(District.east),
            func.sum(District.north),
        )
    ).one()
    return tuple(float(value) for value in row) if row[4] else None

"""Where venues and people are on the map of districts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, CursorResult, exists, or_, select, update

from volunteer.domain.districts import Atlas, District
from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Place
from volunteer.domain.places import Position
from volunteer.domain.shapes import Shape
from volunteer.models import Candidate, Venue
from volunteer.models import District as DistrictRow
from volunteer.queries.districts import NamedDistrict, all_districts, districts_around, named_district
from volunteer.unit_of_work import UnitOfWork


def checked(uow: UnitOfWork, code: str, *, municipality: str | None) -> NamedDistrict:
    """The district that somebody chose. Raises :class:`InvalidValue` when it is not there, or elsewhere."""
    found = named_district(uow.session, code)
    if found is None:
        raise InvalidValue("Choose a neighbourhood from the list.", field="district")
    if municipality is not None and found.municipality != municipality:
        raise InvalidValue(
            "This neighbourhood is in another municipality. Choose one that goes with it.", field="district"
        )
    return found


def located(uow: UnitOfWork, place: Place) -> Place:
    """The place with the municipality of the district that is named; a point on the map counts for more.

    Raises :class:`InvalidValue` as :func:`checked` does.
    """
    if place.district is None or place.latitude is not None:
        return replace(place, district=None)
    found = checked(uow, place.district, municipality=place.municipality)
    return replace(place, municipality=found.municipality)


def settle(uow: UnitOfWork, venue: Venue) -> None:
    """Give a venue with a point on the map the district around it; ``None`` where there is none."""
    position = _position(venue)
    if position is not None:
        shapes = {each.code: _opened(each).shape for each in districts_around(uow.session, position)}
        venue.district = Atlas(shapes).at(position)


def settle_all(uow: UnitOfWork, venues: Iterable[Venue] | None = None) -> int:
    """Do the same for many venues, all of them if not said otherwise; returns how many moved."""
    atlas = Atlas.of(known(uow).values())
    moved = 0
    for venue in uow.session.scalars(select(Venue)) if venues is None else venues:
        position = _position(venue)
        if position is not None and venue.district != (found := atlas.at(position)):
            venue.district = found
            moved += 1
    return moved


def forget_gone(uow: UnitOfWork) -> int:
    """Forget named districts that are gone, or no longer in the municipality that was named with them.

    Returns how many people this concerns: from then on they are somewhere in their municipality again.
    """
    uow.session.flush()
    at_no_point = or_(Venue.latitude.is_(None), Venue.longitude.is_(None))
    uow.session.execute(
        update(Venue)
        .where(at_no_point, _names_what_is_gone(Venue))
        .values(district=None)
        .execution_options(synchronize_session="fetch")
    )
    forgotten = uow.session.execute(
        update(Candidate)
        .where(_names_what_is_gone(Candidate))
        .values(district=None)
        .execution_options(synchronize_session="fetch")
    )
    return forgotten.rowcount if isinstance(forgotten, CursorResult) else 0


def known(uow: UnitOfWork) -> dict[str, District]:
    """Every district with its outline, by code."""
    return {each.code: _opened(each) for each in all_districts(uow.session)}


def _names_what_is_gone(table: type[Venue] | type[Candidate]) -> ColumnElement[bool]:
    still_there = exists().where(
        DistrictRow.code == table.district,
        or_(table.municipality.is_(None), table.municipality == DistrictRow.municipality),
    )
    return table.district.is_not(None) & ~still_there


def _opened(row: DistrictRow) -> District:
    return District(
        code=row.code,
        names=row.names,
        municipality=row.municipality,
        label_point=Position(row.latitude, row.longitude),
        shape=Shape.of_geojson(row.shape),
    )


def _position(venue: Venue) -> Position | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)

"""Where a person sets out from, and how long the way to a role takes them."""

from __future__ import annotations

from typing import NamedTuple

from volunteer.domain.matching_facts import RoleFacts
from volunteer.domain.places import MUNICIPALITIES, Municipality, Position, distance_km, municipality_of
from volunteer.matching.travel import estimated_minutes
from volunteer.models import Candidate
from volunteer.queries.districts import label_point, minutes_between
from volunteer.unit_of_work import UnitOfWork


class Home(NamedTuple):
    """As much as somebody told of where they live."""

    position: Position | None
    district: str | None
    """Code of the district; of the municipality where no district is known."""


class Way(NamedTuple):
    """How far a role is: each is ``None`` where nobody can tell."""

    minutes: float | None
    """Door to door, by the table of minutes or else by a rule of thumb."""
    kilometres: float | None
    """In a straight line."""


def home_of(uow: UnitOfWork, candidate: Candidate) -> Home:
    """Where this person sets out from."""
    municipality = municipality_of_person(candidate)
    named = label_point(uow.session, candidate.district)
    if named:
        return Home(named, candidate.district)
    return Home(municipality.position, municipality.code) if municipality else Home(None, None)


def municipality_of_person(candidate: Candidate) -> Municipality | None:
    """The municipality this person told, or the one of their postal code."""
    return MUNICIPALITIES.get(candidate.municipality or "") or municipality_of(candidate.postal_code or "")


def way_to(uow: UnitOfWork, candidate: Candidate, role: RoleFacts) -> Way:
    """How far this role is for this person. Work from home is no way at all."""
    if role.is_remote:
        return Way(0.0, 0.0)
    home = home_of(uow, candidate)
    kilometres = distance_km(home.position, role.position) if home.position and role.position else None
    minutes = minutes_between(uow.session, home.district, role.district)
    if minutes is None and kilometres is not None:
        minutes = estimated_minutes(kilometres)
    return Way(minutes, kilometres)

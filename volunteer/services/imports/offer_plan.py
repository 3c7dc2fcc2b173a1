"""What a list of roles would change: made by reading alone, so that a dry run is its first half."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from volunteer.domain.opportunities import Place
from volunteer.models import Opportunity, Organisation, Venue
from volunteer.queries import imports as queries
from volunteer.services import organisations
from volunteer.services.access_answers import is_person
from volunteer.services.imports.opportunity_rows import ACCESS_COLUMNS, OpportunityRow
from volunteer.services.imports.places import PLACE_COLUMNS
from volunteer.services.imports.report import Problem
from volunteer.services.imports.understanding import Understood
from volunteer.services.opportunities import content_of
from volunteer.unit_of_work import UnitOfWork

ATTRIBUTES = {
    "title": "title",
    "description": "description",
    "language": "language",
    "tasks": "tasks",
    "sectors": "sectors",
    "wanted": "wanted",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "commitment": "commitment",
    "times": "times",
    "languages": "languages_needed",
    "languages_spoken": "languages_spoken",
    "contact_name": "contact_name",
    "getting_there": "getting_there",
    "url": "url",
}
"""Our columns that are one attribute of a role."""

VenueKey = tuple[str | None, str | None, str | None, float | None, float | None]


def key_of(place: Place | Venue) -> VenueKey:
    """What tells two addresses of one organisation apart: the map only where there is no street."""
    on_map = (None, None) if place.street else (place.latitude, place.longitude)
    return (place.street, place.postal_code, place.municipality, *on_map)


@dataclass(slots=True)
class Known:
    """What the database holds already about the rows of a list."""

    opportunities: dict[str, Opportunity]
    organisations: dict[str, Organisation]
    with_members: frozenset[UUID]
    answers: dict[UUID, list[queries.Said]]


@dataclass(frozen=True, slots=True)
class Step:
    """What one row comes to; without ``opportunity`` it is new."""

    row: OpportunityRow
    opportunity: Opportunity | None
    place: Place
    columns: tuple[str, ...]
    """Our columns in which a known role changes."""


@dataclass(slots=True)
class Plan:
    """Every row with what it comes to."""

    known: Known
    columns: frozenset[str]
    """What the list speaks of; the rest of a known role stays as it is."""
    steps: list[Step] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    """New mail addresses of organisations, by name."""
    problems: list[Problem] = field(default_factory=list)
    kept_addresses: int = 0
    """How often a row names an address that its organisation does not get."""


def make(uow: UnitOfWork, understood: Understood[OpportunityRow]) -> Plan:
    """Compare a list with what is known; writes nothing."""
    known = _known(uow, understood)
    plan = Plan(known, understood.columns)
    planning = _Planning(uow, plan)
    for row in understood.rows:
        plan.steps.append(planning.step(row))
    _refuse_moves(uow, plan)
    return plan


def _known(uow: UnitOfWork, understood: Understood[OpportunityRow]) -> Known:
    session = uow.session
    opportunities = queries.opportunities_by_external_id(
        session, [row.external_id for row in understood.rows]
    )
    return Known(
        opportunities=opportunities,
        organisations=queries.organisations_by_name(session),
        with_members=queries.organisations_with_members(session),
        answers=queries.answers_about(session, [each.id for each in opportunities.values()]),
    )


class _Planning:
    """Compares row after row; the first row about an address or an organisation settles it for the list."""

    def __init__(self, uow: UnitOfWork, plan: Plan) -> None:
        self._uow = uow
        self._plan = plan
        self._points: dict[tuple[str, VenueKey], tuple[float | None, float | None]] = {}
        self._settled: dict[str, str] = {}

    def step(self, row: OpportunityRow) -> Step:
        opportunity = self._plan.known.opportunities.get(row.external_id)
        place = self._place(row, opportunity)
        columns = self._columns(row, opportunity, place) if opportunity else []
        if self._gets_address(row):
            columns.append("contact_email")
        return Step(row, opportunity, place, tuple(columns))

    def _place(self, row: OpportunityRow, opportunity: Opportunity | None) -> Place:
        place = row.posting.place
        if opportunity is not None and opportunity.venue is not None:
            place = replace(place, **self._unsaid(opportunity.venue, place))
        if place.street is None or place.latitude is None:
            return place
        own = (row.organisation.casefold(), key_of(place))
        latitude, longitude = self._points.setdefault(own, (place.latitude, place.longitude))
        return replace(place, latitude=latitude, longitude=longitude)

    def _unsaid(self, venue: Venue, place: Place) -> dict[str, Any]:
        """The parts of a known address that the list does not speak of."""
        said = self._plan.columns & PLACE_COLUMNS
        if "postal_code" in said and place.postal_code:
            said |= {"municipality"}
        return {column: getattr(venue, column) for column in PLACE_COLUMNS - said}

    def _columns(self, row: OpportunityRow, opportunity: Opportunity, place: Place) -> list[str]:
        said, content = self._plan.columns, content_of(row.posting)
        changed = [
            column
            for column, attribute in ATTRIBUTES.items()
            if column in said and getattr(opportunity, attribute) != content[attribute]
        ]
        if opportunity.organisation.name.casefold() != row.organisation.casefold():
            changed.insert(0, "organisation")
        changed += [
            column
            for column in sorted(said & PLACE_COLUMNS)
            if _differs(getattr(opportunity.venue, column, None), getattr(place, column), column)
        ]
        return changed + self._access_columns(row, opportunity)

    def _access_columns(self, row: OpportunityRow, opportunity: Opportunity) -> list[str]:
        if not speaks_of_access(self._plan.columns):
            return []
        answers = self._plan.known.answers.get(opportunity.id, [])
        of_people = {answer.code for answer in answers if is_person(answer.said_by)}
        changed = []
        for column, wanted in ACCESS_COLUMNS.items():
            new = {code for code, answer in row.posting.access.items() if answer is wanted} - of_people
            old = {each.code for each in answers if each.answer == wanted} - of_people
            if new != old:
                changed.append(column)
        return changed

    def _gets_address(self, row: OpportunityRow) -> bool:
        """Whether this row settles a new address for its organisation."""
        name, email = row.organisation.casefold(), row.contact_email
        if email is None:
            return False
        first = self._settled.setdefault(name, email)
        organisation = self._plan.known.organisations.get(name)
        fingerprint = organisations.email_fingerprint(self._uow, email)
        has_it = organisation is not None and organisation.email_hash == fingerprint
        looks_after_it = organisation is not None and organisation.id in self._plan.known.with_members
        if first != email or (looks_after_it and not has_it):
            self._plan.kept_addresses += 1
            return False
        if has_it or name in self._plan.addresses:
            return False
        self._plan.addresses[name] = email
        return True


def speaks_of_access(columns: frozenset[str]) -> bool:
    """Whether a list says anything about access; then what it leaves out is unknown."""
    return not columns.isdisjoint(ACCESS_COLUMNS)


def _differs(old: object, new: object, column: str) -> bool:
    # An empty point on the map never wipes one that is known.
    return old != new and not (new is None and column in {"latitude", "longitude"})


def _refuse_moves(uow: UnitOfWork, plan: Plan) -> None:
    """A role through which people met one organisation does not become another organisation's."""
    moved = {
        step.opportunity.id: step
        for step in plan.steps
        if step.opportunity and "organisation" in step.columns
    }
    for opportunity_id in queries.introduced_opportunities(uow.session, moved.keys()):
        step = moved[opportunity_id]
        plan.steps.remove(step)
        plan.problems.append(
            Problem(
                step.row.line,
                "organisation",
                "People asked to meet another organisation through this role: give the new one its own id.",
            )
        )

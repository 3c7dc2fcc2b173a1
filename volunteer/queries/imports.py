"""Reads for imports: what is known of the rows of a list, in a few large reads instead of many small ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session, joinedload, selectinload

from volunteer.domain.opportunities import Scope
from volunteer.models import (
    AccessAnswer,
    Candidate,
    Introduction,
    Membership,
    Opportunity,
    Organisation,
    Venue,
)

_AT_ONCE = 500
"""Values in one IN: well below what either database takes."""

Value = TypeVar("Value")


class Said(NamedTuple):
    """One access answer, without its row: a list of thousands is only compared."""

    code: str
    answer: str
    said_by: str


def wait_for_other_imports(session: Session) -> None:
    """Let one import at a time write, so that two lists do not both add the same organisation.

    SQLite lets only one transaction write anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE import_runs IN SHARE ROW EXCLUSIVE MODE"))


def opportunities_by_external_id(session: Session, ids: Collection[str]) -> dict[str, Opportunity]:
    """Known roles, with their venues and organisations."""
    found: dict[str, Opportunity] = {}
    for some in _batches(ids):
        chosen = (
            select(Opportunity)
            .where(Opportunity.external_id.in_(some))
            .options(joinedload(Opportunity.venue), joinedload(Opportunity.organisation))
        )
        found |= {role.external_id: role for role in session.scalars(chosen) if role.external_id}
    return found


def candidates_by_external_id(session: Session, ids: Collection[str]) -> dict[str, Candidate]:
    """Known people, with their consents."""
    found: dict[str, Candidate] = {}
    for some in _batches(ids):
        chosen = (
            select(Candidate).where(Candidate.external_id.in_(some)).options(selectinload(Candidate.consents))
        )
        found |= {person.external_id: person for person in session.scalars(chosen) if person.external_id}
    return found


def organisations_by_name(session: Session) -> dict[str, Organisation]:
    """Every organisation by its name, capitals aside; of two with one name, the older."""
    found: dict[str, Organisation] = {}
    for each in session.scalars(select(Organisation).order_by(Organisation.created_at, Organisation.id)):
        found.setdefault(each.name.casefold(), each)
    return found


def organisations_with_members(session: Session) -> frozenset[UUID]:
    """Organisations that have accounts, and so look after their own address."""
    return frozenset(filter(None, session.scalars(select(Membership.organisation_id).distinct())))


def venues_of(session: Session, organisation_ids: Collection[UUID]) -> Iterator[Venue]:
    """Venues of these organisations, the oldest first."""
    for some in _batches(organisation_ids):
        chosen = select(Venue).where(Venue.organisation_id.in_(some))
        yield from session.scalars(chosen.order_by(Venue.created_at, Venue.id))


def answers_about(session: Session, opportunity_ids: Collection[UUID]) -> dict[UUID, list[Said]]:
    """What is said about access for these roles themselves."""
    found: dict[UUID, list[Said]] = defaultdict(list)
    columns = (AccessAnswer.scope_id, AccessAnswer.code, AccessAnswer.answer, AccessAnswer.said_by)
    for some in _batches(opportunity_ids):
        chosen = select(*columns).where(
            AccessAnswer.scope == Scope.OPPORTUNITY, AccessAnswer.scope_id.in_(some)
        )
        for scope_id, *said in session.execute(chosen):
            found[scope_id].append(Said(*said))
    return found


def introduced_opportunities(session: Session, opportunity_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these roles through which somebody asked to meet the organisation."""
    found: set[UUID] = set()
    for some in _batches(opportunity_ids):
        chosen = select(Introduction.opportunity_id).where(Introduction.opportunity_id.in_(some))
        found.update(session.scalars(chosen))
    return frozenset(found)


def _batches(values: Iterable[Value]) -> Iterator[Sequence[Value]]:
    all_values = list(values)
    for start in range(0, len(all_values), _AT_ONCE):
        yield all_values[start : start + _AT_ONCE]

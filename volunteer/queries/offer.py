"""Reads of the offer as the engine wants it: facts about open roles, with inherited access answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from volunteer.domain.access import Answer, OfferAnswer, effective_answers, inherit
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.introductions import EXPECTED
from volunteer.domain.matching_facts import RoleFacts
from volunteer.domain.opportunities import OpportunityState, Scope
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import AccessAnswer, District, Introduction, Opportunity, Organisation, Venue
from volunteer.queries.answer_times import answer_days
from volunteer.queries.organisations import may_be_suggested

_COLUMNS = (
    Opportunity.id,
    Opportunity.organisation_id,
    Opportunity.venue_id,
    Opportunity.state,
    may_be_suggested().label("may_be_suggested"),
    Opportunity.tasks,
    Opportunity.sectors,
    Opportunity.wanted,
    Opportunity.starts_on,
    Opportunity.ends_on,
    Opportunity.commitment,
    Opportunity.times,
    Opportunity.languages_needed,
    Opportunity.languages_spoken,
    Opportunity.is_remote,
    Opportunity.extract_required,
    Venue.latitude,
    Venue.longitude,
    Venue.municipality,
    Venue.district,
    District.latitude.label("district_latitude"),
    District.longitude.label("district_longitude"),
)
_Answers = dict[UUID, list[OfferAnswer]]


def open_roles(session: Session, *, now: datetime, day_began: datetime) -> list[RoleFacts]:
    """Facts about every open role, in a day that began at ``day_began``.

    The roles of an organisation that is suspended or refused count as closed.
    """
    is_open = (Opportunity.state == OpportunityState.OPEN) & may_be_suggested()
    return _facts(session, is_open, now=now, day_began=day_began)


def roles(
    session: Session, opportunity_ids: Collection[UUID], *, now: datetime, day_began: datetime
) -> dict[UUID, RoleFacts]:
    """Facts about these roles, open or not, in a day that began at ``day_began``."""
    chosen = frozenset(opportunity_ids)
    found = _facts(session, Opportunity.id.in_(chosen), now=now, day_began=day_began, only=chosen)
    return {facts.opportunity_id: facts for facts in found}


def open_roles_of(
    session: Session, organisation_ids: Collection[UUID], *, now: datetime, day_began: datetime
) -> list[RoleFacts]:
    """Facts about the open roles of these organisations, in a day that began at ``day_began``."""
    is_open = (Opportunity.state == OpportunityState.OPEN) & may_be_suggested()
    of_them = select(Opportunity.id).join(Organisation, Opportunity.organisation_id == Organisation.id)
    chosen = of_them.where(is_open, Opportunity.organisation_id.in_(organisation_ids))
    return list(roles(session, session.scalars(chosen).all(), now=now, day_began=day_began).values())


def _facts(
    session: Session,
    chosen: ColumnElement[bool],
    *,
    now: datetime,
    day_began: datetime,
    only: frozenset[UUID] | None = None,
) -> list[RoleFacts]:
    of_organisation = select(*_COLUMNS).join(Organisation, Opportunity.organisation_id == Organisation.id)
    at_venue = of_organisation.outerjoin(Venue, Opportunity.venue_id == Venue.id)
    select_rows = at_venue.outerjoin(District, Venue.district == District.code).where(chosen)
    rows: Sequence[Any] = session.execute(select_rows).all()
    answers = _answers(session, rows, narrow=only is not None)
    taken = _taken(session, only)
    concerned = None if only is None else {row.organisation_id for row in rows}
    days = answer_days(session, day_began=day_began, only=concerned)
    return [_role(row, answers, taken.get(row.id, 0), days.get(row.organisation_id), now) for row in rows]


def _role(
    row: Row[Any], answers: _Answers, taken: int, days_to_answer: float | None, now: datetime
) -> RoleFacts:
    said = inherit(
        answers.get(row.organisation_id, ()), answers.get(row.venue_id, ()), answers.get(row.id, ()), now=now
    )
    return RoleFacts(
        opportunity_id=row.id,
        organisation_id=row.organisation_id,
        answers=effective_answers(said),
        languages_needed=row.languages_needed,
        languages_spoken=frozenset(row.languages_spoken),
        times=Availability.parse(row.times),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        position=_position(row),
        district=row.district or row.municipality,
        commitment=Commitment(row.commitment) if row.commitment else None,
        tasks=frozenset(row.tasks),
        sectors=frozenset(row.sectors),
        wanted=row.wanted,
        taken=taken,
        answer_days=days_to_answer,
        is_open=row.state == OpportunityState.OPEN and row.may_be_suggested,
        is_remote=row.is_remote,
        extract_required=row.extract_required,
    )


def _position(row: Row[Any]) -> tuple[float, float] | None:
    if row.latitude is not None and row.longitude is not None:
        return row.latitude, row.longitude
    if row.district_latitude is not None:
        return row.district_latitude, row.district_longitude
    municipality = MUNICIPALITIES.get(row.municipality or "")
    return municipality.position if municipality else None


def _answers(session: Session, rows: Sequence[Any], *, narrow: bool) -> _Answers:
    """Answers by whatever they were given for: ids of organisations, venues and roles never coincide."""
    columns = (AccessAnswer.scope_id, AccessAnswer.code, AccessAnswer.answer, AccessAnswer.said_at)
    chosen = select(*columns)
    if narrow:
        scopes = {scope for row in rows for scope in (row.id, row.venue_id, row.organisation_id) if scope}
        # With the kind of scope, so that the index serves, which begins with it.
        chosen = chosen.where(AccessAnswer.scope.in_(list(Scope)), AccessAnswer.scope_id.in_(scopes))
    found: _Answers = defaultdict(list)
    for scope_id, code, answer, said_at in session.execute(chosen):
        found[scope_id].append(OfferAnswer(code, Answer(answer), said_at=said_at))
    return found


def _taken(session: Session, only: frozenset[UUID] | None) -> dict[UUID, int]:
    """How many people each role has accepted."""
    accepted = (
        select(Introduction.opportunity_id, func.count())
        .where(Introduction.state.in_(EXPECTED))
        .group_by(Introduction.opportunity_id)
    )
    if only is not None:
        accepted = accepted.where(Introduction.opportunity_id.in_(only))
    return {row[0]: row[1] for row in session.execute(accepted)}

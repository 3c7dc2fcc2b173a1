"""Ten thousand invented roles in a database, so that a search has something to search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.events.opportunities import OpportunitiesImported
from volunteer.domain.matching_facts import RoleFacts
from volunteer.evaluation.city import build
from volunteer.models import AccessAnswer, Base, Opportunity, Organisation, Venue

NOBODY = UUID(int=0)


def fill(core: Core, *, roles: int) -> None:
    """Put ``roles`` open roles of an invented city into the database."""
    city = build(roles=roles, people=0)
    with core.units.write() as uow:
        organisations = {role.organisation_id for role in city.roles}
        uow.session.add_all(
            Organisation(id=each, name=f"Organisation {each}", language="nl", sectors=[], created_at=uow.now)
            for each in organisations
        )
        uow.session.flush()
        for table, rows in _rows(city.roles, uow.now).items():
            uow.session.execute(insert(table), rows)
        uow.record(OpportunitiesImported(NOBODY))


def _rows(roles: Iterable[RoleFacts], now: datetime) -> dict[type[Base], list[dict[str, object]]]:
    rows: dict[type[Base], list[dict[str, object]]] = {Venue: [], Opportunity: [], AccessAnswer: []}
    for role in roles:
        rows[Venue].append(_venue(role, now))
        rows[Opportunity].append(_opportunity(role, now))
        rows[AccessAnswer].extend(_answer(role, code, answer, now) for code, answer in role.answers.items())
    return rows


def _venue(role: RoleFacts, now: datetime) -> dict[str, object]:
    latitude, longitude = role.position or (None, None)
    return {
        "id": _venue_id(role),
        "organisation_id": role.organisation_id,
        "latitude": latitude,
        "longitude": longitude,
        "created_at": now,
    }


def _opportunity(role: RoleFacts, now: datetime) -> dict[str, object]:
    return {
        "id": role.opportunity_id,
        "organisation_id": role.organisation_id,
        "venue_id": _venue_id(role),
        "state": "open",
        "title": "An invented role",
        "description": "",
        "language": "nl",
        "tasks": sorted(role.tasks),
        "sectors": sorted(role.sectors),
        "wanted": role.wanted or 1,
        "ends_on": role.ends_on,
        "times": str(role.times),
        "languages_needed": dict(role.languages_needed),
        "languages_spoken": sorted(role.languages_spoken),
        "is_remote": role.is_remote,
        "extract_required": role.extract_required,
        "created_at": now,
        "updated_at": now,
    }


def _answer(role: RoleFacts, code: str, answer: Answer, now: datetime) -> dict[str, object]:
    return {
        "organisation_id": role.organisation_id,
        "scope": "opportunity",
        "scope_id": role.opportunity_id,
        "code": code,
        "answer": answer,
        "said_by": "import",
        "said_at": now,
    }


def _venue_id(role: RoleFacts) -> UUID:
    return UUID(int=role.opportunity_id.int ^ 1)

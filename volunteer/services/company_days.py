"""Company days: what the company brings, and what meets what organisations ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from volunteer.domain.company_days import Met, meet
from volunteer.domain.errors import NotFound
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import GatheringKind, PartyKind
from volunteer.domain.interests import parse_tasks
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_sign_ups, gatherings
from volunteer.unit_of_work import UnitOfWork


def found(uow: UnitOfWork, gathering_id: UUID, *, hold: bool = False) -> Gathering:
    """One company day. Raises :class:`NotFound`, also for a gathering of another kind."""
    gathering = gatherings.found(uow, gathering_id, hold=hold)
    if gathering.kind != GatheringKind.COMPANY_DAY:
        raise NotFound("This is not there any more.")
    return gathering


def say_offer(uow: UnitOfWork, gathering_id: UUID, tasks: Iterable[str]) -> Gathering:
    """What the company as a whole brings, as it told the desk. Raises :class:`InvalidValue`."""
    gathering = found(uow, gathering_id, hold=True)
    gathering.expertise_offered = sorted(parse_tasks(tasks, field="expertise"))
    return gathering


def meetings(uow: UnitOfWork, gathering: Gathering, *, company: str) -> Sequence[Met]:
    """What is asked beside what is offered, by those who come.

    Teams ask. Who signs up alone is of the company, and offers; ``company`` is what it is called itself.
    """
    coming = [each for each in queries.parties_of(uow.session, gathering.id) if each.state == SeatState.IN]
    teams = [each for each in coming if each.kind == PartyKind.TEAM]
    people = [each for each in coming if each.kind == PartyKind.VISITOR]
    asked = {_team(each): each.expertise for each in teams}
    offered = {_person(uow, each): each.expertise for each in people}
    return meet(asked, {company: gathering.expertise_offered, **offered})


def _team(party: GatheringParty) -> str:
    return f"{party.number}. {party.organisation.name if party.organisation else ''}"


def _person(uow: UnitOfWork, party: GatheringParty) -> str:
    """With the number of arrival: two may have the same first name."""
    return f"{party.number}. {gathering_sign_ups.name_of(uow, party)}"

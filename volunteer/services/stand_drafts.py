"""What a form for a stand begins with: what an organisation said before, or what its roles say."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.access import ANSWERS_LAST, Answer
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.stands import ON_THE_DAY, Application
from volunteer.models import AccessAnswer, Market, Opportunity, Organisation
from volunteer.queries import stands as queries
from volunteer.services import stands
from volunteer.unit_of_work import UnitOfWork

_SEATS = 2


def draft(uow: UnitOfWork, market: Market, organisation_id: UUID) -> Application:
    """What it asked for last, at this market or another; else languages, tasks and access of its roles.

    Of another market neither rounds nor hosts are taken over: it is another day.
    """
    before = queries.last_of(uow.session, organisation_id)
    if before is None:
        return _of_roles(uow, organisation_id)
    said = stands.application_of(uow, before)
    if before.market_id == market.id:
        return said
    return Application(
        languages=said.languages,
        access=said.access,
        not_access=said.not_access,
        offer=said.offer,
        tasks=said.tasks,
        seats=said.seats,
    )


def _of_roles(uow: UnitOfWork, organisation_id: UUID) -> Application:
    roles = uow.session.scalars(
        select(Opportunity).where(
            Opportunity.organisation_id == organisation_id, Opportunity.state == OpportunityState.OPEN
        )
    ).all()
    organisation = uow.session.get_one(Organisation, organisation_id)
    said = _answers(uow, organisation_id)
    return Application(
        languages=frozenset(
            [organisation.language, *(code for each in roles for code in each.languages_spoken)]
        ),
        tasks=frozenset(code for each in roles for code in each.tasks),
        access=frozenset(code for code, answers in said.items() if answers == {Answer.YES}),
        not_access=frozenset(code for code, answers in said.items() if answers == {Answer.NO}),
        seats=_SEATS,
    )


def _answers(uow: UnitOfWork, organisation_id: UUID) -> dict[str, set[str]]:
    """What was said anywhere in this organisation about what can be so at a stand, while it counts."""
    rows = uow.session.scalars(
        select(AccessAnswer).where(
            AccessAnswer.organisation_id == organisation_id,
            AccessAnswer.code.in_(ON_THE_DAY),
            AccessAnswer.said_at >= uow.now - ANSWERS_LAST,
        )
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.code].add(row.answer)
    return found

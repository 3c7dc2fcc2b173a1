"""Plans of an organisation: something becomes possible by a day, and somebody sees to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from volunteer.domain.access import Answer, feature_of
from volunteer.domain.candidates import clean_name
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.access import AccessPlanDue, AccessPlanFinished, AccessPlanMade
from volunteer.domain.opportunities import Scope
from volunteer.models import AccessPlan
from volunteer.queries.access import plans_to_remind_of
from volunteer.services import access_check
from volunteer.services.access_check import Place
from volunteer.unit_of_work import UnitOfWork

OPEN, DONE, DROPPED = "open", "done", "dropped"
LATEST_YEARS = 2


def make(
    uow: UnitOfWork, place: Place, code: str, *, by_when: date, who: str, account_id: UUID
) -> AccessPlan:
    """Plan something for a day to come. Raises :class:`InvalidValue` for the day, the name or the code."""
    if feature_of(code).derived:
        raise NotFound("This page is not there.")
    if not uow.today <= by_when <= uow.today.replace(day=1, year=uow.today.year + LATEST_YEARS):
        raise InvalidValue("Choose a day within the next two years.", field="by_when")
    plan = AccessPlan(
        id=uuid4(),
        organisation_id=place.organisation_id,
        scope=place.scope,
        scope_id=place.id,
        code=code,
        by_when=by_when,
        who=clean_name(who, field="who") if who.strip() else None,
        state=OPEN,
        made_by=account_id,
        made_at=uow.now,
    )
    uow.session.add(plan)
    uow.record(AccessPlanMade(plan.id))
    return plan


def finish(
    uow: UnitOfWork, organisation_id: UUID, plan_id: UUID, answer: Answer | None, *, said_by: str
) -> AccessPlan:
    """It is possible now, with this answer; or it is not to be. Raises :class:`NotFound` for another's.

    Raises :class:`ImpossibleStep` when it was finished already.
    """
    plan = uow.session.get(AccessPlan, plan_id, with_for_update=True, populate_existing=True)
    if plan is None or plan.organisation_id != organisation_id:
        raise NotFound("This page is not there.")
    if plan.state != OPEN:
        raise ImpossibleStep("This was done already.")
    plan.state = DONE if answer else DROPPED
    plan.finished_at = uow.now
    if answer is not None:
        place = access_check.place_of(uow, organisation_id, Scope(plan.scope), plan.scope_id)
        access_check.say(uow, place, plan.code, answer, said_by=said_by)
    uow.record(AccessPlanFinished(plan.id, was_done=answer is not None))
    return plan


def remind(uow: UnitOfWork) -> int:
    """Say of every plan whose day has come that it has, once; returns how many."""
    due = plans_to_remind_of(uow.session, uow.today)
    for plan in due:
        plan.reminded_at = uow.now
        uow.record(AccessPlanDue(plan.id))
    return len(due)

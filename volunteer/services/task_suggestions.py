"""Tasks suggested for roles that name none. The organisation alone says whether one fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from volunteer.domain.errors import NotFound
from volunteer.domain.interests import parse_tasks
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Opportunity, TaskSuggestion
from volunteer.queries import task_suggestions as queries
from volunteer.services import opportunities
from volunteer.unit_of_work import UnitOfWork


def keep(uow: UnitOfWork, opportunity: Opportunity, tasks: Sequence[str]) -> int:
    """Ask the organisation about these tasks, the surest first; returns how many are new.

    What was asked before is not asked again, whatever was answered. That the text was read is kept too.
    """
    known = {each.task: each for each in queries.suggested_tasks(uow.session, opportunity.id)}
    fresh = [task for task in tasks if task not in known]
    for rank, task in enumerate(fresh, start=1):
        uow.session.add(TaskSuggestion(opportunity_id=opportunity.id, task=task, rank=rank, made_at=uow.now))
    if None in known:
        known[None].made_at = uow.now
    else:
        uow.session.add(TaskSuggestion(opportunity_id=opportunity.id, task=None, rank=0, made_at=uow.now))
    return len(fresh)


def unanswered(uow: UnitOfWork, organisation_id: UUID) -> list[TaskSuggestion]:
    """What this organisation is asked, with the roles, but for tasks that these have by now."""
    waiting = queries.unanswered_suggestions(uow.session, organisation_id)
    return [each for each in waiting if each.task not in each.opportunity.tasks]


def answer(
    uow: UnitOfWork, organisation_ids: Collection[UUID], suggestion_id: UUID, *, fits: bool
) -> TaskSuggestion:
    """Yes adds the task to the role, no is remembered. Raises :class:`NotFound` for somebody else's role."""
    suggestion = uow.session.get(TaskSuggestion, suggestion_id, with_for_update=True)
    if (
        suggestion is None
        or suggestion.task is None
        or suggestion.opportunity.organisation_id not in organisation_ids
        or suggestion.opportunity.state != OpportunityState.OPEN
    ):
        raise NotFound("This question is not there any more.")
    if suggestion.answered_at is None:
        suggestion.answered_at = uow.now
        suggestion.fits = fits
        if fits:
            opportunities.add_tasks(uow, suggestion.opportunity, parse_tasks([suggestion.task]))
    return suggestion

"""Reads roles that name no task, and asks their organisations whether what it thinks of fits."""

from __future__ import annotations

from threadpoolctl import threadpool_limits

from volunteer.learning.texts import Approved, Guess, TaskSuggester, text_of
from volunteer.models import Opportunity
from volunteer.queries.task_suggestions import roles_with_tasks, unread_roles
from volunteer.services import task_suggestions
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

NEWEST = 5_000
"""Learned from so many of the newest roles: a few seconds, whatever the age of the house."""


def propose(units: UnitsOfWork) -> int:
    """Read every open role without tasks once; returns how many tasks organisations are asked about."""
    with units.read() as uow:
        unread = [(role.id, _text(role)) for role in unread_roles(uow.session)]
        approved = _approved(uow) if unread else []
    if not unread:
        return 0
    with threadpool_limits(1):
        guesses = TaskSuggester().fit(approved).guess([text for _, text in unread])
    asked = 0
    with units.write() as uow:
        for (role_id, _), found in zip(unread, guesses, strict=True):
            role = uow.session.get(Opportunity, role_id)
            if role is not None:
                asked += task_suggestions.keep(uow, role, [guess.task for guess in found])
    return asked


def think(units: UnitsOfWork, text: str) -> list[Guess]:
    """What this text makes one think of; keeps nothing."""
    with units.read() as uow:
        approved = _approved(uow)
    with threadpool_limits(1):
        return TaskSuggester().fit(approved).guess([text])[0]


def _approved(uow: UnitOfWork) -> list[Approved]:
    roles = roles_with_tasks(uow.session, limit=NEWEST)
    return [Approved(_text(role), frozenset(role.tasks)) for role in roles]


def _text(role: Opportunity) -> str:
    return text_of(role.title, role.description)

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
_AT_ONCE = 200
"""Roles in one transaction, so that nobody waits long for the database after a large import."""


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
    for start in range(0, len(unread), _AT_ONCE):
        with units.write() as uow:
            for (role_id, text), found in list(zip(unread, guesses, strict=True))[start : start + _AT_ONCE]:
                role = uow.session.get(Opportunity, role_id, with_for_update=True)
                # What was changed meanwhile counts as unread still, and comes round again.
                if role is not None and _text(role) == text and not role.tasks:
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

"""Who speaks on the pages of access, about what, and whether they may answer."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.domain.opportunities import Scope
from volunteer.services import access_check
from volunteer.services.access_check import Place
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import staff
from volunteer.web.views.organisation.blueprint import Team, our_team


def place_of(uow: UnitOfWork, mine: Team, scope: str, scope_id: UUID) -> Place:
    """A place of this team. Raises :class:`NotFound` for any other."""
    if scope not in list(Scope):
        raise NotFound("This page is not there.")
    return access_check.place_of(uow, mine.id, Scope(scope), scope_id)


def said_by() -> str:
    """In whose name answers of this session are kept."""
    return f"account:{staff().account_id}"


def answering() -> Team:
    """The team, for who answers in it. Raises :class:`NotAllowed` for who looks on."""
    mine = our_team()
    if not mine.may_answer:
        raise NotAllowed("You can look at this page. A colleague of your team answers it.")
    return mine

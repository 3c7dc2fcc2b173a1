"""The desk suspended an organisation, or lifted that: who is concerned is told, and people wait or go on."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Organisation
from volunteer.queries.organisations import is_suspended, running_at
from volunteer.services import introductions, messages
from volunteer.unit_of_work import UnitOfWork


def of_suspension(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the people who were to meet them that it waits, and the team that it must talk with us."""
    if is_suspended(uow.session, cause.event.organisation_id):
        _tell(cause, uow, MessageKind.PAUSED, MessageKind.SUSPENDED)


def of_lifting(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the same ones that it goes on."""
    if not is_suspended(uow.session, cause.event.organisation_id):
        _tell(cause, uow, MessageKind.RESUMED, MessageKind.REINSTATED)


def who_waited(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Look again at whoever waited for an answer meanwhile."""
    introductions.reconsider(uow, cause.event.organisation_id)


def _tell(cause: Cause, uow: UnitOfWork, people: MessageKind, team: MessageKind) -> None:
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is None:
        return
    messages.tell_members(uow, organisation, team, about_id=organisation.id, cause_id=cause.event_id)
    # One message a person, also for who was to meet them twice.
    running = {each.candidate_id: each for each in reversed(running_at(uow.session, organisation.id))}
    for introduction in running.values():
        messages.tell_candidate(
            uow, introduction.candidate, people, about_id=introduction.id, cause_id=cause.event_id
        )

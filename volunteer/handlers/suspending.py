"""The desk suspended or refused an organisation, or let it go on: people wait or go on, and are told so."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.domain.organisations import Approval, has_yes
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Organisation
from volunteer.queries.organisations import running_at
from volunteer.services import introductions, messages, organisations
from volunteer.unit_of_work import UnitOfWork


def of_suspension(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the people who were to meet them that it waits, and the team that it must talk with us."""
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is None or organisation.suspended_at is None:
        return
    _tell_team(cause, uow, organisation, MessageKind.SUSPENDED)
    if has_yes(Approval(organisation.approval), had_yes=organisation.had_yes):
        _tell_people(cause, uow, organisation, MessageKind.PAUSED)


def of_lifting(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the same ones that it goes on."""
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is None or organisation.suspended_at is not None:
        return
    _tell_team(cause, uow, organisation, MessageKind.REINSTATED)
    if organisations.gets_people(organisation):
        _tell_people(cause, uow, organisation, MessageKind.RESUMED)


def of_refusal(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the people who were to meet one that was refused that it waits; who is suspended told them so."""
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation and organisation.suspended_at is None and not organisations.gets_people(organisation):
        _tell_people(cause, uow, organisation, MessageKind.PAUSED)


def of_new_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the same ones that it goes on."""
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is not None and organisations.gets_people(organisation):
        _tell_people(cause, uow, organisation, MessageKind.RESUMED)


def who_waited(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Look again at whoever waited for an answer meanwhile."""
    introductions.reconsider(uow, cause.event.organisation_id)


def _tell_team(cause: Cause, uow: UnitOfWork, organisation: Organisation, kind: MessageKind) -> None:
    messages.tell_members(uow, organisation, kind, about_id=organisation.id, cause_id=cause.event_id)


def _tell_people(cause: Cause, uow: UnitOfWork, organisation: Organisation, kind: MessageKind) -> None:
    # One message a person, also for who was to meet them twice.
    running = {each.candidate_id: each for each in reversed(running_at(uow.session, organisation.id))}
    for introduction in running.values():
        messages.tell_candidate(
            uow, introduction.candidate, kind, about_id=introduction.id, cause_id=cause.event_id
        )

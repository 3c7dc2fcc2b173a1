"""The desk said something to an organisation: its team hears of it, and what waited for a yes opens."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Organisation
from volunteer.services import introductions, messages, opportunity_states
from volunteer.unit_of_work import UnitOfWork


def of_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell everyone who speaks for it that they can start."""
    _tell(cause, uow, MessageKind.ORGANISATION_APPROVED)


def of_question(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell them that a question waits on their page."""
    _tell(cause, uow, MessageKind.ORGANISATION_ASKED)


def of_no(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell them that the reason stands on their page, and that they can answer."""
    _tell(cause, uow, MessageKind.ORGANISATION_REFUSED)


def open_roles(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Show the roles that waited for this alone, and look again at whoever waits for this organisation."""
    opportunity_states.open_what_waits(uow, cause.event.organisation_id)
    introductions.reconsider(uow, cause.event.organisation_id)


def _tell(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is not None:
        messages.tell_who_answers(uow, organisation, kind, about_id=organisation.id, cause_id=cause.event_id)

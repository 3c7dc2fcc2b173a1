"""The desk said something to an organisation: its team hears of it, and what waited for a yes opens."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Organisation
from volunteer.queries.accounts import members_of
from volunteer.services import introductions, messages, opportunity_states
from volunteer.unit_of_work import UnitOfWork


def of_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell everyone who speaks for it that they can start; for a referrer, what comes first."""
    _tell(cause, uow, MessageKind.ORGANISATION_APPROVED, of_referrer=MessageKind.REFERRER_APPROVED)


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


def _tell(
    cause: Cause, uow: UnitOfWork, kind: MessageKind, *, of_referrer: MessageKind | None = None
) -> None:
    organisation = uow.session.get(Organisation, cause.event.organisation_id)
    if organisation is None:
        return
    about = {"about_id": organisation.id, "cause_id": cause.event_id}
    told: set[UUID] = set()
    if organisation.seeks_volunteers:
        messages.tell_who_answers(uow, organisation, kind, **about)
        told = {each.id for each in members_of(uow.session, organisation.id, roles=ANSWERING)}
    for owner in members_of(uow.session, organisation.id, roles={Role.REFERRER_OWNER}):
        if of_referrer is not None or owner.id not in told:
            messages.tell_account(uow, owner, of_referrer or kind, **about)

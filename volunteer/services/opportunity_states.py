"""The steps of a volunteer role: each is an event, and what cannot be done is refused with a sentence."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from volunteer.domain.availability import Availability
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events import Event
from volunteer.domain.events.opportunities import (
    OpportunityChanged,
    OpportunityConfirmed,
    OpportunityPublished,
    OpportunitySubmitted,
    OpportunityTakenBack,
)
from volunteer.domain.opportunities import UNSEEN, OpportunityState, Scope, Step, after, step_to
from volunteer.models import Opportunity, Organisation
from volunteer.queries.opportunities import waiting_roles, was_ever_met
from volunteer.services import access_check, organisations
from volunteer.unit_of_work import UnitOfWork


class WaitsFor(StrEnum):
    """What stands before a role that was published."""

    APPROVAL = "approval"
    DAY = "day"


def held(uow: UnitOfWork, opportunity_id: UUID, organisation_id: UUID | None = None) -> Opportunity:
    """This role, held until the transaction ends. Raises :class:`NotFound`, also for somebody else's."""
    opportunity = uow.session.get(Opportunity, opportunity_id, with_for_update=True, populate_existing=True)
    if opportunity is None or organisation_id not in {None, opportunity.organisation_id}:
        raise NotFound("This role is not there any more.")
    return opportunity


def publish(uow: UnitOfWork, opportunity: Opportunity) -> OpportunityState:
    """Show it to people, or let it wait for what stands before that; returns which.

    Raises :class:`InvalidValue` where it is not whole or is over, :class:`ImpossibleStep` where it is open.
    """
    state = OpportunityState(opportunity.state)
    if state is OpportunityState.WAITING:
        raise ImpossibleStep("This role is published already, and waits.", field="state")
    after(state, Step.OPEN)
    _check_whole(uow, opportunity)
    take(uow, opportunity, Step.WAIT if waits_for(uow, opportunity) else Step.OPEN)
    return OpportunityState(opportunity.state)


def set_state(uow: UnitOfWork, opportunity: Opportunity, state: OpportunityState) -> None:
    """Bring a role to this state by the step that leads there; nothing happens where it is there already.

    Raises as :func:`publish`, and :class:`ImpossibleStep` where no step leads there.
    """
    now = OpportunityState(opportunity.state)
    if state is now:
        return
    if state is OpportunityState.OPEN:
        publish(uow, opportunity)
    else:
        take(uow, opportunity, step_to(now, state))


def waits_for(uow: UnitOfWork, opportunity: Opportunity) -> WaitsFor | None:
    """What stands before showing this role to people today."""
    organisation = uow.session.get_one(Organisation, opportunity.organisation_id)
    if not organisations.may_publish(organisation):
        return WaitsFor.APPROVAL
    if opportunity.opens_on is not None and opportunity.opens_on > uow.today:
        return WaitsFor.DAY
    return None


def look_again(uow: UnitOfWork, opportunity: Opportunity) -> None:
    """Open a role that waits, once nothing stands before it any more."""
    if opportunity.state == OpportunityState.WAITING and waits_for(uow, opportunity) is None:
        take(uow, opportunity, Step.OPEN)


def open_what_waits(uow: UnitOfWork, organisation_id: UUID) -> None:
    """The organisation was approved: open those of its roles that waited for this alone."""
    for opportunity in waiting_roles(uow.session, organisation_id=organisation_id):
        look_again(uow, opportunity)


def confirm(uow: UnitOfWork, opportunity: Opportunity) -> None:
    """Its team says that it is still true. Raises :class:`ImpossibleStep` when it is not open."""
    if opportunity.state != OpportunityState.OPEN:
        raise ImpossibleStep("This role is not open any more. Log in to open it again.", field="state")
    opportunity.confirmed_at = uow.now
    opportunity.asked_at = None
    uow.record(OpportunityConfirmed(opportunity.id))


def discard(uow: UnitOfWork, opportunity: Opportunity) -> None:
    """Throw a draft away. Raises :class:`ImpossibleStep` for what people saw: that is closed instead."""
    was_seen = opportunity.opened_at is not None or was_ever_met(uow.session, opportunity.id)
    if opportunity.state != OpportunityState.DRAFT or was_seen:
        raise ImpossibleStep("Only a draft can be thrown away. Close this role instead.", field="state")
    access_check.clear(uow, Scope.OPPORTUNITY, opportunity.id)
    uow.session.delete(opportunity)


def take(uow: UnitOfWork, opportunity: Opportunity, step: Step) -> None:
    """Go one step. Raises :class:`ImpossibleStep` when it cannot be gone from here."""
    state = OpportunityState(opportunity.state)
    if state is OpportunityState.DRAFT and step is Step.CLOSE and opportunity.opened_at is None:
        raise ImpossibleStep("This role is a draft: nobody sees it yet. Publish it first.", field="state")
    opportunity.state = after(state, step)
    touch(uow, opportunity)
    if opportunity.state == OpportunityState.OPEN and opportunity.opened_at is None:
        opportunity.opened_at = uow.now
    uow.record(_event(opportunity, state, step))


def touch(uow: UnitOfWork, opportunity: Opportunity) -> None:
    """It changed: whoever changes a role says that it is still true."""
    opportunity.updated_at = uow.now
    opportunity.asked_at = None


def _event(opportunity: Opportunity, before: OpportunityState, step: Step) -> Event:
    match step:
        case Step.WAIT:
            return OpportunitySubmitted(opportunity.id)
        case Step.TAKE_BACK:
            return OpportunityTakenBack(opportunity.id)
        case Step.OPEN if before in UNSEEN:
            return OpportunityPublished(opportunity.id)
        case _:
            return OpportunityChanged(opportunity.id)


def _check_whole(uow: UnitOfWork, opportunity: Opportunity) -> None:
    if not opportunity.title.strip():
        raise InvalidValue("Give the role a title.", field="title")
    if opportunity.ends_on is not None and opportunity.ends_on < uow.today:
        raise InvalidValue("Its last day is past. Choose a later one first.", field="ends_on")
    if Availability.parse(opportunity.times).is_over(uow.today):
        raise InvalidValue("All its dates are past. Choose new ones first.", field="date_on_0")

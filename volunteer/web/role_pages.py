"""What the pages of a team show about its roles: by state, with what each waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from volunteer.domain.availability import Availability
from volunteer.domain.opportunities import TIME_TO_CONFIRM, OpportunityState, Step, steps_from
from volunteer.models import Opportunity
from volunteer.queries.opportunities import roles_in, taken_places
from volunteer.services import opportunity_states
from volunteer.services.opportunity_states import WaitsFor
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_times
from volunteer.web.language import gettext as _
from volunteer.web.language import ngettext
from volunteer.web.own_introductions import DEFAULT_PICTURE

MOST_SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """One role of a team."""

    id: UUID
    title: str
    language: str | None
    task_code: str
    state: OpportunityState
    waits: str
    """What it waits for, or how it stands, in a sentence."""
    when: str | None
    is_asked: bool
    """The team was asked whether it is still true."""


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Roles in one state."""

    state: OpportunityState
    title: str
    lines: list[RoleLine]


def groups(uow: UnitOfWork, organisation_id: UUID) -> list[RoleGroup]:
    """Every role of a team by state, what needs somebody first; a state without roles is left out."""
    found = roles_in(uow.session, organisation_id, limit=MOST_SHOWN)
    taken = taken_places(uow.session, [each.id for each in found])
    lines = [line(uow, each, taken.get(each.id, 0)) for each in found]
    by_state = {state: [each for each in lines if each.state is state] for state in _ORDER}
    names = state_names()
    for each in by_state.values():
        each.sort(key=lambda shown: not shown.is_asked)
    return [RoleGroup(state, names[state], each) for state, each in by_state.items() if each]


def line(uow: UnitOfWork, opportunity: Opportunity, taken: int) -> RoleLine:
    """One role as its team sees it in a list."""
    state = OpportunityState(opportunity.state)
    return RoleLine(
        id=opportunity.id,
        title=opportunity.title or _("Without a title yet"),
        language=opportunity.language if opportunity.title else None,
        task_code=next(iter(opportunity.tasks), DEFAULT_PICTURE),
        state=state,
        waits=stands(uow, opportunity, taken),
        when=spoken_times(Availability.parse(opportunity.times), uow.today) if opportunity.times else None,
        is_asked=is_asked(opportunity),
    )


def is_asked(opportunity: Opportunity) -> bool:
    """Whether its team was asked if it is still true."""
    return opportunity.state == OpportunityState.OPEN and opportunity.asked_at is not None


def stands(uow: UnitOfWork, opportunity: Opportunity, taken: int) -> str:
    """How a role stands, in a sentence."""
    match OpportunityState(opportunity.state):
        case OpportunityState.DRAFT:
            return _("Nobody sees it yet. Finish it and publish it.")
        case OpportunityState.WAITING:
            return _waiting(uow, opportunity)
        case OpportunityState.OPEN:
            return _open(uow, opportunity, taken)
        case OpportunityState.PAUSED:
            return _("On hold: we suggest it to nobody.")
        case OpportunityState.FULL:
            return _("You found everyone. We suggest it to nobody.")
        case OpportunityState.CLOSED:
            return _("Closed since %(day)s.", day=spoken_day(opportunity.updated_at))


def _waiting(uow: UnitOfWork, opportunity: Opportunity) -> str:
    match opportunity_states.waits_for(uow, opportunity):
        case WaitsFor.APPROVAL:
            return _("It opens as soon as the info desk knows your organisation.")
        case WaitsFor.DAY if opportunity.opens_on:
            return _("It opens on %(day)s.", day=spoken_day(opportunity.opens_on))
        case _:
            return _("It opens in a moment.")


def _open(uow: UnitOfWork, opportunity: Opportunity, taken: int) -> str:
    if opportunity.asked_at is not None:
        until = _last_day(opportunity.asked_at.astimezone(uow.zone).date())
        return _("Is it still true? Without an answer it closes on %(day)s.", day=spoken_day(until))
    found = ngettext(
        "%(taken)s of %(num)d person found.",
        "%(taken)s of %(num)d people found.",
        opportunity.wanted,
        taken=taken,
    )
    if opportunity.ends_on is not None:
        return f"{found} {_('It closes after %(day)s.', day=spoken_day(opportunity.ends_on))}"
    return found


def _last_day(asked: date) -> date:
    return asked + TIME_TO_CONFIRM


def state_names() -> Mapping[OpportunityState, str]:
    """The states in the reader's words, in the order of the page."""
    return {
        OpportunityState.DRAFT: _("Drafts"),
        OpportunityState.WAITING: _("Waiting"),
        OpportunityState.OPEN: _("Open"),
        OpportunityState.PAUSED: _("On hold"),
        OpportunityState.FULL: _("Full"),
        OpportunityState.CLOSED: _("Closed"),
    }


@dataclass(frozen=True, slots=True)
class StepOffered:
    """Something that can be done with a role now."""

    code: str
    text: str


def steps_offered(opportunity: Opportunity) -> list[StepOffered]:
    """What its team can do with it, the usual one first."""
    state = OpportunityState(opportunity.state)
    possible = steps_from(state)
    if state is OpportunityState.WAITING:
        possible -= {Step.OPEN}
    if state is OpportunityState.DRAFT and opportunity.opened_at is None:
        possible -= {Step.CLOSE}
    publish = _("Publish") if state is OpportunityState.DRAFT else _("Open it again")
    names = {
        Step.OPEN: publish,
        Step.TAKE_BACK: _("Take it back"),
        Step.FILL: _("We found everyone"),
        Step.PAUSE: _("Put it on hold"),
        Step.CLOSE: _("Close it"),
    }
    return [StepOffered(step, text) for step, text in names.items() if step in possible]


_ORDER = (
    OpportunityState.DRAFT,
    OpportunityState.WAITING,
    OpportunityState.OPEN,
    OpportunityState.PAUSED,
    OpportunityState.FULL,
    OpportunityState.CLOSED,
)

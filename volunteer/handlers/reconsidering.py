"""Something that somebody waits for may have changed: whoever waits is looked at again.

A yes sends an introduction out, a no lets it fall through, what is unknown becomes a question. It happens for
every event that can matter, so that whichever of two transactions commits last is seen.
"""

from __future__ import annotations

from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Introduction, Opportunity
from volunteer.queries.introductions import organisations_waited_for
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork


def who_asked(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Somebody said yes on condition."""
    introduction = uow.session.get(Introduction, cause.event.introduction_id)
    if introduction is not None:
        introductions.reconsider(uow, introduction.organisation_id)


def who_waits_for_organisation(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """An organisation said something about access."""
    introductions.reconsider(uow, cause.event.organisation_id)


def who_waits_for_role(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """A role changed, opened or closed."""
    opportunity = uow.session.get(Opportunity, cause.event.opportunity_id)
    if opportunity is not None:
        introductions.reconsider(uow, opportunity.organisation_id)


def everyone(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """A whole list was read."""
    for organisation_id in organisations_waited_for(uow.session):
        introductions.reconsider(uow, organisation_id)


def candidate(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Somebody who may be waiting changed their answers."""
    for organisation_id in organisations_waited_for(uow.session, candidate_id=cause.event.candidate_id):
        introductions.reconsider(uow, organisation_id)

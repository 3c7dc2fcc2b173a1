"""Looks for roles whenever a person, or what an organisation said to them, calls for it."""

from __future__ import annotations

from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Introduction
from volunteer.services import suggestions
from volunteer.unit_of_work import UnitOfWork


def for_candidate(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """The person enrolled or changed their answers."""
    suggestions.make(uow, cause.event.candidate_id, event_id=cause.event_id, catalogue=ports.catalogue)


def others(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """The person wants to see the next best."""
    suggestions.make(
        uow,
        cause.event.candidate_id,
        event_id=cause.event_id,
        catalogue=ports.catalogue,
        after_id=cause.event.list_id,
    )


def after_no(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """A role turned out not to fit, or does not go on: here are others."""
    introduction = uow.session.get(Introduction, cause.event.introduction_id)
    if introduction is not None:
        suggestions.make(uow, introduction.candidate_id, event_id=cause.event_id, catalogue=ports.catalogue)

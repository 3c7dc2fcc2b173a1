"""Organisations that do not answer somebody: reminded once, before the desk calls them."""

from __future__ import annotations

from volunteer.domain.events.introductions import IntroductionUnanswered
from volunteer.domain.introductions import NUDGED_AFTER
from volunteer.queries.introductions import unanswered_since
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 50


def nudge(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Remind whoever lets somebody wait, the longest waiting first; returns of how many introductions."""
    silent = unanswered_since(uow.session, uow.now - NUDGED_AFTER, limit=limit)
    for introduction in silent:
        introduction.nudged_at = uow.now
        uow.record(IntroductionUnanswered(introduction.id))
    return len(silent)

"""Somebody who started four weeks ago, and the questions that go out then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.introductions import Step
from volunteer.models import FollowUp, Introduction
from volunteer.services import follow_ups, introductions, placements

SURE = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


def start(core: Core, introduction_id: UUID) -> None:
    """The organisation says yes, and they started four weeks ago."""
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        introductions.accept(uow, found.organisation_id, found.id, words="Tuesday at 10")
        placements.tell(uow, found.organisation_id, found.id, Step.START)
        found.started_at = uow.now - timedelta(days=29)


def ask(core: Core, work: Callable[[], None]) -> None:
    """Ask both sides how it goes."""
    with core.units.write() as uow:
        follow_ups.ask_due(uow)
    work()


def going(core: Core, side: str = "person") -> tuple[str | None, str | None]:
    """What this side answered, and how."""
    with core.units.read() as uow:
        found = uow.session.scalars(
            select(FollowUp).where(FollowUp.side == side).order_by(FollowUp.asked_at)
        ).first()
        return (found.going, found.answered_by) if found else (None, None)

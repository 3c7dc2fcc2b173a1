"""Agreed moments: named with a yes, changed later, and reminded of the day before."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from volunteer.domain import appointments
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events.introductions import AppointmentNear, IntroductionMoved
from volunteer.domain.introductions import IntroductionState
from volunteer.models import Introduction
from volunteer.queries import introductions as queries
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork


def move(uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, *, at: datetime | None) -> None:
    """Another day or hour, or none for now. Raises as :func:`introductions.answerable`, ``InvalidValue``,
    and :class:`ImpossibleStep` for what nobody said yes to, or is over.
    """
    introduction = introductions.answerable(uow, organisation_id, introduction_id)
    if introduction.state != IntroductionState.ACCEPTED:
        raise ImpossibleStep("This cannot be done any more: something changed in the meantime.")
    if at == introduction.agreed_at:
        return
    agree_on(uow, introduction, at)
    uow.record(IntroductionMoved(introduction.id))


def agree_on(uow: UnitOfWork, introduction: Introduction, at: datetime | None) -> None:
    """They meet then; ``None`` takes an agreed moment back. Raises :class:`InvalidValue`."""
    introductions.agree(uow, introduction, at)
    if at is not None and at < _day_after(uow):
        # Who hears today that it is today or tomorrow needs no second word.
        introduction.reminded_of = introduction.agreed_at


def remind(uow: UnitOfWork) -> int:
    """Say of everybody who meets tomorrow that it is near, once for each agreed moment; returns how many.

    Tomorrow is a day of the centre's calendar.
    """
    tomorrow = uow.day_began + timedelta(days=1)
    near = queries.appointments_between(uow.session, tomorrow, _day_after(uow), limit=100)
    for introduction in near:
        introduction.reminded_of = introduction.agreed_at
        answered = introduction.answered_at
        if answered is None or answered <= uow.now - appointments.TOLD_JUST_NOW:
            uow.record(AppointmentNear(introduction.id))
    return len(near)


def is_tomorrow(uow: UnitOfWork, introduction: Introduction | None) -> bool:
    """Whether they agreed to meet on the day after this one."""
    agreed = introduction.agreed_at if introduction else None
    return agreed is not None and uow.day_began + timedelta(days=1) <= agreed < _day_after(uow)


def _day_after(uow: UnitOfWork) -> datetime:
    """The end of tomorrow; a day on which the clock changes has 23 or 25 hours, and wall time minds that."""
    return uow.day_began + timedelta(days=2)

"""Makes a timetable that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from volunteer.handlers.reaction import Cause, Ports
from volunteer.services import replanning, timetables
from volunteer.services.market_facts import MarketRead
from volunteer.services.timetable_solving import Solved, solved
from volunteer.unit_of_work import UnitOfWork


def begin(cause: Cause, uow: UnitOfWork, ports: Ports) -> MarketRead | None:
    """Read the market as it is now."""
    return timetables.begin(uow, cause.event.timetable_id)


def work(found: MarketRead, tell: Callable[[int], None]) -> Solved:
    """Make it; nobody waits for the database meanwhile."""
    return solved(found, tell)


def note(cause: Cause, uow: UnitOfWork, percent: int) -> None:
    """Say how far it is."""
    timetables.note(uow, cause.event.timetable_id, percent)


def keep(cause: Cause, uow: UnitOfWork, made: Solved) -> None:
    """It is there; one of the day is published at once."""
    replanning.keep(uow, cause.event.timetable_id, made)


def fail(cause: Cause, uow: UnitOfWork) -> None:
    """It could not be made: whoever asked reads so."""
    timetables.fail(uow, cause.event.timetable_id)

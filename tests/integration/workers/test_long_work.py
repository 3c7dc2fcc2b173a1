"""A timetable takes longer than a transaction: who dies over it is replaced, and only one result is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.fakes import HandClock, RecordingBell, work_off
from tests.integration.services.markets import make_market
from volunteer.config import Settings
from volunteer.domain.market_days import TimetableState
from volunteer.handlers import planning
from volunteer.handlers.reaction import Working
from volunteer.handlers.registry import HANDLERS
from volunteer.models import Delivery, MarketVisitor, Timetable, Visit
from volunteer.queues import Actor, actor_of
from volunteer.services import timetables
from volunteer.services.market_facts import MarketRead
from volunteer.services.timetable_solving import Solved, solved
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

Work = Callable[[MarketRead, Callable[[int], None]], Solved]


class Hall:
    """A worker, a small market, and a way to change how a timetable is worked out."""

    def __init__(self, settings: Settings) -> None:
        self.clock, self.bell = HandClock(), RecordingBell()
        (handler,) = (each for each in HANDLERS if each.name == "make_timetable")
        self.worker: WorkerCore = make_worker_core(
            settings, bell=self.bell, clock=self.clock, handlers=[handler]
        )
        with self.worker.core.units.write() as uow:
            self.market_id = make_market(uow).id

    def works(self, work: Work) -> None:
        """From now on it is worked out like this."""
        handler = self.worker.handlers["make_timetable"]
        reaction = Working(planning.begin, work, planning.note, planning.keep, planning.fail)
        self.worker.handlers["make_timetable"] = replace(handler, reaction=reaction)

    def ask(self, *, is_replan: bool = False) -> UUID:
        """Ask for a timetable; returns its delivery, which nobody ran yet."""
        with self.worker.core.units.write() as uow:
            timetables.ask(uow, self.market_id, by="account:desk", is_replan=is_replan)
        self.bell.deliveries.clear()
        while self.bell.events:
            ledger.fan_out(self.worker, self.bell.events.pop(0))
        with self.worker.core.units.read() as uow:
            return uow.session.scalars(select(Delivery.id)).one()

    def timetable(self) -> Timetable:
        """The one there is."""
        with self.worker.core.units.read() as uow:
            return uow.session.scalars(select(Timetable)).one()

    def visits(self) -> int:
        """How many meetings people were told of."""
        with self.worker.core.units.read() as uow:
            return uow.session.scalar(select(func.count()).select_from(Visit)) or 0

    def wait_for_lease(self) -> None:
        """Let the lease run out, and the sweep find it, with its pause."""
        for seconds in (61, 3):
            self.clock.go_on(seconds=seconds)
            ledger.sweep(self.worker)


@pytest.fixture
def hall(settings: Settings) -> Iterator[Hall]:
    found = Hall(settings)
    yield found
    found.worker.core.close()


class Killed(BaseException):
    """The process is gone in the middle of its work; nothing of it catches this."""


def die(found: MarketRead, tell: Callable[[int], None]) -> Solved:
    """Work for a while, and be killed."""
    tell(40)
    raise Killed


def test_a_worker_killed_in_the_middle_is_replaced_and_says_meanwhile_how_far_it_was(hall: Hall) -> None:
    delivery_id = hall.ask(is_replan=True)
    hall.works(die)
    with pytest.raises(Killed):
        ledger.deliver(hall.worker, delivery_id)
    assert (hall.timetable().state, hall.timetable().progress) == (TimetableState.SOLVING, 40)

    hall.works(solved)
    ledger.deliver(hall.worker, delivery_id)
    assert hall.timetable().state == TimetableState.SOLVING, "the lease still runs"
    hall.wait_for_lease()
    work_off(hall.worker, hall.bell)

    assert (hall.timetable().state, hall.timetable().progress) == (TimetableState.PUBLISHED, 100)
    assert hall.visits() > 8
    with hall.worker.core.units.read() as uow:
        assert uow.session.scalars(select(Delivery.state).where(Delivery.id == delivery_id)).one() == "done"


def test_a_worker_that_was_too_slow_keeps_nothing_beside_the_one_that_took_over(hall: Hall) -> None:
    delivery_id = hall.ask(is_replan=True)

    def be_overtaken(found: MarketRead, tell: Callable[[int], None]) -> Solved:
        done = solved(found, lambda _: None)
        hall.works(solved)
        hall.wait_for_lease()
        ledger.deliver(hall.worker, delivery_id)
        return done

    hall.works(be_overtaken)
    ledger.deliver(hall.worker, delivery_id)

    assert hall.timetable().state == TimetableState.PUBLISHED
    visits = hall.visits()
    with hall.worker.core.units.read() as uow:
        pairs = uow.session.execute(select(Visit.visitor_id, Visit.stand_id)).all()
        assert len(set(pairs)) == visits
        attempts = uow.session.scalars(select(Delivery.attempts).where(Delivery.id == delivery_id)).one()
    assert attempts == 2


def test_every_word_on_how_far_it_is_renews_the_lease(hall: Hall) -> None:
    delivery_id = hall.ask()

    def take_long(found: MarketRead, tell: Callable[[int], None]) -> Solved:
        for percent in (20, 50, 80):
            hall.clock.go_on(seconds=50)
            tell(percent)
            ledger.sweep(hall.worker)
        return solved(found, lambda _: None)

    hall.works(take_long)
    ledger.deliver(hall.worker, delivery_id)

    assert hall.timetable().state == TimetableState.READY


def test_what_cannot_be_worked_out_fails_in_words_and_is_not_tried_again(hall: Hall) -> None:
    delivery_id = hall.ask()

    def break_down(found: MarketRead, tell: Callable[[int], None]) -> Solved:
        raise ValueError("Amal has a secret")

    hall.works(break_down)
    ledger.deliver(hall.worker, delivery_id)

    assert hall.timetable().state == TimetableState.FAILED
    assert hall.timetable().figures == {"failed": timetables.BROKE}
    with hall.worker.core.units.read() as uow:
        assert uow.session.scalars(select(Delivery.state)).one() == "done"


def test_a_plan_that_was_thrown_away_meanwhile_is_not_kept(hall: Hall) -> None:
    delivery_id = hall.ask()

    def be_unwanted(found: MarketRead, tell: Callable[[int], None]) -> Solved:
        with hall.worker.core.units.write() as uow:
            timetables.discard(uow, uow.session.scalars(select(Timetable.id)).one())
        tell(50)
        return solved(found, lambda _: None)

    hall.works(be_unwanted)
    ledger.deliver(hall.worker, delivery_id)

    with hall.worker.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Timetable)) == 0
        assert uow.session.scalars(select(Delivery.state)).one() == "done"


def test_nobody_who_comes_is_a_reason_in_words(hall: Hall) -> None:
    delivery_id = hall.ask()
    with hall.worker.core.units.write() as uow:
        for visitor in uow.session.scalars(select(MarketVisitor)):
            visitor.wants_route = False
    ledger.deliver(hall.worker, delivery_id)

    assert hall.timetable().figures == {"failed": timetables.NOBODY}


def test_timetables_have_a_thread_of_their_own() -> None:
    assert actor_of("make_timetable") is Actor.SOLVE

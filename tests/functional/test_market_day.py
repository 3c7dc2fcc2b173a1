"""A market day over HTTP, on the real service: four hundred people, and a worker that dies in the middle."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.functional.running_market import (
    INTERPRETERS,
    PEOPLE,
    ROUNDS,
    SEATS,
    Line,
    RunningMarket,
    Watched,
    running_market,
)
from tests.patience import eventually
from volunteer.cli.children import Child
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import STANDING, TimetableState, VisitState
from volunteer.links import Purpose
from volunteer.models import Market, MarketVisitor, Stand, Timetable, Visit
from volunteer.services import accounts

pytestmark = pytest.mark.chaos
PATIENCE_SECONDS = 60.0
PASSWORD = "een lange zin om binnen te komen"
CRASH_IN = 3
"""The round in which routes are made again, and the worker dies."""
WALK_INS = 3
"""In each of the first rounds."""
OLDEST_SECONDS = 2.0


@dataclass
class Told:
    """What people were told that it was written down."""

    here: set[UUID] = field(default_factory=set)
    met: set[UUID] = field(default_factory=set)
    missed: set[UUID] = field(default_factory=set)
    walk_ins: list[str] = field(default_factory=list)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_day_on_which_nobody_is_lost(settings: Settings, tmp_path: Path) -> None:
    with running_market(settings, tmp_path) as running:
        # Given a market whose timetable was made by a worker, and published at the desk
        worker = running.start("workers.__main__", ready="worker_ready")
        running.start("workers.scheduler", ready="scheduler_ready")
        desk = _at_the_desk(running)
        _publish(running, desk)
        # When people come, late or not at all, meet, and walk in; and the worker dies during a new plan
        told = Told()
        with Watched(running) as board:
            _go_through_the_day(running, worker, told)
        # Then everything that somebody was told stands in the database, and nothing twice
        _everybody_is_there(running, told)
        _nobody_is_in_two_places(running)
        # And the board was never old, nor away
        assert board.broken == []
        assert len(board.ages) > ROUNDS
        assert max(board.ages) < OLDEST_SECONDS
        # And the report counts the same, for who logs in again a day later
        assert _held_in_report(running, _logged_in(running)) == len(told.met)


def _at_the_desk(running: RunningMarket) -> Line:
    with running.core.units.write() as uow:
        account = accounts.create(
            uow, name="Yasmina", email="yasmina@desk.example", password=PASSWORD, language="en"
        )
        accounts.grant(uow, account, Role.DESK_WORKER)
    return _logged_in(running)


def _logged_in(running: RunningMarket) -> Line:
    line = running.line()
    line.get("/login")
    line.post("/login", ("email", "yasmina@desk.example"), ("password", PASSWORD))
    return line


def _publish(running: RunningMarket, desk: Line) -> None:
    path = f"/desk/markets/{running.market_id}/timetables"
    desk.get(path)
    desk.post(path, ("wanted", "3"), ("longest_wait", "5"))
    plan = eventually(
        lambda: _plan(running, TimetableState.READY), seconds=PATIENCE_SECONDS, what="a timetable"
    )
    desk.post(f"/desk/markets/timetables/{plan}/publish")
    assert _plan(running, TimetableState.PUBLISHED) == plan


def _make_routes_again(running: RunningMarket) -> None:
    """The button on the page of the day; who published yesterday logs in again."""
    desk, path = _logged_in(running), f"/desk/markets/{running.market_id}/day"
    assert "Make the routes again" in desk.get(path)
    desk.post(path, ("do", "replan"))


def _plan(running: RunningMarket, *states: TimetableState, is_replan: bool = False) -> UUID | None:
    with running.core.units.read() as uow:
        return uow.session.scalar(
            select(Timetable.id).where(Timetable.state.in_(states), Timetable.is_replan.is_(is_replan))
        )


def _go_through_the_day(running: RunningMarket, worker: Child, told: Told) -> None:
    arrivals = _arrivals(running)
    with running.core.units.read() as uow:
        rounds = uow.session.get_one(Market, running.market_id).rounds
    door, stands = Door(running), Stands(running)
    for number in range(ROUNDS):
        running.clock.turn_to(rounds.starts(number) + timedelta(minutes=1))
        if number == 0:
            door.say_of(running.visitors[-30:-20], "absent")
        if number == 1:
            door.say_of(arrivals[2], "late")
            stands.run_late(running.stands[0])
        told.here |= door.check_in(arrivals[number])
        if number > CRASH_IN:
            door.say_of(arrivals[number], "route")  # Too late for what they had.
        if number < CRASH_IN:
            told.walk_ins += [door.walk_in("Wanda") for _ in range(WALK_INS)]
        if number == CRASH_IN:
            _make_routes_again(running)
            eventually(
                lambda: _plan(
                    running,
                    TimetableState.SOLVING,
                    TimetableState.READY,
                    TimetableState.PUBLISHED,
                    is_replan=True,
                ),
                seconds=PATIENCE_SECONDS,
                what="the beginning of a new plan",
            )
            worker.kill()
        stands.mark(number, told)
        if number == CRASH_IN:
            running.start("workers.__main__", ready="worker_ready")
            # Minutes later what the dead worker had claimed is let go, and the other one makes the plan.
            running.clock.turn_to(rounds.starts(number) + timedelta(minutes=10))
            eventually(
                lambda: _plan(running, TimetableState.PUBLISHED, is_replan=True),
                seconds=PATIENCE_SECONDS,
                what="the new plan",
            )
    running.clock.turn_to(rounds.end + timedelta(minutes=30))


def _arrivals(running: RunningMarket) -> dict[int, list[UUID]]:
    """Who comes in which round; the last thirty do not come, and twenty of them told nobody."""
    random, found = Random(7), defaultdict(list)
    for visitor in running.visitors[:-30]:
        found[random.choices((0, 1, 2, 4), (85, 5, 6, 4))[0]].append(visitor)
    return found


class Door:
    """Somebody who checks people in, with the link of a helper."""

    def __init__(self, running: RunningMarket) -> None:
        self._line, self._path = running.line(), running.link(Purpose.DOOR, running.helper_id)
        self._running = running

    def check_in(self, visitors: Sequence[UUID]) -> set[UUID]:
        """They are here; the last one is scanned twice."""
        self._line.get(self._path)
        for visitor in (*visitors, *visitors[-1:]):
            self._line.post(self._path, ("do", "here"), ("card", str(visitor)))
        return set(visitors)

    def say_of(self, visitors: Sequence[UUID], what: str) -> None:
        """They come later, or not at all."""
        self._line.get(self._path)
        for visitor in visitors:
            self._line.post(f"{self._path}/card/{visitor}", ("do", what), ("late", "15"))

    def walk_in(self, name: str) -> str:
        """Somebody without a card; returns the path of theirs."""
        self._line.get(f"{self._path}/new")
        return self._line.post(
            f"{self._path}/new",
            ("name", name),
            ("person_language", "nl"),
            ("languages", "nl"),
            ("agrees", "yes"),
            ("channel", "none"),
            ("form_id", uuid4().hex),
        )


class Stands:
    """The hosts of every stand, each with their link."""

    def __init__(self, running: RunningMarket) -> None:
        self._running, self._line = running, running.line()
        self._paths = {each: running.link(Purpose.STAND, each) for each in running.stands}

    def run_late(self, stand_id: UUID) -> None:
        """They say so."""
        self._line.get(self._paths[stand_id])
        self._line.post(self._paths[stand_id], ("do", "late"), ("minutes", "10"))

    def mark(self, number: int, told: Told) -> None:
        """Who is here was met, who is not was missed; every third press comes twice."""
        of_round = self._of_round(number)
        self._line.get(self._paths[next(iter(of_round))])
        for stand_id, visits in of_round.items():
            for what, some, written in (
                ("met", [visit for visit, is_here in visits if is_here], told.met),
                ("missed", [visit for visit, is_here in visits if not is_here], told.missed),
            ):
                fields = [("visit", str(each)) for each in some]
                for _ in range(2 if some and len(written) % 3 == 0 else bool(some)):
                    self._line.post(self._paths[stand_id], ("do", what), *fields)
                written.update(some)

    def _of_round(self, number: int) -> dict[UUID, list[tuple[UUID, bool]]]:
        with self._running.core.units.read() as uow:
            rows = uow.session.execute(
                select(Visit.stand_id, Visit.id, MarketVisitor.checked_in_at)
                .join(MarketVisitor, Visit.visitor_id == MarketVisitor.id)
                .where(Visit.round == number, Visit.state == VisitState.PLANNED)
            )
            found: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
            for stand_id, visit_id, checked_in_at in rows:
                found[stand_id].append((visit_id, checked_in_at is not None))
            return found


def _everybody_is_there(running: RunningMarket, told: Told) -> None:
    with running.core.units.read() as uow:
        visitors = {each.id: each for each in uow.session.scalars(select(MarketVisitor))}
        visits = uow.session.scalars(select(Visit)).all()
    here = {each.id for each in visitors.values() if each.checked_in_at}
    walked_in = {UUID(path.partition("?")[0].rpartition("/")[2]) for path in told.walk_ins}
    assert len(visitors) == PEOPLE + len(told.walk_ins) == PEOPLE + len(walked_in)
    assert sorted(each.card for each in visitors.values()) == list(range(1, len(visitors) + 1))
    assert here == told.here | walked_in
    assert {each.id for each in visits if each.state == VisitState.MET} == told.met
    assert {each.id for each in visits if each.state == VisitState.MISSED} == told.missed
    assert [each for each in visits if each.state == VisitState.PLANNED] == []
    without = here - {each.visitor_id for each in visits if each.state == VisitState.MET}
    # Who came late and needs an interpreter may find all of them with others: that is said, and no mistake.
    assert [each for each in without if visitors[each].languages != ["ar"]] == []


def _nobody_is_in_two_places(running: RunningMarket) -> None:
    """Counted from the rows alone, with nothing of the service."""
    with running.core.units.read() as uow:
        visits = uow.session.scalars(select(Visit).where(Visit.state.in_(STANDING))).all()
        closed = {each.id: set(each.closed_rounds) for each in uow.session.scalars(select(Stand))}
        languages = {
            each: set(spoken)
            for each, spoken in uow.session.execute(select(MarketVisitor.id, MarketVisitor.languages))
        }
    for most, keys in (
        (1, ((each.visitor_id, each.round) for each in visits)),
        (1, ((each.visitor_id, each.stand_id) for each in visits)),
        (SEATS, ((each.stand_id, each.round) for each in visits)),
        (INTERPRETERS, ((each.round,) for each in visits if each.interpreter)),
    ):
        assert max(Counter(keys).values()) <= most
    assert not [each for each in visits if each.round in closed[each.stand_id]]
    unheard = [each for each in visits if not each.interpreter and languages[each.visitor_id] == {"ar"}]
    assert not unheard


def _held_in_report(running: RunningMarket, desk: Line) -> int:
    page = desk.get(f"/desk/markets/{running.market_id}/report.csv")
    rows = {(table, row): count for table, row, count in csv.reader(StringIO(page))}
    return int(rows["Planned meetings", "Held"])

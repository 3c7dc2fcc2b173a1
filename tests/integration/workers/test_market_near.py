"""The day before a market: everyone it concerns hears of it once, however many workers there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.fakes import HandClock, RecordingBell, work_off
from tests.integration.services.markets import SmallMarket, make_market
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import StandState
from volunteer.models import Delivery, Market, Message, OutboxEvent, Stand
from volunteer.services import accounts, market_visitors, markets
from volunteer.unit_of_work import UnitOfWork
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

AT_THE_STAND = ("Soep A1", "Soep B1")
"""Organisations with somebody who answers; to the others we write."""
WAITS = "C1"
"""The spot of the stand that waits for its yes."""


@dataclass
class Process:
    """A worker, and what it was rung for."""

    worker: WorkerCore
    bell: RecordingBell


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def two(settings: Settings, clock: HandClock) -> Iterator[list[Process]]:
    """Two workers of one installation, with one clock."""
    bells = [RecordingBell(), RecordingBell()]
    made = [Process(make_worker_core(settings, bell=each, clock=clock), each) for each in bells]
    yield made
    for process in made:
        process.worker.core.close()


@pytest.fixture
def market(two: list[Process], clock: HandClock) -> SmallMarket:
    """A market of tomorrow: a stand still waits for its yes, and one visitor told that they do not come."""
    with two[0].worker.core.units.write() as uow:
        made = make_market(uow)
        found = uow.session.get_one(Market, made.id)
        found.remind_at = found.starts_at - timedelta(days=1)
        uow.session.get_one(Stand, made.stands[WAITS]).state = StandState.APPLIED
        for stand_id in made.stands.values():
            _hire(uow, uow.session.get_one(Stand, stand_id))
        market_visitors.withdraw(uow, made.visitors["Chloé"])
        ahead = found.remind_at - uow.now
    clock.go_on(seconds=ahead.total_seconds())
    return made


def _hire(uow: UnitOfWork, stand: Stand) -> None:
    name = stand.organisation.name
    if name in AT_THE_STAND:
        email = f"{name[-2:].lower()}@voorbeeld.example"
        account = accounts.create(
            uow, name="Jef", email=email, password="a good long password", language="nl"
        )
        accounts.grant(uow, account, Role.EDITOR, organisation=stand.organisation)


def _told(worker: WorkerCore, kind: str) -> Counter[UUID]:
    """How often what each of these messages is about was told."""
    with worker.core.units.read() as uow:
        return Counter(uow.session.scalars(select(Message.about_id).where(Message.kind == kind)))


def _work_again(worker: WorkerCore) -> None:
    """As a worker that starts, finds everything rung again, and does not know what the other one did."""
    with worker.core.units.read() as uow:
        events = list(uow.session.scalars(select(OutboxEvent.id).where(OutboxEvent.type == "market_near")))
        done = list(uow.session.scalars(select(Delivery.id)))
    for event_id in events:
        ledger.fan_out(worker, event_id)
    for delivery_id in done:
        ledger.deliver(worker, delivery_id)


def test_visitors_groups_and_stands_hear_once_that_it_is_tomorrow(
    two: list[Process], market: SmallMarket
) -> None:
    # Given two clocks that strike at the same hour, and two workers that are rung for the same
    for process in two:
        with process.worker.core.units.write() as uow:
            markets.remind(uow)
    two[1].bell.events += two[0].bell.events
    # When both work, end, and start once more
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda each: work_off(each.worker, each.bell), two))
    for process in two:
        _work_again(process.worker)
    # Then everyone was told once
    worker = two[0].worker
    comes = [market.visitors[name] for name in ("Amina", "Bart", "Elif")]
    assert _told(worker, "market_tomorrow") == Counter([*comes, market.group])
    stands = [stand_id for spot, stand_id in market.stands.items() if spot != WAITS]
    assert _told(worker, "stand_tomorrow") == Counter(stands)
    with worker.core.units.read() as uow:
        written = {each.id for each in uow.session.scalars(select(Message).where(Message.state == "sent"))}
        assert not uow.session.scalars(select(Message.id).where(Message.state == "queued")).all()
    letters = list(worker.core.settings.mail_folder.glob("*.eml"))
    assert len(letters) == len(written) > len(stands)

"""Many people at the same moment for few seats, on each database: real connections, one start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Barrier, Thread
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.factories.gatherings import make_gathering, sign_up
from tests.fakes import RecordingBell
from tests.integration.services.conftest import Town
from volunteer.adapters.database import make_engine, session_makers
from volunteer.models import GatheringParty, OutboxEvent
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

CONNECTIONS = 80
"""And as many again when they run out: most of the crowd is in the database at once."""
PATIENCE_SECONDS = 120


@pytest.fixture
def crowd(town: Town) -> Iterator[UnitsOfWork]:
    """Units of work with many connections at once."""
    core = town.core
    if core.engine.dialect.name == "sqlite":
        yield core.units
        return
    engine = make_engine(core.settings.database_url, pool_size=CONNECTIONS)
    writing, reading = session_makers(engine)
    yield UnitsOfWork(
        writing=writing,
        reading=reading,
        keyring=core.keyring,
        clock=town.clock,
        zone=ZoneInfo(core.settings.centre.time_zone),
        bell=RecordingBell(),
    )
    engine.dispose()


def all_at_once(units: UnitsOfWork, acts: Sequence[Callable[[UnitOfWork], object]]) -> list[Exception]:
    """Do each in a thread and a transaction of its own, all from one start; returns what was raised."""
    raised: list[Exception] = []
    start = Barrier(len(acts))

    def run(act: Callable[[UnitOfWork], object]) -> None:
        start.wait(PATIENCE_SECONDS)
        try:
            with units.write() as uow:
                act(uow)
        except Exception as error:  # noqa: BLE001 - told to the thread that waits
            raised.append(error)

    threads = [Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_nobody_is_lost_and_nobody_sits_twice(town: Town, crowd: UnitsOfWork) -> None:
    on_sqlite = town.core.engine.dialect.name == "sqlite"
    people, seats, leaving = (24, 6, 3) if on_sqlite else (200, 50, 20)
    gathering_id = town.do(lambda uow: make_gathering(uow, seats=seats))
    come: list[Callable[[UnitOfWork], object]] = [
        partial(sign_up, gathering_id=gathering_id, number=number) for number in range(people)
    ]
    assert all_at_once(crowd, come) == []

    found = _everybody(town, gathering_id)
    assert [number for number, _state, _id in found] == [*range(1, people + 1)]
    assert [state for _number, state, _id in found] == ["in"] * seats + ["waiting"] * (people - seats)
    assert len(set(_contacts(town))) == people
    assert _in_order_of_events(town) == [party_id for _number, _state, party_id in found]

    leavers = [party_id for _number, _state, party_id in found[:leaving]]
    go: list[Callable[[UnitOfWork], object]] = [
        partial(gathering_seats.withdraw, party_id=party_id) for party_id in leavers
    ]
    assert all_at_once(crowd, go) == []
    assert [state for _number, state, _id in _everybody(town, gathering_id)] == (
        ["withdrawn"] * leaving
        + ["in"] * (seats - leaving)
        + ["offered"] * leaving
        + ["waiting"] * (people - seats - leaving)
    )


def _everybody(town: Town, gathering_id: UUID) -> list[tuple[int, str, UUID]]:
    with town.core.units.read() as uow:
        return [(each.number, each.state, each.id) for each in queries.parties_of(uow.session, gathering_id)]


def _contacts(town: Town) -> list[bytes | None]:
    with town.core.units.read() as uow:
        return list(uow.session.scalars(select(GatheringParty.contact_hash)))


def _in_order_of_events(town: Town) -> list[UUID]:
    with town.core.units.read() as uow:
        signed_up = select(OutboxEvent).where(OutboxEvent.type == "party_signed_up").order_by(OutboxEvent.seq)
        return [UUID(event.payload["party_id"]) for event in uow.session.scalars(signed_up)]

"""Events that commit out of order are seen once each, and a look costs one range of an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.events.opportunities import OpportunitiesImported, OpportunityChanged
from volunteer.domain.opportunities import Posting
from volunteer.matching.catalogue import Catalogue
from volunteer.models import OutboxEvent
from volunteer.queries import offer_changes
from volunteer.queries.offer_changes import MOST_FOLLOWED, Position, follow, present_position, touched_roles
from volunteer.services import opportunities, organisations
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_core(settings, clock=HandClock(), bell=RecordingBell())
    yield made
    made.close()


two_at_once = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""For what only a database shows in which two transactions can write at once."""


def position(core: Core) -> Position:
    with core.units.read() as uow:
        return present_position(uow.session)


def look(core: Core, since: Position) -> tuple[Position, int]:
    """Where one stands now, and how many events were new."""
    with core.units.read() as uow:
        present, events = follow(uow.session, since)
        return present, len(events)


def change(uow: UnitOfWork) -> None:
    """An event that has its number, and is not committed yet."""
    uow.record(OpportunityChanged(uuid4()))
    uow.session.flush()


def post(uow: UnitOfWork, title: str) -> None:
    organisation = organisations.add(uow, title, language="nl")
    uow.session.flush()
    posting = Posting(title=title, description="", language="nl")
    opportunities.post(uow, posting, organisation_id=organisation.id, said_by="import")
    uow.session.flush()


def test_each_event_is_new_once(core: Core) -> None:
    before = position(core)
    for _ in range(2):
        with core.units.write() as uow:
            change(uow)
            uow.record(MessageQueued(uuid4()))
    after, count = look(core, before)
    assert count == 2
    assert look(core, after) == (after, 0)
    assert after.version == position(core).version


@two_at_once
def test_what_commits_late_is_seen_when_it_commits(core: Core) -> None:
    before = position(core)
    with core.units.write() as slow:
        change(slow)
        with core.units.write() as quick:
            change(quick)
        early, count = look(core, before)
        assert count == 1, "nobody waits for the slow one"
        assert look(core, early)[1] == 0, "nor sees the quick one again while it waits"
    late, count = look(core, early)
    assert count == 1
    assert late.version.highest == early.version.highest, "its number is the lower one"
    assert late.version == position(core).version
    assert look(core, late)[1] == 0


@two_at_once
def test_who_begins_meanwhile_misses_nothing_either(core: Core) -> None:
    with core.units.write() as slow:
        change(slow)
        with core.units.write() as quick:
            change(quick)
        begun = position(core)
    late, count = look(core, begun)
    assert count == 1
    assert late.version == position(core).version


@two_at_once
def test_a_number_that_was_drawn_before_its_transaction_wrote_is_not_missed(core: Core) -> None:
    """Between drawing a number and writing, a transaction has no number of its own: others may come first."""
    before = position(core)
    with core.units.write() as slow:
        drawn = slow.session.scalar(text("select nextval(pg_get_serial_sequence('outbox', 'seq'))"))
        with core.units.write() as quick:
            change(quick)
        early, _ = look(core, before)
        slow.session.execute(
            insert(OutboxEvent).values(
                seq=drawn,
                id=uuid4(),
                type=OpportunitiesImported.type,
                version=1,
                payload={"import_id": str(uuid4())},
                occurred_at=slow.now,
                due_at=slow.now,
                rings=0,
            )
        )
    assert look(core, early)[1] == 1


def test_two_workers_agree_right_after_each_commit(core: Core) -> None:
    workers = Catalogue(), Catalogue()
    for title in ("Koken", "Opdienen", "Tuinieren"):
        with core.units.write() as uow:
            post(uow, title)
        with core.units.read() as uow:
            one, other = (worker.snapshot(uow) for worker in workers)
        assert one.version == other.version
        assert not one.differences(other)
    assert len(one) == 3


@two_at_once
def test_two_workers_agree_while_others_write(core: Core) -> None:
    workers = Catalogue(), Catalogue()
    with core.units.read() as uow:
        workers[0].snapshot(uow)
    with core.units.write() as slow:
        post(slow, "Koken")
        with core.units.write() as quick:
            post(quick, "Opdienen")
        with core.units.read() as uow:
            early = [worker.snapshot(uow) for worker in workers]
    with core.units.read() as uow:
        late = [worker.snapshot(uow) for worker in workers]
    for (one, other), size in ((early, 1), (late, 2)):
        assert len(one) == size
        assert one.version == other.version
        assert not one.differences(other)
    assert early[0].version != late[0].version


def test_a_change_that_is_taken_back_is_not_kept(core: Core) -> None:
    catalogue = Catalogue()
    with suppress(InterruptedError), core.units.write() as uow:
        post(uow, "Koken")
        assert len(catalogue.snapshot(uow)) == 1, "its own transaction sees it"
        raise InterruptedError
    with core.units.read() as uow:
        assert len(catalogue.snapshot(uow)) == 0


def test_too_many_changes_are_not_followed(core: Core) -> None:
    events = [OpportunityChanged(uuid4()) for _ in range(MOST_FOLLOWED + 1)]
    with core.units.read() as uow:
        assert touched_roles(uow.session, events) is None
        assert touched_roles(uow.session, events[1:]) == {event.opportunity_id for event in events[1:]}


def test_a_look_reads_a_range_of_an_index(core: Core) -> None:
    """However long the outbox grew, only what is new is read."""
    with core.units.write() as uow:
        row = {"version": 1, "payload": {}, "occurred_at": uow.now, "due_at": uow.now, "rings": 0}
        kinds = (OpportunityChanged.type, MessageQueued.type)
        rows = [
            {**row, "id": uuid4(), "type": kinds[number % 2], "written_in": 1} for number in range(20_000)
        ]
        uow.session.execute(insert(OutboxEvent), rows)
    with core.engine.begin() as connection:
        connection.execute(text("analyze"))
    floor = position(core).floor
    with core.units.read() as uow:
        overlap = offer_changes.transactions_overlap(uow.session)
        asked = (
            offer_changes.question(overlap=overlap)
            .params(floor=floor)
            .compile(core.engine, compile_kwargs={"literal_binds": True})
        )
        explain = "explain " if core.engine.dialect.name == "postgresql" else "explain query plan "
        plan = str(uow.session.execute(text(explain + str(asked))).all())
    expected = "ix_outbox_written_in" if core.engine.dialect.name == "postgresql" else "(rowid>?)"
    assert expected in plan
    assert "Seq Scan" not in plan
    assert "SCAN outbox" not in plan

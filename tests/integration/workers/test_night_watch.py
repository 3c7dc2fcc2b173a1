"""At night every worker compares what it followed with what it builds afresh, and goes on with that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from tests.fakes import HandClock, RecordingBell, work_off
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import OpportunityState, Posting
from volunteer.matching.catalogue import Catalogue
from volunteer.messages.addressed import addressed
from volunteer.messages.registry import COMPOSERS
from volunteer.models import Message, Opportunity, OutboxEvent
from volunteer.queries.offer_checks import has_failed_check
from volunteer.services import accounts, opportunities, opportunity_states, organisations
from workers import night_watch
from workers.bootstrap import WorkerCore, make_worker_core


@dataclass
class Night:
    """A worker that follows an offer of two roles, and the administrator of the house."""

    worker: WorkerCore
    clock: HandClock
    bell: RecordingBell
    role_ids: list[UUID]

    def falls(self) -> list[dict[str, object]]:
        """Midnight passes, the watch looks, and everything that follows from it is done; returns the log."""
        self.clock.go_on(hours=24)
        with capture_logs() as lines:
            night_watch.look(self.worker)
        work_off(self.worker, self.bell)
        return [dict(line) for line in lines]

    def change_behind_its_back(self) -> None:
        """The offer changes without an event: what a mistake in the program looks like."""
        with self.worker.core.units.write() as uow:
            uow.session.get_one(Opportunity, self.role_ids[0]).tasks = ["t.cook"]

    def messages(self) -> list[Message]:
        with self.worker.core.units.read() as uow:
            return list(uow.session.scalars(select(Message)))


@pytest.fixture
def night(settings: Settings) -> Iterator[Night]:
    clock, bell = HandClock(), RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=clock)
    with worker.core.units.write() as uow:
        organisation = organisations.add(uow, "Buurtkeuken", language="nl")
        uow.session.flush()
        content = [Posting(title=title, description="", language="nl") for title in ("Koken", "Opdienen")]
        role_ids = [
            opportunities.post(uow, each, organisation_id=organisation.id, said_by="import").id
            for each in content
        ]
        accounts.add_colleague(
            uow,
            name="Yasmina",
            email="yasmina@example.org",
            role=Role.ADMIN,
            organisation=None,
            language="fr",
        )
    night_watch.look(worker)
    work_off(worker, bell)
    yield Night(worker, clock, bell, role_ids)
    worker.core.close()


def test_a_night_without_mistakes_is_one_line(night: Night) -> None:
    with night.worker.core.units.write() as uow:
        opportunity_states.set_state(
            uow, uow.session.get_one(Opportunity, night.role_ids[0]), OpportunityState.CLOSED
        )
    (line,) = night.falls()
    assert (line["event"], line["log_level"], line["rows"]) == ("offer_check_passed", "info", 1)
    assert not night.messages()
    assert not night.worker.ports.catalogue.take_checks(), "it is told once"


def test_a_day_is_compared_once(night: Night) -> None:
    night.falls()
    with capture_logs() as lines:
        night_watch.look(night.worker)
    assert not lines


def test_a_mistake_is_named_told_and_healed(night: Night) -> None:
    night.change_behind_its_back()
    (line,) = night.falls()

    assert (line["event"], line["log_level"]) == ("offer_check_failed", "error")
    assert line["columns"] == ("tasks",)
    assert line["opportunities"] == [str(night.role_ids[0])]
    with night.worker.core.units.read() as uow:
        healed = night.worker.ports.catalogue.snapshot(uow)
        assert not healed.differences(Catalogue().snapshot(uow))
        assert has_failed_check(uow.session, since=night.clock.now())
        stored = uow.session.scalars(
            select(OutboxEvent).where(OutboxEvent.type == "offer_check_failed")
        ).one()
        assert stored.payload["opportunity_ids"] == str(night.role_ids[0])
        (message,) = night.messages()
        ports = night.worker.ports
        found = addressed(uow, message, centre=ports.centre, links=ports.links)
        assert found is not None
        assert found.to == "yasmina@example.org"
        assert found.facts.link.endswith("/admin")
        assert found.facts.count == 1
        assert "nuit" in COMPOSERS[MessageKind(message.kind)](found.facts).subject


def test_a_night_is_told_once_however_many_workers_find_it(night: Night, settings: Settings) -> None:
    other = make_worker_core(settings, bell=night.bell, clock=night.clock)
    night_watch.look(other)
    night.change_behind_its_back()
    night.falls()
    night_watch.look(other)
    work_off(other, night.bell)
    assert len(night.messages()) == 1
    other.core.close()


def test_the_comparison_is_of_the_day_that_ends(night: Night) -> None:
    """What only the new day changes is no mistake: hours that are past, answers that grew old."""
    with night.worker.core.units.write() as uow:
        role = uow.session.get_one(Opportunity, night.role_ids[0])
        ends_today = Posting(title="Koken", description="", language="nl", ends_on=uow.today)
        opportunities.amend(uow, role, ends_today, said_by="import")
    (line,) = night.falls()
    assert line["event"] == "offer_check_passed"

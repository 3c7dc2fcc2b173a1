"""Learning goes by the clock, in a process of its own; who starts it never loads scikit-learn."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.fakes import RecordingBell
from tests.integration import invented_past
from volunteer.config import Settings
from volunteer.domain.opportunities import Posting
from volunteer.queries.task_suggestions import has_unread_roles
from volunteer.queries.weights import weights_versions
from volunteer.services import opportunities, organisations, weights
from workers import scheduler, training
from workers.actors import learning
from workers.bootstrap import WorkerCore, make_worker_core


@pytest.fixture
def worker(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerCore]:
    """A worker of this installation, whose environment is that of the test."""
    for name, value in settings.environment.items():
        monkeypatch.setenv(name, value)
    made = make_worker_core(settings, bell=RecordingBell())
    yield made
    made.core.close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the actors that were called, instead of messages on the broker of this machine."""
    called: list[str] = []
    for actor in (learning.learn_weights, learning.suggest_tasks):
        monkeypatch.setattr(actor, "send", lambda name=actor.actor_name: called.append(name))
    return called


def run(worker: WorkerCore, name: str) -> None:
    (job,) = [job for job in scheduler.jobs() if job.name == name]
    job.run(worker)


def live_through(worker: WorkerCore) -> None:
    with worker.core.units.write() as uow:
        roles = []
        for index in range(12):
            organisation = organisations.add(uow, f"Huis {index}", language="nl").id
            posting = Posting(title="Koken", description="Wij koken samen soep.", language="nl")
            said_by = f"account:{uuid4()}"
            role = opportunities.post(uow, posting, organisation_id=organisation, said_by=said_by)
            roles.append((role.id, organisation))
        invented_past.live_through(uow, roles, people=60)


def test_the_clock_calls_for_what_is_due_and_a_process_of_its_own_does_it(
    worker: WorkerCore, sent: list[str]
) -> None:
    for name in ("learn_weights", "suggest_tasks"):
        run(worker, name)
    assert sent == []
    live_through(worker)
    for name in ("learn_weights", "suggest_tasks"):
        run(worker, name)
    assert sent == ["learn_weights", "suggest_tasks"]

    learning.learn_weights.fn()
    learning.suggest_tasks.fn()
    with worker.core.units.read() as uow:
        assert [each.version for each in weights_versions(uow.session)] == ["learned-1"]
        assert weights.in_use(uow).version.startswith("hand"), "nothing is released by itself"
        assert not has_unread_roles(uow.session)
    sent.clear()
    for name in ("learn_weights", "suggest_tasks"):
        run(worker, name)
    assert sent == []


@pytest.mark.usefixtures("worker")
def test_a_process_that_fails_is_not_taken_for_one_that_is_done() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        training.run("weights", "card", "learned-99")

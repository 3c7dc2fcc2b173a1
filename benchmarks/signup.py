"""From "Ready" to suggestions stored, through the real broker, beside one run of an empty actor."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from uuid import UUID

import dramatiq
import redis
from sqlalchemy import select

from benchmarks.installation import installation, worker_process
from benchmarks.invented_offer import fill
from benchmarks.report import Row, row
from volunteer.adapters.broker import make_broker
from volunteer.bootstrap import Core, make_core
from volunteer.domain.access import Strength
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import Interests
from volunteer.models import SuggestionList
from volunteer.queues import QUEUE_OF, Actor
from volunteer.services import candidates

ROLES = 10_000
WARM_UPS = 5
SIGN_UPS = 60
GIVE_UP_SECONDS = 60.0
LOOK_SECONDS = 0.001


def measure(kind: str) -> list[Row]:
    """p50 and p95 of both, on ``kind`` of database with 10,000 open roles."""
    with installation(kind) as settings:
        core = make_core(settings)
        try:
            fill(core, roles=ROLES)
            with worker_process(settings):
                for _ in range(WARM_UPS):
                    _sign_up(core)
                signed = sorted(_sign_up(core) for _ in range(SIGN_UPS))
                bare = sorted(_run_nothing(settings.redis_url, SIGN_UPS))
        finally:
            core.close()
    name = f"sign-up to suggestions stored, {ROLES:,} roles, {kind}"
    against = "enqueue and run an empty actor"
    return [
        row(f"{name}, p50", statistics.median(signed), "ms", baseline=f"{against}, p50",
            baseline_value=statistics.median(bare)),
        row(f"{name}, p95", _p95(signed), "ms", baseline=f"{against}, p95", baseline_value=_p95(bare)),
    ]  # fmt: skip


def _sign_up(core: Core) -> float:
    """Milliseconds from before the enrolment until its list can be read."""
    answers = SignUp(
        first_name="Bench", language="nl", channel=Channel.DESK, municipality="brussel",
        interests=Interests.of(want=["t.cook", "t.garden"], learn=["t.sew"]), languages={"nl": 2, "fr": 4},
        times=Availability.parse("tue 09:00-12:00;sat 14:00-18:00"),
        needs={"ph.step_free_entrance": Strength.MUST, "sv.buddy": Strength.NICE},
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
    )  # fmt: skip
    began = time.perf_counter()
    with core.units.write() as uow:
        candidate, _token = candidates.enrol(uow, answers, origin="page")
    _wait(lambda: _has_list(core, candidate.id))
    return (time.perf_counter() - began) * 1000


def _has_list(core: Core, candidate_id: UUID) -> bool:
    with core.units.read() as uow:
        found = select(SuggestionList.id).where(SuggestionList.candidate_id == candidate_id)
        return uow.session.scalar(found) is not None


def _run_nothing(redis_url: str, times: int) -> list[float]:
    """Milliseconds from enqueueing an empty actor until the broker has let go of its message."""
    broker = make_broker(redis_url)
    queue = QUEUE_OF[Actor.NOTHING].value
    took = []
    with redis.Redis.from_url(redis_url) as client:
        for _ in range(times):
            began = time.perf_counter()
            message = broker.enqueue(dramatiq.Message(queue, Actor.NOTHING.value, (), {}, {}))
            identifier = message.options["redis_message_id"]
            _wait(lambda: not client.hexists(f"dramatiq:{queue}.msgs", identifier))  # noqa: B023 - waited for here
            took.append((time.perf_counter() - began) * 1000)
    broker.close()
    return took


def _wait(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise RuntimeError("it never happened")
        time.sleep(LOOK_SECONDS)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]

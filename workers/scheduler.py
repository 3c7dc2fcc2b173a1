"""The clock of the house: ``python -m workers.scheduler``. Due times are rows; this looks at them.

One process is enough and two do no harm: every step is a claim in the database.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from volunteer.config import from_environment
from volunteer.domain.questions import Weekly
from volunteer.messages import call_list
from volunteer.queries.task_suggestions import has_unread_roles
from volunteer.services import (
    access_plans,
    appointments,
    card_groups,
    devices,
    drafts,
    figures,
    follow_ups,
    gathering_forgetting,
    gathering_seats,
    gatherings,
    incidents,
    joining,
    market_forgetting,
    markets,
    mornings,
    notes,
    nudges,
    opportunity_dates,
    pending_files,
    people_search,
    proposals,
    question_mails,
    replanning,
    replies,
    retention,
    spent_forms,
    timetables,
    weights,
)
from volunteer.unit_of_work import UnitOfWork
from workers import erased_list, ledger, logging
from workers.actors import learning
from workers.actors.keep_no_longer import keep_no_longer
from workers.actors.look_again import look_again
from workers.actors.refresh_figures import refresh_figures
from workers.bootstrap import WorkerCore, worker_core

_log = structlog.get_logger()
Run = Callable[[WorkerCore], object]


@dataclass(slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    every_seconds: float
    run: Run
    next_at: float = 0.0


def _steps(*steps: Callable[[UnitOfWork], object]) -> Run:
    """Take these, each in a transaction of its own: short, because on SQLite nobody else writes meanwhile."""

    def run(worker: WorkerCore) -> None:
        for step in steps:
            with worker.core.units.write() as uow:
                step(uow)

    return run


def _hand_on(send: Callable[[], object], is_due: Callable[[UnitOfWork, WorkerCore], bool]) -> Run:
    """Leave it to a worker once it is due: it takes a while, and some memory."""

    def run(worker: WorkerCore) -> None:
        with worker.core.units.read() as uow:
            due = is_due(uow, worker)
        if due:
            send()

    return run


def _ask_questions(worker: WorkerCore) -> None:
    """Questions to organisations go out together; those that nobody answers go to the desk."""
    centre = worker.ports.centre
    weekly = Weekly(centre.questions_on, centre.questions_at, centre.most_questions_a_mail)
    with worker.core.units.write() as uow:
        question_mails.expire(uow)
    question_mails.ask_all(worker.core.units, weekly)


def jobs() -> list[Job]:
    """Everything that happens by the clock."""
    return [
        Job("sweep", 1, ledger.sweep),
        Job("forget_old_drafts", 600, _steps(drafts.forget_expired)),
        Job("forget_unconfirmed", 3600, _steps(pending_files.forget_unconfirmed)),
        Job("keep_no_longer", 3600, _hand_on(keep_no_longer.send, lambda uow, _: retention.is_due(uow))),
        Job("keep_list_of_erased", 30, erased_list.keep),
        # What became untrue meanwhile: an introduction moved on, somebody opened their file.
        Job("drop_untrue_calls", 60, lambda worker: call_list.drop_untrue(worker.core.units)),
        Job("forget_old_devices", 3600, _steps(devices.forget_over)),
        Job("forget_old_words", 3600, _steps(*_OLD_WORDS)),
        Job("forget_who_came", 3600, _steps(gathering_forgetting.forget_due, market_forgetting.forget_due)),
        Job("forget_old_joining", 3600, _steps(joining.forget_old)),
        # Names that were written before their sound was kept; afterwards there are none.
        Job("listen_to_names", 600, _steps(people_search.listen)),
        Job("remind", 60, _steps(appointments.remind)),
        Job("mind_times", 60, _steps(proposals.expire, proposals.remind)),
        Job("mind_gatherings", 60, _steps(*_GATHERINGS)),
        Job("mind_markets", 60, _steps(markets.remind, markets.follow_up)),
        Job("mind_timetables", 15, _steps(replanning.ask_due, timetables.give_up_lost)),
        Job("learn_weights", 3600, _hand_on(learning.learn_weights.send, _weights_are_due)),
        Job("act_on_roles", 60, lambda worker: opportunity_dates.act(worker.core.units)),
        Job("ask_how_it_goes", 600, _steps(follow_ups.ask_due)),
        Job("nudge", 600, _steps(nudges.nudge)),
        Job("ask_questions", 600, _ask_questions),
        Job("remind_of_plans", 600, _steps(access_plans.remind)),
        Job("suggest_tasks", 60, _hand_on(learning.suggest_tasks.send, _roles_are_unread)),
        Job("ask_for_figures", 60, _hand_on(refresh_figures.send, lambda uow, _: figures.are_due(uow))),
        Job("look_again", 60, _hand_on(look_again.send, _morning_has_come)),
    ]


_OLD_WORDS = (
    notes.forget_expired,
    incidents.forget_old,
    spent_forms.forget_old,
    replies.forget_old,
    card_groups.forget_over,
)
"""Notes whose days are over, reports closed long ago, ids of forms, replies that were read, and old cards."""
_GATHERINGS = (gathering_seats.lapse_due, gatherings.remind, gatherings.follow_up)
"""Seats that nobody took go to the next one; who comes is reminded, and hears from us afterwards."""


def _weights_are_due(uow: UnitOfWork, _worker: WorkerCore) -> bool:
    return weights.training_is_due(uow)


def _roles_are_unread(uow: UnitOfWork, _worker: WorkerCore) -> bool:
    return has_unread_roles(uow.session)


def _morning_has_come(uow: UnitOfWork, worker: WorkerCore) -> bool:
    return mornings.is_due(uow, at=worker.ports.centre.looks_again_at)


def tick(worker: WorkerCore, todo: list[Job], now: float) -> None:
    """Run what is due at ``now`` (monotonic seconds); a job that fails is logged and comes round again."""
    for job in todo:
        if now < job.next_at:
            continue
        job.next_at = now + job.every_seconds
        try:
            job.run(worker)
        except Exception as error:  # noqa: BLE001 - the clock must go on when the database is away
            _log.warning("job_failed", job=job.name, error=type(error).__name__)


def main() -> None:
    """Tick until told to stop."""
    logging.configure(from_environment().log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker, todo = worker_core(), jobs()
    _log.info("scheduler_ready")
    while not stop.wait(0.2):
        tick(worker, todo, time.monotonic())


if __name__ == "__main__":
    main()

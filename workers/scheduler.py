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
    devices,
    drafts,
    figures,
    follow_ups,
    incidents,
    joining,
    mornings,
    notes,
    nudges,
    opportunity_dates,
    pending_files,
    people_search,
    proposals,
    question_mails,
    replies,
    retention,
    spent_forms,
    weights,
)
from workers import erased_list, ledger, logging
from workers.actors import learning
from workers.actors.keep_no_longer import keep_no_longer
from workers.actors.look_again import look_again
from workers.actors.refresh_figures import refresh_figures
from workers.bootstrap import WorkerCore, worker_core

_log = structlog.get_logger()


@dataclass(slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    every_seconds: float
    run: Callable[[WorkerCore], object]
    next_at: float = 0.0


def _forget_old_drafts(worker: WorkerCore) -> None:
    with worker.core.units.write() as uow:
        drafts.forget_expired(uow)


def _forget_unconfirmed(worker: WorkerCore) -> None:
    with worker.core.units.write() as uow:
        pending_files.forget_unconfirmed(uow)


def _forget_old_words(worker: WorkerCore) -> None:
    """Notes whose days are over, reports closed long ago, replies that were read, and ids of forms."""
    with worker.core.units.write() as uow:
        notes.forget_expired(uow)
        incidents.forget_old(uow)
        spent_forms.forget_old(uow)
        replies.forget_old(uow)


def _forget_old_joining(worker: WorkerCore) -> None:
    """Requests and invitations whose time is over, and what was said with organisations long ago."""
    with worker.core.units.write() as uow:
        joining.forget_old(uow)


def _drop_untrue_calls(worker: WorkerCore) -> None:
    """Calls that became untrue meanwhile: an introduction moved on, somebody opened their file."""
    call_list.drop_untrue(worker.core.units)


def _forget_old_devices(worker: WorkerCore) -> None:
    with worker.core.units.write() as uow:
        devices.forget_over(uow)


def _listen_to_names(worker: WorkerCore) -> None:
    """Names that were written before their sound was kept; afterwards there are none."""
    with worker.core.units.write() as uow:
        people_search.listen(uow)


def _ask_for_figures(worker: WorkerCore) -> None:
    """Counting takes a while and some memory, so a worker does it."""
    with worker.core.units.read() as uow:
        due = figures.are_due(uow)
    if due:
        refresh_figures.send()


def _look_again(worker: WorkerCore) -> None:
    with worker.core.units.read() as uow:
        is_due = mornings.is_due(uow, at=worker.ports.centre.looks_again_at)
    if is_due:
        look_again.send()


def _keep_no_longer(worker: WorkerCore) -> None:
    with worker.core.units.read() as uow:
        is_due = retention.is_due(uow)
    if is_due:
        keep_no_longer.send()


def _remind(worker: WorkerCore) -> None:
    """From the early morning on, of what is agreed for the day after."""
    with worker.core.units.write() as uow:
        appointments.remind(uow)


def _mind_times(worker: WorkerCore) -> None:
    """Proposed times that are past go back to the organisation; who has not chosen is asked once more."""
    with worker.core.units.write() as uow:
        proposals.expire(uow)
    with worker.core.units.write() as uow:
        proposals.remind(uow)


def _learn_weights(worker: WorkerCore) -> None:
    with worker.core.units.read() as uow:
        is_due = weights.training_is_due(uow)
    if is_due:
        learning.learn_weights.send()


def _suggest_tasks(worker: WorkerCore) -> None:
    with worker.core.units.read() as uow:
        is_due = has_unread_roles(uow.session)
    if is_due:
        learning.suggest_tasks.send()


def _act_on_roles(worker: WorkerCore) -> None:
    """Roles open and close on their day; those that nobody confirms are asked about, then closed."""
    opportunity_dates.act(worker.core.units)


def _nudge(worker: WorkerCore) -> None:
    """Organisations that let somebody wait for days are reminded."""
    with worker.core.units.write() as uow:
        nudges.nudge(uow)


def _ask_how_it_goes(worker: WorkerCore) -> None:
    """Four weeks and three months after somebody started, both sides are asked."""
    with worker.core.units.write() as uow:
        follow_ups.ask_due(uow)


def _ask_questions(worker: WorkerCore) -> None:
    """Questions to organisations go out together; those that nobody answers go to the desk."""
    centre = worker.ports.centre
    weekly = Weekly(centre.questions_on, centre.questions_at, centre.most_questions_a_mail)
    with worker.core.units.write() as uow:
        question_mails.expire(uow)
    question_mails.ask_all(worker.core.units, weekly)


def _remind_of_plans(worker: WorkerCore) -> None:
    with worker.core.units.write() as uow:
        access_plans.remind(uow)


def jobs() -> list[Job]:
    """Everything that happens by the clock."""
    return [
        Job("sweep", 1, ledger.sweep),
        Job("forget_old_drafts", 600, _forget_old_drafts),
        Job("forget_unconfirmed", 3600, _forget_unconfirmed),
        Job("keep_no_longer", 3600, _keep_no_longer),
        Job("keep_list_of_erased", 30, erased_list.keep),
        Job("drop_untrue_calls", 60, _drop_untrue_calls),
        Job("forget_old_devices", 3600, _forget_old_devices),
        Job("forget_old_words", 3600, _forget_old_words),
        Job("forget_old_joining", 3600, _forget_old_joining),
        Job("listen_to_names", 600, _listen_to_names),
        Job("remind", 60, _remind),
        Job("mind_times", 60, _mind_times),
        Job("learn_weights", 3600, _learn_weights),
        Job("act_on_roles", 60, _act_on_roles),
        Job("ask_how_it_goes", 600, _ask_how_it_goes),
        Job("nudge", 600, _nudge),
        Job("ask_questions", 600, _ask_questions),
        Job("remind_of_plans", 600, _remind_of_plans),
        Job("suggest_tasks", 60, _suggest_tasks),
        Job("ask_for_figures", 60, _ask_for_figures),
        Job("look_again", 60, _look_again),
    ]


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

"""Looks at the offer once in a while, so that the night's comparison happens when nobody asks for anything.

Every worker holds a snapshot of its own, so every worker compares its own.
"""

from __future__ import annotations

import threading

import structlog

from volunteer.matching.following import OfferCheck
from volunteer.services import offer_checks
from workers.bootstrap import WorkerCore

EVERY_SECONDS = 60.0

_log = structlog.get_logger()


def begin(worker: WorkerCore, stop: threading.Event) -> threading.Thread:
    """Watch until told to stop, in a thread that keeps no process alive."""
    thread = threading.Thread(target=_watch, args=(worker, stop), name="night-watch", daemon=True)
    thread.start()
    return thread


def look(worker: WorkerCore) -> None:
    """Follow the offer; when the day turned, say what the comparison found."""
    with worker.core.units.read() as uow:
        worker.ports.catalogue.snapshot(uow)
    for check in worker.ports.catalogue.take_checks():
        _tell(worker, check)


def _tell(worker: WorkerCore, check: OfferCheck) -> None:
    about = {"version": check.version, "rows": check.rows, "seconds": round(check.seconds, 2)}
    if not check.differences:
        _log.info("offer_check_passed", **about)
        return
    found = check.differences
    _log.error(
        "offer_check_failed",
        columns=found.columns,
        opportunities=list(map(str, found.opportunity_ids)),
        **about,
    )
    with worker.core.units.write() as uow:
        offer_checks.report_failure(uow, check)


def _watch(worker: WorkerCore, stop: threading.Event) -> None:
    while not stop.wait(EVERY_SECONDS):
        try:
            look(worker)
        except Exception as error:  # noqa: BLE001 - the watch goes on when the database is away
            _log.warning("night_watch_failed", error=type(error).__name__)

"""The list of what was erased, beside the database: a back-up that is put back does not know it."""

from __future__ import annotations

from volunteer.services import restoring
from workers.bootstrap import WorkerCore


def keep(worker: WorkerCore) -> None:
    """Add to the list what is not on it yet. Nothing is ever taken off."""
    path = worker.core.settings.data / restoring.LIST
    known = set(path.read_text("utf-8").splitlines()) if path.exists() else set()
    with worker.core.units.read() as uow:
        lines = [f"{each.hex()} {moment.isoformat()}" for each, moment in restoring.listed_here(uow).items()]
    fresh = [line for line in lines if line not in known]
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in fresh)

"""The record of an import that was carried out."""

from __future__ import annotations

from uuid import uuid4

from volunteer.models import ImportRun
from volunteer.services.imports.report import Report
from volunteer.unit_of_work import UnitOfWork

_LONGEST_FILE_NAME = 200


def note(
    uow: UnitOfWork, report: Report, *, file_name: str, witness: str | None = None, source: str | None = None
) -> ImportRun:
    """Write down what was imported, and which desk worker said that each person agreed.

    ``source`` is where the list comes from and under which licence.
    """
    run = ImportRun(
        id=uuid4(),
        kind=report.kind,
        file_name=file_name[-_LONGEST_FILE_NAME:],
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged + len(report.left_alone),
        skipped=report.skipped,
        consented_by_desk=witness,
        source=source,
        finished_at=uow.now,
    )
    uow.session.add(run)
    return run

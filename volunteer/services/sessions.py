"""Ending whatever is open of somebody's file, in every browser at once: a phone was lost, a session left."""

from __future__ import annotations

from volunteer.models import Candidate
from volunteer.unit_of_work import UnitOfWork


def end_all(uow: UnitOfWork, candidate: Candidate) -> None:
    """Close this file wherever it is open, and make every link sent before open nothing. Cards stay."""
    uow.session.refresh(candidate, with_for_update=True)
    candidate.session_epoch += 1

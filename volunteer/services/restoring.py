"""After a back-up was put back: what was erased since it was made is erased again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.consent import Purpose
from volunteer.domain.retention import Erased, ErasureAsked
from volunteer.models import Candidate
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.erasures import erasures
from volunteer.services import agreements, erasure
from volunteer.unit_of_work import UnitOfWork

LIST = "erased.txt"
"""Name of the list beside the database: a line for each erasure, its hash in hexadecimal and its moment."""
Listed = Mapping[bytes, datetime]
"""When each thing was erased, by the keyed hash that stands for it."""


def listed_here(uow: UnitOfWork) -> dict[bytes, datetime]:
    """Every erasure this database remembers."""
    return {each.fingerprint: each.erased_at for each in erasures(uow.session)}


def erase_files_again(uow: UnitOfWork, listed: Listed, *, limit: int) -> int:
    """Erase files that came back although they are listed; returns how many, at most ``limit``."""
    back = [each for each in _everybody(uow) if erasure.fingerprint(uow, each, Erased.FILE) in listed]
    for candidate_id in back[:limit]:
        erasure.erase(uow, uow.session.get_one(Candidate, candidate_id), asked_by=ErasureAsked.RESTORE)
    return len(back[:limit])


def erase_needs_again(uow: UnitOfWork, listed: Listed, *, limit: int) -> int:
    """Erase needs that came back; who said yes again after they were erased keeps them. Returns how many."""
    count = 0
    for candidate_id in _everybody(uow):
        erased_at = listed.get(erasure.fingerprint(uow, candidate_id, Erased.NEEDS))
        if erased_at is None or not _is_older(uow, candidate_id, erased_at):
            continue
        agreements.take_back(uow, uow.session.get_one(Candidate, candidate_id), Purpose.NEEDS)
        count += 1
        if count == limit:
            break
    return count


def _everybody(uow: UnitOfWork) -> Iterable[UUID]:
    return uow.session.scalars(select(Candidate.id).order_by(Candidate.id)).all()


def _is_older(uow: UnitOfWork, candidate_id: UUID, erased_at: datetime) -> bool:
    """Whether the yes to keeping needs that stands in this file was given before they were erased."""
    yeses = consents_in_force(uow.session, candidate_id, Purpose.NEEDS, now=uow.now)
    return bool(yeses) and all(each.given_at <= erased_at for each in yeses)

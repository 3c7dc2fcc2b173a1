"""What was typed for a new file while the person turned out to have one: kept sealed for half an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import session

from volunteer.services import drafts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.forms.answers import Answers, unchecked

LASTS = timedelta(minutes=30)
_KEY = "desk_typed"
_NEED = "need_"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the dense screen, and whose file it turned out to be."""

    answers: Answers
    candidate_id: UUID


def keep(uow: UnitOfWork, answers: Answers, candidate_id: UUID) -> None:
    """Keep it for this desk worker, in this browser; what was kept before goes."""
    key = session.setdefault(_KEY, drafts.new_cookie())
    found = {"answers": unchecked(answers), "candidate": candidate_id.hex}
    drafts.save(uow, key, found, lasts=LASTS)


def kept(uow: UnitOfWork) -> Typed | None:
    """What is kept, if anything."""
    key = session.get(_KEY)
    found = drafts.load(uow, key) if key else {}
    return Typed(found["answers"], UUID(found["candidate"])) if found else None


def kept_for(uow: UnitOfWork, candidate_id: UUID) -> Typed | None:
    """What is kept, when it was typed for this person."""
    found = kept(uow)
    return found if found and found.candidate_id == candidate_id else None


def needs_for(uow: UnitOfWork, candidate_id: UUID) -> Answers:
    """What was typed of what helps this person."""
    found = kept_for(uow, candidate_id)
    return {name: each for name, each in found.answers.items() if name.startswith(_NEED)} if found else {}


def keep_needs_alone(uow: UnitOfWork, candidate_id: UUID) -> None:
    """The other answers went into the file; what helps is kept apart there, and still waits."""
    needs = needs_for(uow, candidate_id)
    if needs:
        keep(uow, needs, candidate_id)
    else:
        forget(uow)


def forget(uow: UnitOfWork) -> None:
    """Wipe it."""
    key = session.pop(_KEY, None)
    if key:
        drafts.forget(uow, key)

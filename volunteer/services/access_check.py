"""The access check: what counts in one place of an organisation, where it comes from, how to change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from volunteer.domain.access import (
    ANSWERS_LAST,
    ASKED_OF_ORGANISATIONS,
    CONFIRM_AFTER,
    LONGEST_NOTE,
    Answer,
)
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.domain.events.opportunities import AccessAnswered
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import QuestionState
from volunteer.models import AccessAnswer, AccessPlan, Opportunity, Question, Venue
from volunteer.services import access_answers, access_history, questions
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """What answers are about: the whole organisation, a venue, or a role with or without a venue."""

    organisation_id: UUID
    scope: Scope
    id: UUID
    venue_id: UUID | None = None

    @property
    def above(self) -> tuple[tuple[Scope, UUID], ...]:
        """From where answers come down to this place, the nearest first."""
        organisation = ((Scope.ORGANISATION, self.organisation_id),)
        if self.scope is Scope.ORGANISATION:
            return ()
        if self.scope is Scope.OPPORTUNITY and self.venue_id is not None:
            return ((Scope.VENUE, self.venue_id), *organisation)
        return organisation


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it was given."""

    answer: Answer
    scope: Scope
    said_at: datetime
    note: str | None
    note_language: str | None
    is_old: bool
    """Too old to count."""
    asks_to_be_confirmed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How one code stands in one place."""

    code: str
    own: Said | None
    inherited: Said | None

    @property
    def counts(self) -> Said | None:
        """What counts: the answer of the place itself, else what comes from above; ``None`` is unknown."""
        said = self.own or self.inherited
        return said if said is not None and not said.is_old else None


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody chose for one code; without an answer the place has none of its own."""

    answer: Answer | None
    note: str = ""


def place_of(uow: UnitOfWork, organisation_id: UUID, scope: Scope, scope_id: UUID) -> Place:
    """A place of this organisation. Raises :class:`NotFound` for one of another."""
    if scope is Scope.ORGANISATION and scope_id == organisation_id:
        return Place(organisation_id, scope, scope_id)
    found: Venue | Opportunity | None = (
        uow.session.get(Venue, scope_id) if scope is Scope.VENUE else uow.session.get(Opportunity, scope_id)
    )
    if scope is Scope.ORGANISATION or found is None or found.organisation_id != organisation_id:
        raise NotFound("This page is not there.")
    venue_id = found.venue_id if isinstance(found, Opportunity) else None
    return Place(organisation_id, scope, scope_id, venue_id)


def clear(uow: UnitOfWork, scope: Scope, scope_id: UUID) -> None:
    """This place goes: so does what was said and asked of it, and what was planned there is dropped."""
    uow.session.execute(
        delete(AccessAnswer).where(AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id)
    )
    uow.session.execute(
        delete(Question).where(
            Question.scope == scope, Question.scope_id == scope_id, Question.state == QuestionState.OPEN
        )
    )
    plans = update(AccessPlan).where(
        AccessPlan.scope == scope, AccessPlan.scope_id == scope_id, AccessPlan.state == "open"
    )
    uow.session.execute(plans.values(state="dropped", finished_at=uow.now))


def standings(uow: UnitOfWork, place: Place) -> dict[str, Standing]:
    """How each of the 38 codes stands in this place, in the order of the check."""
    own = _said(uow, place.scope, place.id)
    above: dict[str, Said] = {}
    for scope, scope_id in reversed(place.above):
        above |= _said(uow, scope, scope_id)
    return {code: Standing(code, own.get(code), above.get(code)) for code in ASKED_OF_ORGANISATIONS}


def save(
    uow: UnitOfWork, place: Place, given: Mapping[str, Given], *, said_by: str, language: str
) -> Sequence[str]:
    """Keep what changed; returns those codes. Whoever waits for one of them is looked at again.

    What was left as it was is not said again: it stays as old as it is. ``language`` is that of the notes.
    Raises :class:`InvalidValue`, for the field ``note_<code>``, and keeps nothing then.
    """
    own = _said(uow, place.scope, place.id)
    notes = {code: _checked_note(code, each) for code, each in given.items()}
    changed = [
        code
        for code, each in given.items()
        if each.answer != (own[code].answer if code in own else None)
        or notes[code] != (own[code].note or "" if code in own else "")
    ]
    for code in changed:
        _keep(uow, place, code, given[code].answer, notes[code], said_by=said_by, language=language)
    _tell(uow, place, given, changed, said_by)
    return changed


def say(uow: UnitOfWork, place: Place, code: str, answer: Answer, *, said_by: str) -> None:
    """Say one thing about this place; a note stays with the answer it was written for."""
    _keep(uow, place, code, answer, None, said_by=said_by, language=None)
    _tell(uow, place, {code: Given(answer)}, [code], said_by)


def confirm(uow: UnitOfWork, place: Place, *, said_by: str) -> int:
    """All that asks to be confirmed here is still true; returns how many answers that were."""
    rows = [row for row in _rows(uow, place.scope, place.id) if uow.now - row.said_at >= CONFIRM_AFTER]
    before = {row.code: row.answer for row in rows}
    for row in rows:
        row.said_by, row.said_at = said_by, uow.now
    where = (place.organisation_id, place.scope, place.id)
    access_history.keep(uow, before, before, where=where, said_by=said_by, is_person=True, confirms=True)
    if rows:
        uow.record(AccessAnswered(place.organisation_id))
        questions.settle_known(uow, place.organisation_id, said_by=said_by)
    return len(rows)


def _keep(
    uow: UnitOfWork,
    place: Place,
    code: str,
    answer: Answer | None,
    note: str | None,
    *,
    said_by: str,
    language: str | None,
) -> None:
    where = (place.organisation_id, place.scope, place.id)
    if answer is None:
        own = _said(uow, place.scope, place.id)
        before = {code: own[code].answer if code in own else None}
        access_history.keep(uow, before, {code: None}, where=where, said_by=said_by, is_person=True)
        access_answers.take_back(uow, [code], scope=place.scope, scope_id=place.id)
        return
    access_answers.record(
        uow,
        {code: answer},
        organisation_id=place.organisation_id,
        scope=place.scope,
        scope_id=place.id,
        said_by=said_by,
        note=note or None,
        note_language=language,
    )
    if note == "":
        _drop_note(uow, place, code)


def _drop_note(uow: UnitOfWork, place: Place, code: str) -> None:
    uow.session.flush()
    for row in _rows(uow, place.scope, place.id, [code]):
        row.note = row.note_language = None


def _tell(
    uow: UnitOfWork, place: Place, given: Mapping[str, Given], changed: Collection[str], said_by: str
) -> None:
    if not changed:
        return
    uow.session.flush()
    answers = {code: answer for code in changed if (answer := given[code].answer) is not None}
    questions.settle(uow, answers, scope=place.scope, scope_id=place.id, said_by=said_by)
    questions.settle_known(uow, place.organisation_id, said_by=said_by)
    uow.record(AccessAnswered(place.organisation_id))


def _checked_note(code: str, given: Given) -> str:
    field = f"note_{code}"
    note = clean_words(" ".join(given.note.split()), longest=LONGEST_NOTE, field=field)
    if note and given.answer is None:
        raise InvalidValue("Choose an answer first. A note goes with an answer.", field=field)
    return note


def _said(uow: UnitOfWork, scope: Scope, scope_id: UUID) -> dict[str, Said]:
    return {row.code: _one(row, uow.now) for row in _rows(uow, scope, scope_id)}


def _rows(
    uow: UnitOfWork, scope: Scope, scope_id: UUID, codes: Collection[str] | None = None
) -> Sequence[AccessAnswer]:
    chosen = select(AccessAnswer).where(AccessAnswer.scope == scope, AccessAnswer.scope_id == scope_id)
    if codes is not None:
        chosen = chosen.where(AccessAnswer.code.in_(codes))
    return uow.session.scalars(chosen).all()


def _one(row: AccessAnswer, now: datetime) -> Said:
    age = now - row.said_at
    return Said(
        answer=Answer(row.answer),
        scope=Scope(row.scope),
        said_at=row.said_at,
        note=row.note,
        note_language=row.note_language,
        is_old=age > ANSWERS_LAST,
        asks_to_be_confirmed=age >= CONFIRM_AFTER,
    )

"""Questions to organisations: opened by what is unknown, answered once for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from volunteer.domain.access import LONGEST_NOTE, Answer, feature_of
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.opportunities import AccessAnswered, OpportunityChanged
from volunteer.domain.events.questions import QuestionAnswered, QuestionLeftToDesk
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import QuestionState, Stage, Step, after, where_it_belongs
from volunteer.models import Opportunity, Question
from volunteer.queries import offer
from volunteer.services import access_answers
from volunteer.unit_of_work import UnitOfWork


def open_for(uow: UnitOfWork, opportunity: Opportunity, code: str, *, is_routine: bool = False) -> Question:
    """The open question about ``code`` for this role; made when nobody asked yet. It names no person.

    A routine one is asked on nobody's account; it stops being one when somebody needs it.
    """
    scope, scope_id = _where(uow, opportunity, code)
    question = _open_question(uow, scope, scope_id, code)
    if question is not None:
        question.is_routine = question.is_routine and is_routine
        return question
    question = Question(
        id=uuid4(),
        organisation_id=opportunity.organisation_id,
        opportunity_id=opportunity.id,
        scope=scope,
        scope_id=scope_id,
        code=code,
        state=QuestionState.OPEN,
        stage=Stage.WAITING,
        is_routine=is_routine,
        mails=0,
        opened_at=uow.day_began,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(question)
    except IntegrityError:
        # Somebody else who needs it asked at the same moment.
        asked = _open_question(uow, scope, scope_id, code)
        if asked is None:
            raise ImpossibleStep("Something changed at this very moment. Try it again.") from None
        return asked
    return question


def answer(
    uow: UnitOfWork,
    question_id: UUID,
    *,
    said: Answer | None,
    languages: frozenset[str] = frozenset(),
    note: str = "",
    note_language: str | None = None,
    account_id: UUID | None = None,
    said_by: str = "",
) -> Question:
    """Keep what the organisation said, and say so; whoever waited for it is looked at again.

    A question about languages is answered by those the team speaks, every other one by ``said`` and, when
    there is more to say, a ``note``. Who said it is an account, or named by ``said_by``.
    Raises :class:`NotFound`, :class:`ImpossibleStep` when it was answered already, :class:`InvalidValue`.
    """
    question = _held(uow, question_id)
    said_by = said_by or f"account:{account_id}"
    if feature_of(question.code).derived:
        _keep_languages(uow, question, languages)
    else:
        words = clean_words(note, longest=LONGEST_NOTE, field="note")
        _keep_answer(uow, question, said, said_by, note=words, note_language=note_language)
    _close(uow, question, said, said_by)
    return question


def leave_to_desk(uow: UnitOfWork, question_id: UUID) -> None:
    """They do not know either: it leaves their first page, and the desk calls, if somebody waits for it.

    A routine one takes the same way unheard: until somebody needs it, and its link stays good as the
    others do. Raises as :func:`answer`.
    """
    question = _held(uow, question_id)
    question.asked_on = None
    if question.stage == Stage.TO_CALL:
        return
    question.stage = after(Stage(question.stage), Step.LEAVE_TO_DESK)
    if not question.is_routine:
        uow.record(QuestionLeftToDesk(question.id))


def settle(
    uow: UnitOfWork, answers: Mapping[str, Answer], *, scope: Scope, scope_id: UUID, said_by: str
) -> None:
    """Close the open questions that these answers, kept already, answer unasked; and say so."""
    asked = select(Question).where(
        Question.scope == scope,
        Question.scope_id == scope_id,
        Question.code.in_(answers),
        Question.state == QuestionState.OPEN,
    )
    for question in uow.session.scalars(asked.with_for_update()) if answers else ():
        _close(uow, question, answers[question.code], said_by)


def settle_known(uow: UnitOfWork, organisation_id: UUID, *, said_by: str) -> None:
    """Close every open question of this organisation that an answer from elsewhere answers by now."""
    asked = select(Question).where(
        Question.organisation_id == organisation_id, Question.state == QuestionState.OPEN
    )
    waiting = uow.session.scalars(asked.with_for_update()).all()
    if not waiting:
        return
    uow.session.flush()
    ids = {question.opportunity_id for question in waiting}
    known = offer.roles(uow.session, ids, now=uow.now, day_began=uow.day_began)
    for question in waiting:
        facts = known.get(question.opportunity_id)
        if facts is not None and question.code in facts.answers:
            _close(uow, question, facts.answers[question.code], said_by)


def _held(uow: UnitOfWork, question_id: UUID) -> Question:
    question = uow.session.get(Question, question_id, with_for_update=True, populate_existing=True)
    if question is None:
        raise NotFound("This question is not there any more.")
    if question.state != QuestionState.OPEN:
        raise ImpossibleStep("Somebody answered this question already.")
    return question


def _close(uow: UnitOfWork, question: Question, said: Answer | None, said_by: str) -> None:
    question.state = QuestionState.ANSWERED
    question.stage = after(Stage(question.stage), Step.ANSWER)
    question.answer = said
    question.answered_by = said_by
    question.answered_at = uow.now
    uow.record(QuestionAnswered(question.id))


def _where(uow: UnitOfWork, opportunity: Opportunity, code: str) -> tuple[Scope, UUID]:
    """Where the answer will stand: not under an old answer of the role itself, which would hide it."""
    if access_answers.has_answer(uow, code, scope=Scope.OPPORTUNITY, scope_id=opportunity.id):
        return Scope.OPPORTUNITY, opportunity.id
    return where_it_belongs(code, opportunity_id=opportunity.id, venue_id=opportunity.venue_id)


def _open_question(uow: UnitOfWork, scope: Scope, scope_id: UUID, code: str) -> Question | None:
    """The open question, held until the end: nobody answers it while somebody begins to wait for it."""
    return uow.session.scalar(
        select(Question)
        .where(
            Question.scope == scope,
            Question.scope_id == scope_id,
            Question.code == code,
            Question.state == QuestionState.OPEN,
        )
        .with_for_update()
    )


def _keep_answer(
    uow: UnitOfWork,
    question: Question,
    said: Answer | None,
    said_by: str,
    *,
    note: str,
    note_language: str | None,
) -> None:
    if said is None:
        raise InvalidValue("Choose an answer.", field="answer")
    access_answers.record(
        uow,
        {question.code: said},
        organisation_id=question.organisation_id,
        scope=Scope(question.scope),
        scope_id=question.scope_id,
        said_by=said_by,
        note=note or None,
        note_language=note_language,
    )
    uow.record(AccessAnswered(question.organisation_id))


def _keep_languages(uow: UnitOfWork, question: Question, languages: frozenset[str]) -> None:
    if not languages:
        raise InvalidValue("Choose at least one language that the team speaks.", field="languages")
    question.opportunity.languages_spoken = sorted(languages | set(question.opportunity.languages_spoken))
    # Whoever changes a role says that it is still true.
    question.opportunity.updated_at, question.opportunity.asked_at = uow.now, None
    uow.record(OpportunityChanged(question.opportunity_id))

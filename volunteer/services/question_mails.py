"""Questions go out together: on a schedule, not too often, and never so that one points at somebody.

Why and how they are mixed: docs/decisions/0044-questions-that-point-at-nobody.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, or_, select

from volunteer.domain.access import ASKED_OF_ORGANISATIONS
from volunteer.domain.accounts import ANSWERING
from volunteer.domain.events.questions import QuestionDropped, QuestionLeftToDesk, QuestionsMailed
from volunteer.domain.figures import NEVER_COUNTED, Kind
from volunteer.domain.questions import (
    BETWEEN_MAILS,
    BETWEEN_ROUTINE_MAILS,
    MOST_MAILS,
    QuestionState,
    Stage,
    Step,
    Weekly,
    after,
    has_expired,
    in_order_of_the_check,
    is_before_the_team,
    mixed,
)
from volunteer.models import Opportunity, Organisation, Question, QuestionMail
from volunteer.queries import offer
from volunteer.queries import questions as queries
from volunteer.queries.accounts import members_of
from volunteer.queries.figures import shown_figures
from volunteer.queries.organisations import gets_people
from volunteer.services import questions
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

_MAY_BE_ROUTINE = tuple(code for code in ASKED_OF_ORGANISATIONS if code not in NEVER_COUNTED)
"""Anything else would stand in a mail on somebody's account alone."""


def ask_all(units: UnitsOfWork, weekly: Weekly) -> int:
    """Ask every organisation whose time has come, each in a transaction of its own; returns how many."""
    with units.read() as uow:
        if not weekly.is_open(uow.now, uow.zone):
            return 0
        chosen = queries.organisations_to_ask(
            uow.session,
            opened_before=uow.day_began,
            everyone=weekly.has_come(uow.now, uow.zone),
        )
    mails = 0
    for organisation_id in chosen:
        with units.write() as uow:
            mails += ask(uow, organisation_id, weekly) is not None
    return mails


def ask(uow: UnitOfWork, organisation_id: UUID, weekly: Weekly) -> QuestionMail | None:
    """Put the questions for this organisation in one mail, if it may have one now; all about one role.

    What cannot be mixed, or has nobody to be mailed to, is left to the desk.
    """
    # Held, so that of two schedulers one sees the mail of the other.
    organisation = uow.session.get(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    if organisation is None or not gets_people(uow.session, organisation_id):
        return None
    raised = _raised(uow, organisation_id)
    is_time = bool(raised) or weekly.has_come(uow.now, uow.zone)
    if not is_time or not _may_be_asked(uow, organisation_id, is_routine=not raised):
        return None
    if not _can_be_reached(uow, organisation):
        _leave(uow, raised)
        return None
    role = _role(uow, organisation_id, raised)
    if role is None:
        return None
    about_role = {each.code: each for each in raised if each.opportunity_id == role.id}
    wanted, along = mixed(list(about_role), _routine(uow, role), most=weekly.most)
    if not along:
        _leave(uow, list(about_role.values()))
        return None
    routine = [questions.open_for(uow, role, code, is_routine=True) for code in along]
    return _mail(uow, organisation_id, [*(about_role[code] for code in wanted), *routine])


def expire(uow: UnitOfWork) -> int:
    """Leave to the desk what the mails did not get an answer to; drop what nobody waits for.

    Returns how many questions that were. A routine one stays until no team sees those of its mail any more.
    """
    asked = _held(uow, or_(Question.is_routine.is_(False), Question.asked_on.is_not(None)))
    raised = _waited_for(uow, [each for each in asked if not each.is_routine])
    late = [
        each
        for each in raised
        if each.stage == Stage.MAILED
        and each.asked_on is not None
        and has_expired(uow.today, asked_on=each.asked_on, mails=each.mails)
    ]
    _leave(uow, late)
    for question in asked:
        is_routine = question.is_routine and question.state == QuestionState.OPEN
        day = question.asked_on
        if is_routine and day is not None and not is_before_the_team(uow.today, asked_on=day):
            _drop(uow, question)
    return len(late) + sum(each.state == QuestionState.DROPPED for each in asked)


def _held(uow: UnitOfWork, chosen: ColumnElement[bool]) -> Sequence[Question]:
    """Open questions, held until the end: nobody begins to wait for one that is just let go."""
    return uow.session.scalars(
        select(Question)
        .where(Question.state == QuestionState.OPEN, chosen)
        .order_by(Question.id)
        .with_for_update()
    ).all()


def _raised(uow: UnitOfWork, organisation_id: UUID) -> list[Question]:
    """What somebody waits for and may be in a mail: first what was in none, then the oldest.

    What is never asked as routine would point at somebody there: it is left to the desk.
    """
    chosen = _held(uow, (Question.organisation_id == organisation_id) & Question.is_routine.is_(False))
    waiting = [each for each in _waited_for(uow, chosen) if each.stage in {Stage.WAITING, Stage.MAILED}]
    _leave(uow, [each for each in waiting if each.code not in _MAY_BE_ROUTINE])
    found = [each for each in waiting if each.code in _MAY_BE_ROUTINE and each.mails < MOST_MAILS]
    return sorted(found, key=lambda each: (each.mails, each.opened_at, each.code, each.id))


def _waited_for(uow: UnitOfWork, raised: Sequence[Question]) -> list[Question]:
    """Those that somebody still waits for, at an open role; the others are routine now.

    What was in no mail is dropped at once; what a team sees goes on as before, for them.
    """
    kept = []
    roles = queries.roles_waited_for(uow.session, {each.organisation_id for each in raised})
    for question in raised:
        here = [role for role in roles if question.scope_id in {role.id, role.venue_id}]
        if here and question.opportunity not in here:
            question.opportunity = here[0]
        if here:
            kept.append(question)
        elif question.mails:
            question.is_routine = True
        else:
            _drop(uow, question)
    return kept


def _may_be_asked(uow: UnitOfWork, organisation_id: UUID, *, is_routine: bool) -> bool:
    last = queries.last_mail(uow.session, organisation_id)
    pause: timedelta = BETWEEN_ROUTINE_MAILS if is_routine else BETWEEN_MAILS
    return last is None or uow.today - last >= pause


def _can_be_reached(uow: UnitOfWork, organisation: Organisation) -> bool:
    has_team = bool(members_of(uow.session, organisation.id, roles=ANSWERING))
    return has_team or organisation.email_sealed is not None


def _role(uow: UnitOfWork, organisation_id: UUID, raised: Sequence[Question]) -> Opportunity | None:
    """What the mail is about: with two roles in it, the one question on one of them would stand alone."""
    if raised:
        return raised[0].opportunity
    return queries.an_open_role(uow.session, organisation_id)


def _routine(uow: UnitOfWork, role: Opportunity) -> list[str]:
    """What else is unknown about this role and nobody waits for, the most useful first."""
    known = offer.roles(uow.session, [role.id], now=uow.now, day_began=uow.day_began)
    answered = known[role.id].answers if role.id in known else {}
    busy = queries.codes_not_to_ask(uow.session, role.organisation_id, most_mails=MOST_MAILS)
    unknown = [code for code in _MAY_BE_ROUTINE if code not in answered and code not in busy]
    useful = [
        figure.code
        for scope in (role.organisation_id, None)
        for figure in shown_figures(uow.session, scope)
        if figure.kind == Kind.TELL
    ]
    return [*(code for code in useful if code in unknown), *_spread(unknown, role.id)]


def _spread(codes: Sequence[str], role_id: UUID) -> list[str]:
    """In an order of its own for each role, so that the same two do not always go along."""
    if not codes:
        return []
    start = role_id.int % len(codes)
    return [*codes[start:], *codes[:start]]


def _mail(uow: UnitOfWork, organisation_id: UUID, chosen: Sequence[Question]) -> QuestionMail:
    by_code = {each.code: each for each in chosen}
    mail = QuestionMail(
        id=uuid4(),
        organisation_id=organisation_id,
        sent_on=uow.today,
        question_ids=[str(by_code[code].id) for code in in_order_of_the_check(by_code)],
    )
    uow.session.add(mail)
    for question in chosen:
        question.stage = after(Stage(question.stage), Step.MAIL)
        question.asked_on = uow.today
        question.mails += 1
    uow.record(QuestionsMailed(mail.id))
    return mail


def _leave(uow: UnitOfWork, some: Sequence[Question]) -> None:
    for question in some:
        question.stage = after(Stage(question.stage), Step.LEAVE_TO_DESK)
        uow.record(QuestionLeftToDesk(question.id))


def _drop(uow: UnitOfWork, question: Question) -> None:
    question.stage = after(Stage(question.stage), Step.DROP)
    question.state = QuestionState.DROPPED
    uow.record(QuestionDropped(question.id))

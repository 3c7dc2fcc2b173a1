"""A question from a mail, answered without a log-in. Machines open links too: only a button counts."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES, SIGN_LANGUAGE
from volunteer.domain.access_tips import tip_of
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.questions import QuestionState
from volunteer.links import Purpose
from volunteer.models import Question
from volunteer.queries import access as queries
from volunteer.services import question_links, questions
from volunteer.services.question_links import Asked
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.access_page import account_in, answer_words, said_by_words
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import access as forms
from volunteer.web.forms import desk as desk_forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language

blueprint = Blueprint("questions", __name__, url_prefix="/q")

_INVALID = 422
NOT_KNOWN = "unknown"


@blueprint.get("/<token>")
@limiter.limit("60 per minute")
def show(token: str) -> ResponseReturnValue:
    """The question and its buttons, or what was answered; looking changes nothing."""
    with current_core().units.read() as uow:
        return _page(uow, _asked(uow, token))


@blueprint.post("/<token>")
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """Keep the answer: with it the link is spent, and so are those of the colleagues."""
    answers = forms.question(request.form)
    try:
        with current_core().units.write() as uow:
            asked = _asked(uow, token)
            if text(answers, "said") == NOT_KNOWN:
                questions.leave_to_desk(uow, asked.question.id)
            else:
                _answer(uow, asked, answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            # Somebody was faster: the page says who, and what.
            page = _page(uow, _asked(uow, token), answers, error if isinstance(error, InvalidValue) else None)
        return page, _INVALID if isinstance(error, InvalidValue) else 200
    with current_core().units.read() as uow:
        return _page(uow, _asked(uow, token), is_thanked=True)


def _asked(uow: UnitOfWork, token: str) -> Asked:
    question_id, proof = current_core().links.read(Purpose.ANSWER_QUESTION, token)
    return question_links.asked_by(uow, question_id, proof)


def _answer(uow: UnitOfWork, asked: Asked, answers: Answers) -> None:
    is_derived = FEATURES[asked.question.code].derived
    questions.answer(
        uow,
        asked.question.id,
        said=None if is_derived else forms.said(answers),
        languages=desk_forms.languages(answers) if is_derived else frozenset(),
        note=text(answers, "note"),
        note_language=current_language(),
        said_by=asked.said_by,
    )


def _page(
    uow: UnitOfWork,
    asked: Asked,
    answers: Answers | None = None,
    error: DomainError | None = None,
    *,
    is_thanked: bool = False,
) -> str:
    question = asked.question
    feature, language = FEATURES[question.code], current_language()
    is_open = question.state == QuestionState.OPEN
    return render_template(
        "access/question.html",
        code=question.code,
        label=feature.label(language),
        help=tip_of(question.code, language).short,
        where=question_links.where(uow, question),
        where_language=question.opportunity.language,
        organisation=question.organisation.name,
        tongues=_tongues(question) if feature.derived else [],
        is_open=is_open,
        is_thanked=is_thanked,
        answered=None if is_open else _answered(uow, question),
        answers=answers or {},
        errors=form_errors([error]) if error else [],
        check_url=url_for(
            "access_check.show", scope=question.scope, scope_id=question.scope_id, group=feature.dimension
        ),
    )


def _answered(uow: UnitOfWork, question: Question) -> dict[str, str]:
    """Who answered, when, and what."""
    said_by = question.answered_by or ""
    account_id = account_in(said_by)
    names = queries.names_of_accounts(uow.session, [account_id] if account_id else [])
    return {
        "who": said_by_words(said_by, names),
        "day": spoken_day(question.answered_at) if question.answered_at else "",
        "what": answer_words(question.answer) if question.answer else "",
    }


def _tongues(question: Question) -> list[tuple[str, str, bool]]:
    known = set(question.opportunity.languages_spoken)
    about_signs = question.code == SIGN_LANGUAGE
    ordered = sorted(
        LANGUAGES.values(), key=lambda each: (each.code not in known, each.sign != about_signs, each.order)
    )
    return [(each.code, each.own, each.code in known) for each in ordered]

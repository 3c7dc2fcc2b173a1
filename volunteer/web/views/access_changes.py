"""One change to what is possible with an organisation: said now, planned for a day, or asked by us."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES, Answer
from volunteer.domain.access_tips import tip_of
from volunteer.domain.errors import DomainError, InvalidValue, NotFound
from volunteer.models import Question
from volunteer.services import access_check, access_plans, question_links, questions
from volunteer.web import access_page
from volunteer.web.access_team import answering, place_of, said_by
from volunteer.web.auth import for_members, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import access as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.organisation.blueprint import our_team

blueprint = Blueprint("access_changes", __name__, url_prefix="/organisation/access")

_INVALID = 422


@blueprint.get("/<scope>/<uuid:scope_id>/change/<code>")
@for_members
def change(scope: str, scope_id: UUID, code: str) -> ResponseReturnValue:
    """What one change would do, and three ways to make it: now, when somebody comes, or by a day."""
    return _change_page(scope, scope_id, code)


@blueprint.post("/<scope>/<uuid:scope_id>/change/<code>")
@for_members
def make_change(scope: str, scope_id: UUID, code: str) -> ResponseReturnValue:
    """Say it, or plan it."""
    answers = forms.change(request.form)
    mine = answering()
    _known(code)
    try:
        with current_core().units.write() as uow:
            place = place_of(uow, mine, scope, scope_id)
            if text(answers, "do") == "plan":
                access_plans.make(
                    uow,
                    place,
                    code,
                    by_when=forms.day(answers),
                    who=text(answers, "who"),
                    account_id=staff().account_id,
                )
                said = _("Planned. We remind you when the day has come.")
            else:
                access_check.say(uow, place, code, _pressed(answers), said_by=said_by())
                said = _("Thank you. From now on we look for people with this answer.")
    except InvalidValue as error:
        return _change_page(scope, scope_id, code, answers, error)
    flash(said, "success")
    return redirect(url_for("organisation.home"), code=303)


@blueprint.post("/plans/<uuid:plan_id>")
@for_members
def finish_plan(plan_id: UUID) -> ResponseReturnValue:
    """It is possible now, or it is not to be."""
    answers = forms.change(request.form)
    mine = answering()
    said = None if text(answers, "do") == "drop" else _pressed(answers)
    with current_core().units.write() as uow:
        access_plans.finish(uow, mine.id, plan_id, said, said_by=said_by())
    flash(_("Written down. Thank you."), "success")
    return redirect(url_for("organisation.home"), code=303)


@blueprint.post("/questions/<uuid:question_id>")
@for_members
def answer_question(question_id: UUID) -> ResponseReturnValue:
    """Answer a question on the first page, with one press; what they do not know leaves the page."""
    answers = forms.question(request.form)
    mine = answering()
    with current_core().units.write() as uow:
        question = uow.session.get(Question, question_id)
        is_theirs = question is not None and question.organisation_id == mine.id
        if question is None or not is_theirs or question_links.is_gone(uow, question):
            raise NotFound("This question is not there any more.")
        if text(answers, "said") == "unknown":
            questions.leave_to_desk(uow, question_id)
            words = _(
                "That is fine. It stays open: a colleague can answer with the same link, or we call you."
            )
        else:
            questions.answer(uow, question_id, said=forms.said(answers), account_id=staff().account_id)
            words = _("Written down. Thank you.")
    flash(words, "success")
    return redirect(url_for("organisation.home"), code=303)


def _change_page(
    scope: str,
    scope_id: UUID,
    code: str,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    mine = our_team()
    _known(code)
    with current_core().units.read() as uow:
        place = place_of(uow, mine, scope, scope_id)
        counts = access_check.standings(uow, place)[code].counts
        _day, opens, _nearby = access_page.would_open(uow, place)
        here = access_page.here(uow, place)
        today = uow.today
    page = render_template(
        "access/change.html",
        team=mine,
        place=place,
        here=here,
        code=code,
        label=FEATURES[code].label(current_language()),
        tip=tip_of(code, current_language()),
        now=access_page.answer_words(counts.answer if counts else None),
        people=opens.get(code),
        today=today.isoformat(),
        answers=answers or {},
        errors=form_errors([error]) if error else [],
    )
    return page, _INVALID if error else 200


def _pressed(answers: Answers) -> Answer:
    try:
        return forms.ANSWERS[text(answers, "do")]
    except KeyError:
        raise InvalidValue("Choose an answer.", field="main") from None


def _known(code: str) -> None:
    if code not in FEATURES or FEATURES[code].derived:
        raise NotFound("This page is not there.")

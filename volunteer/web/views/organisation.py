"""The pages of an organisation: who would like to meet it, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES
from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed
from volunteer.domain.interests import TASKS
from volunteer.domain.introductions import IntroductionState
from volunteer.models import Introduction
from volunteer.queries.introductions import received_introductions
from volunteer.queries.questions import open_questions
from volunteer.services import accounts, figures, introductions, task_suggestions
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_members, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.figure_lines import openings
from volunteer.web.forms import organisation as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.introduction_cards import card, received
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

_CHOSEN = "organisation"
_MEMBERS = (*ANSWERING, Role.VIEWER)
_INVALID = 422


@dataclass(frozen=True, slots=True)
class Team:
    """The organisation this page speaks for."""

    id: UUID
    name: str
    may_answer: bool


def _teams() -> list[Team]:
    answering = staff().organisations(*ANSWERING)
    found = staff().organisations(*_MEMBERS)
    teams = (Team(team_id, name, team_id in answering) for team_id, name in found.items())
    return sorted(teams, key=lambda team: team.name)


def _team() -> Team:
    """The team chosen before, or the first one."""
    teams = _teams()
    return next((team for team in teams if team.id.hex == session.get(_CHOSEN)), teams[0])


@blueprint.get("")
@for_members
def home() -> ResponseReturnValue:
    """Who waits for an answer, longest first; what runs; what we will ask."""
    team = _team()
    with current_core().units.read() as uow:
        lists = received(uow, received_introductions(uow.session, team.id))
        questions = [
            (question.code, FEATURES[question.code].label(current_language()), question.opportunity.title)
            for question in open_questions(uow.session, organisation_id=team.id)
        ]
        fitting_tasks = _fitting_tasks(uow, team)
        would_open = openings(figures.of_organisation(uow, team.id))
    return render_template(
        "organisation/home.html",
        team=team,
        teams=_teams(),
        would_open=would_open,
        lists=lists,
        questions=questions,
        fitting_tasks=fitting_tasks,
    )


def _fitting_tasks(uow: UnitOfWork, team: Team) -> list[tuple[UUID, str, str]]:
    """Id, role and name of each task that somebody of this team is asked about."""
    waiting = task_suggestions.unanswered(uow, team.id) if team.may_answer else []
    return [
        (each.id, each.opportunity.title, TASKS[each.task].label(current_language()))
        for each in waiting
        if each.task is not None and each.task in TASKS
    ]


@blueprint.post("/tasks/<uuid:suggestion_id>")
@for_members
def answer_task(suggestion_id: UUID) -> ResponseReturnValue:
    """Say whether a task fits a role: yes adds it, no is remembered."""
    fits = forms.fits(request.form)
    with current_core().units.write() as uow:
        task_suggestions.answer(uow, staff().organisations(*ANSWERING), suggestion_id, fits=fits)
    flash(_("Thank you."), "success")
    return redirect(url_for("organisation.home"), code=303)


@blueprint.post("/choose")
@for_members
def choose() -> ResponseReturnValue:
    """Go on with another organisation of the same person."""
    chosen = forms.organisation(request.form)
    if chosen is None or chosen not in staff().organisations(*_MEMBERS):
        raise NotAllowed("This page is for others. Ask at the info desk if you need it.")
    session[_CHOSEN] = chosen.hex
    return redirect(url_for("organisation.home"), code=303)


@blueprint.get("/introductions/<uuid:introduction_id>")
@for_members
def introduction(introduction_id: UUID) -> ResponseReturnValue:
    """One introduction: what the person chose to share, and the answer."""
    return _introduction(introduction_id)


@blueprint.post("/introductions/<uuid:introduction_id>")
@for_members
def answer(introduction_id: UUID) -> ResponseReturnValue:
    """Say yes with when and where, or not now with a reason about the offer."""
    answers = forms.answer(request.form)
    try:
        with current_core().units.write() as uow:
            _answer(uow, introduction_id, answers)
    except InvalidValue as error:
        return _introduction(introduction_id, answers, error)
    except ImpossibleStep:
        flash(_("Something changed in the meantime. This is how it stands now."), "warning")
    else:
        flash(_("Thank you. We tell this person today."), "success")
    return redirect(url_for("organisation.introduction", introduction_id=introduction_id), code=303)


def _answer(uow: UnitOfWork, introduction_id: UUID, answers: Answers) -> None:
    found = introductions.visible_to(uow, staff().organisations(*_MEMBERS), introduction_id)
    if found.organisation_id not in staff().organisations(*ANSWERING):
        raise NotAllowed("You can look at this introduction. A colleague of your team answers it.")
    if answers.get("answer") == "yes":
        introductions.accept(uow, found.organisation_id, found.id, words=forms.reply(answers))
    else:
        introductions.decline(uow, found.organisation_id, found.id, reason=forms.reason(answers))


def _introduction(
    introduction_id: UUID, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    # Opening what somebody shared is written in the journal: therefore a unit that writes.
    with current_core().units.write() as uow:
        found = introductions.visible_to(uow, staff().organisations(*_MEMBERS), introduction_id)
        context = _shown(uow, found)
    team = next(team for team in _teams() if team.id == found.organisation_id)
    page = render_template(
        "organisation/introduction.html",
        team=team,
        answers=answers or {},
        errors=form_errors([error]) if error else [],
        **context,
    )
    return page, _INVALID if error else 200


def _shown(uow: UnitOfWork, found: Introduction) -> dict[str, object]:
    language = current_language()
    # Who took it back shares nothing any more.
    withdrawn = found.state == IntroductionState.WITHDRAWN
    reader = f"account:{staff().account_id}"
    shared = None if withdrawn else introductions.shared_by(uow, found, reader=reader)
    needs = shared.needs if shared else ()
    return {
        "card": card(uow, found),
        "shared": shared,
        "needs": [(code, FEATURES[code].label(language), strength) for code, strength in needs],
        "contact": spoken_phone(shared.contact) if shared and shared.contact else "",
        "reply": introductions.reply_to(uow, found),
        "state": found.state,
        "role": found.opportunity.title,
        "decline_reason": found.decline_reason,
        "longest": introductions.LONGEST_WORDS,
    }


@blueprint.get("/token")
@for_members
def token() -> ResponseReturnValue:
    """What a token is for."""
    return render_template("organisation/token.html", team=_team(), token=None)


@blueprint.post("/token")
@for_members
@limiter.limit("10 per hour")
def make_token() -> ResponseReturnValue:
    """Make a token for programs of this organisation, and show it this once."""
    team = _team()
    if not team.may_answer:
        raise NotAllowed("A colleague who answers for your team can make a token.")
    with current_core().units.write() as uow:
        made = accounts.issue_token(uow, staff().account_id, team.id)
    return render_template("organisation/token.html", team=team, token=made)

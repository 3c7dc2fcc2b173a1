"""The first page of an organisation: who waits for its answer, and what we ask it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import NotAllowed
from volunteer.domain.interests import TASKS
from volunteer.queries.introductions import received_introductions
from volunteer.services import task_suggestions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import access_home
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core
from volunteer.web.forms import organisation as forms
from volunteer.web.introduction_cards import received
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.stand_words import markets_of
from volunteer.web.views.organisation.blueprint import CHOSEN, MEMBERS, Team, blueprint, our_team, our_teams


@blueprint.get("")
@for_members
def home() -> ResponseReturnValue:
    """Who waits for an answer, longest first; what runs; what we will ask."""
    team = our_team()
    with current_core().units.read() as uow:
        lists = received(uow, received_introductions(uow.session, team.id))
        fitting_tasks = _fitting_tasks(uow, team)
        access = access_home.parts(uow, team.id)
        markets = markets_of(uow, team.id)
    return render_template(
        "organisation/home.html",
        team=team,
        teams=our_teams(),
        lists=lists,
        markets=[(market, stand) for market, stand in markets if stand or market.takes_stands],
        fitting_tasks=fitting_tasks,
        **access,
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
    if chosen is None or chosen not in staff().organisations(*MEMBERS):
        raise NotAllowed("This page is for others. Ask at the info desk if you need it.")
    session[CHOSEN] = chosen.hex
    return redirect(url_for("organisation.home"), code=303)

"""Writing a role: from a template, a copy or nothing, on one page that keeps what was typed."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import Answer
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.interests import named_in
from volunteer.domain.opportunities import TRIAL, OpportunityState, Posting
from volunteer.domain.plain_language import advise
from volunteer.models import Opportunity, Organisation
from volunteer.queries.opportunities import answers_for_roles
from volunteer.services import opportunities, opportunity_states, spent_forms
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import role_form
from volunteer.web.auth import for_members, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import roles as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.views.organisation.blueprint import our_team, team_of_form
from volunteer.web.views.roles.blueprint import blueprint, may_change, role_to_change, role_to_see, said_by

_INVALID = 422


@blueprint.get("/organisation/roles/new")
@for_members
def new() -> ResponseReturnValue:
    """What to begin with; and with something chosen, the form."""
    ours = our_team()
    may_change(ours.id)
    with current_core().units.read() as uow:
        if "template" not in request.args and "copy" not in request.args:
            return render_template("roles/begin.html", team=ours, **role_form.beginnings(uow, ours.id))
        organisation = uow.session.get_one(Organisation, ours.id)
        answers = role_form.begun(uow, organisation, request.args, name=staff().name)
        return _form(uow, ours.id, answers)


@blueprint.post("/organisation/roles/new")
@for_members
@limiter.limit("120 per hour")
def add() -> ResponseReturnValue:
    """Keep a new role as a draft, or publish it at once."""
    ours = team_of_form()
    may_change(ours.id)
    return _save(ours.id, None, forms.answers(request.form))


@blueprint.get("/organisation/roles/<uuid:role_id>/edit")
@for_members
def edit(role_id: UUID) -> ResponseReturnValue:
    """The form of a role that is there."""
    with current_core().units.write() as uow:
        opportunity = role_to_change(uow, role_id)
        return _form(uow, opportunity.organisation_id, role_form.of_role(uow, opportunity), opportunity)


@blueprint.post("/organisation/roles/<uuid:role_id>/edit")
@for_members
@limiter.limit("600 per hour")
def change(role_id: UUID) -> ResponseReturnValue:
    """Keep what was changed, and publish it when that was pressed."""
    with current_core().units.read() as uow:
        organisation_id = role_to_see(uow, role_id).organisation_id
    may_change(organisation_id)
    return _save(organisation_id, role_id, forms.answers(request.form))


@blueprint.post("/organisation/roles/plain")
@for_members
@limiter.limit("120 per minute")
def plain() -> ResponseReturnValue:
    """What would make the text easier, and which tasks it makes us think of; nothing is kept."""
    answers = forms.answers(request.form)
    return render_template("roles/_plain.html", **_advice(answers))


def _save(organisation_id: UUID, role_id: UUID | None, answers: Answers) -> ResponseReturnValue:
    pressed = str(answers.get("then", "draft"))
    if pressed.startswith("more"):
        with current_core().units.read() as uow:
            return _form(uow, organisation_id, answers, _known(uow, role_id), more=pressed)
    try:
        with current_core().units.write() as uow:
            if role_id is None and not spent_forms.spend(uow, form_id()):
                return redirect(url_for("roles.index"), code=303)
            opportunity = _kept(uow, organisation_id, role_id, answers)
            if pressed == "publish":
                opportunity_states.publish(uow, opportunity)
            state, found = OpportunityState(opportunity.state), opportunity.id
    except _Refused as refused:
        errors = refused.errors
    except (InvalidValue, ImpossibleStep) as error:
        errors = [error]
    else:
        _thank(state, pressed)
        return redirect(url_for("roles.show", role_id=found), code=303)
    with current_core().units.read() as uow:
        return _form(uow, organisation_id, answers, _known(uow, role_id), errors=errors)


class _Refused(Exception):
    """The form does not hold together; nothing of it is kept."""

    def __init__(self, errors: list[DomainError]) -> None:
        self.errors = errors


def _kept(uow: UnitOfWork, organisation_id: UUID, role_id: UUID | None, answers: Answers) -> Opportunity:
    opportunity = role_to_change(uow, role_id) if role_id else None
    if opportunity is not None and answers.get("seen") not in {None, role_form.version(opportunity)}:
        raise ImpossibleStep(
            "A colleague changed this role meanwhile. Save again to keep yours.", field="title"
        )
    organisation = uow.session.get_one(Organisation, organisation_id)
    base = opportunities.posting_of(opportunity) if opportunity else _blank(organisation)
    posting, errors = forms.read(answers, base)
    if errors:
        raise _Refused(errors)
    if opportunity is None:
        opportunity = opportunities.draft(uow, posting, organisation_id=organisation_id, said_by=said_by())
    else:
        opportunities.amend(uow, opportunity, posting, said_by=said_by(), with_answers=False)
    _keep_trial(uow, opportunity, wanted=forms.wants_trial(answers))
    _look_at_dates(uow, opportunity)
    return opportunity


def _blank(organisation: Organisation) -> Posting:
    return Posting(
        title="", description="", language=organisation.language, sectors=frozenset(organisation.sectors)
    )


def _keep_trial(uow: UnitOfWork, opportunity: Opportunity, *, wanted: bool) -> None:
    uow.session.flush()
    said = answers_for_roles(uow.session, [opportunity.id]).get(opportunity.id, {}).get(TRIAL)
    if wanted != (said == Answer.YES):
        answer = Answer.YES if wanted else None
        opportunities.answer(uow, opportunity, {TRIAL: answer}, said_by=said_by())


def _look_at_dates(uow: UnitOfWork, opportunity: Opportunity) -> None:
    """A role that waited for a day may not have to any more."""
    opportunity_states.look_again(uow, opportunity)


def _known(uow: UnitOfWork, role_id: UUID | None) -> Opportunity | None:
    return role_to_see(uow, role_id) if role_id else None


def _thank(state: OpportunityState, pressed: str) -> None:
    if state is OpportunityState.DRAFT:
        flash(_("Kept as a draft. This is how people will see it."), "success")
    elif pressed == "publish" and state is OpportunityState.OPEN:
        flash(_("Your role is open. We look for people from now on."), "success")
    elif state is OpportunityState.WAITING:
        flash(_("Your role is ready, and waits."), "success")
    else:
        flash(_("Your change is kept."), "success")


def _form(
    uow: UnitOfWork,
    organisation_id: UUID,
    answers: Answers,
    opportunity: Opportunity | None = None,
    *,
    errors: list[DomainError] | None = None,
    more: str = "",
) -> ResponseReturnValue:
    page = render_template(
        "roles/form.html",
        **role_form.offers(uow, organisation_id, answers, opportunity, more=more),
        **_advice(answers, role_form.thought_of(uow, opportunity)),
        answers=answers,
        errors=form_errors(errors or [], field="title"),
        today=uow.today.isoformat(),
    )
    return page, _INVALID if errors else 200


def _advice(answers: Answers, thought_of: list[str] | None = None) -> dict[str, object]:
    """What to say about the text, and the tasks that it makes us think of and that are not chosen yet."""
    texts = [str(answers.get(name, "")) for name in ("title", "description")]
    chosen = answers.get("tasks", [])
    found = dict.fromkeys([*(thought_of or []), *named_in(" ".join(texts))])
    return {
        "advice": advise(texts, str(answers.get("language", ""))) if any(texts) else None,
        "thought_of": role_form.tasks_named([code for code in found if code not in chosen][:4]),
    }

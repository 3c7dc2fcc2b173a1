"""What an organisation tells about itself, and its talk with the desk."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, NotAllowed
from volunteer.domain.interests import parse_sectors
from volunteer.domain.law import Section, in_force
from volunteer.domain.organisations import Approval, Turn
from volunteer.domain.teams import OFFERING
from volunteer.models import Organisation
from volunteer.services import contacts, law, organisation_talk, organisations, profiles
from volunteer.services.enterprise_numbers import spoken
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_members, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, several, text
from volunteer.web.joining_choices import sectors
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.organisation_talk import lines
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, team_of_form

_INVALID = 422
_PLAIN = (
    "name",
    "legal_form",
    "activity",
    "aim",
    "responsible_person",
    "insurance",
    "expenses",
    "discretion",
)


@blueprint.get("/about")
@for_members
def about() -> ResponseReturnValue:
    """Who we are, whom to reach, and the five things each volunteer is told."""
    return _page()


@blueprint.post("/about")
@for_members
def write_about() -> ResponseReturnValue:
    """Write it again; what matters, the desk looks at again."""
    team, answers = _writing(), forms.profile(request.form)
    try:
        with current_core().units.write() as uow:
            looks_again = profiles.change(
                uow, team.id, forms.profile_of(answers), account_id=staff().account_id
            )
            organisation = uow.session.get_one(Organisation, team.id)
            profiles.reach(uow, organisation, forms.reach_of(answers))
            organisation.sectors = sorted(parse_sectors(several(answers, "sectors")))
    except DomainError as error:
        return _page(answers, error)
    if looks_again:
        flash(_("Saved. We look at it again before new roles are shown."), "success")
    else:
        flash(_("Saved."), "success")
    return redirect(url_for("organisation.about"), code=303)


@blueprint.get("/approval")
@for_members
def approval() -> ResponseReturnValue:
    """What the desk and the team said to each other."""
    return _approval()


@blueprint.post("/approval")
@for_members
def answer_desk() -> ResponseReturnValue:
    """Answer the desk, or say something more."""
    team, answers = _writing(), forms.turn(request.form)
    try:
        with current_core().units.write() as uow:
            organisation_talk.take(
                uow,
                team.id,
                Turn.ANSWER,
                words=text(answers, "words"),
                account_id=staff().account_id,
            )
    except DomainError as error:
        return _approval(answers, error)
    flash(_("Thank you. The info desk reads it."), "success")
    return redirect(url_for("organisation.approval"), code=303)


def _writing() -> Team:
    team = team_of_form()
    if not team.may_answer:
        raise NotAllowed("A colleague who answers for your team can change this.")
    return team


def _told(uow: UnitOfWork, organisation: Organisation) -> Answers:
    told: Answers = {name: getattr(organisation, name) or "" for name in _PLAIN}
    number = organisation.enterprise_number
    return told | {
        "enterprise_number": spoken(number) if number else "",
        "is_volunteer_liable": "yes" if organisation.is_volunteer_liable else "",
        "needs_agreement": "yes" if organisation.needs_agreement else "",
        "sectors": list(organisation.sectors),
        "language": organisation.language,
        "contact_name": organisation.contact_name or "",
        "email": organisations.email_of(uow, organisation) or "",
        "phone": contacts.spoken_phone(organisations.phone_of(uow, organisation) or ""),
    }


def _page(answers: Answers | None = None, error: DomainError | None = None) -> ResponseReturnValue:
    team, language = our_team(), current_language()
    with current_core().units.read() as uow:
        organisation = uow.session.get_one(Organisation, team.id)
        told = _told(uow, organisation)
        state, is_referrer = organisation.approval, organisation.is_referrer
        rules = in_force(law.rules(uow), Section.INSURANCE, uow.today)
        insurance = [
            (each.titles[language], each.texts[language], law.dated(each, uow.today, language))
            for each in rules
        ]
    page = render_template(
        "organisation/about.html",
        team=team,
        answers=answers if answers is not None else told,
        state=state,
        is_referrer=is_referrer,
        sectors=sectors(),
        insurance=insurance,
        errors=form_errors([error], field="name") if error else [],
    )
    return page, _INVALID if error else 200


def _approval(answers: Answers | None = None, error: DomainError | None = None) -> ResponseReturnValue:
    team = our_team()
    with current_core().units.read() as uow:
        state = Approval(uow.session.get_one(Organisation, team.id).approval)
        talk = lines(organisation_talk.talk_with(uow, team.id))
    page = render_template(
        "organisation/approval.html",
        team=team,
        side=OFFERING.code,
        may_write=team.may_answer,
        state=state,
        talk=talk,
        answers=answers or {},
        errors=form_errors([error], field="words") if error else [],
    )
    return page, _INVALID if error else 200

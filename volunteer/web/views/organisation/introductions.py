"""One introduction: what the person chose to share, the answer, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.calendar_file import calendar_file
from volunteer.domain.access import FEATURES
from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.introductions import EXPECTED, IntroductionState, Step
from volunteer.messages.in_calendar import appointment_of
from volunteer.messages.words import Facts
from volunteer.models import Introduction
from volunteer.services import (
    appointments,
    information_notes,
    introductions,
    placements,
    proposals,
    remarks,
)
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_members, staff
from volunteer.web.calendar_reply import calendar_reply, said_moment
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import organisation as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.introduction_cards import card
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.views.organisation.blueprint import MEMBERS, blueprint, our_teams

_INVALID = 422


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

    def step(uow: UnitOfWork, found: Introduction) -> str:
        if answers.get("answer") == "yes":
            return _say_yes(uow, found, answers)
        introductions.decline(
            uow, found.organisation_id, found.id, reason=forms.reason(answers), words=forms.remark(answers)
        )
        return _("Thank you. We tell this person today.")

    return _take(introduction_id, step, answers)


@blueprint.post("/introductions/<uuid:introduction_id>/went")
@for_members
def how_it_went(introduction_id: UUID) -> ResponseReturnValue:
    """Say that they met, missed each other, started or stopped."""
    chosen = forms.how_it_went(request.form)

    def step(uow: UnitOfWork, found: Introduction) -> str:
        placements.tell(uow, found.organisation_id, found.id, chosen)
        if chosen is Step.MISS:
            return _("Thank you. Now say again when to come.")
        return _("Thank you. It is written down.")

    return _take(introduction_id, step)


@blueprint.post("/introductions/<uuid:introduction_id>/cancel")
@for_members
def cancel(introduction_id: UUID) -> ResponseReturnValue:
    """Take a yes back, with a reason about the offer."""
    answers = forms.answer(request.form)

    def step(uow: UnitOfWork, found: Introduction) -> str:
        placements.cancel(
            uow, found.organisation_id, found.id, reason=forms.reason(answers), words=forms.remark(answers)
        )
        return _("Thank you. We tell this person today.")

    return _take(introduction_id, step, answers)


@blueprint.post("/introductions/<uuid:introduction_id>/moment")
@for_members
def move(introduction_id: UUID) -> ResponseReturnValue:
    """Name another day and hour; both empty takes the agreed moment back."""
    answers = forms.answer(request.form)

    def step(uow: UnitOfWork, found: Introduction) -> str:
        moment = forms.agreed_at(answers, uow.zone)
        appointments.move(uow, found.organisation_id, found.id, at=moment)
        return _("Thank you. We tell this person today.")

    return _take(introduction_id, step, answers)


@blueprint.get("/introductions/<uuid:introduction_id>/calendar.ics")
@for_members
def calendar(introduction_id: UUID) -> ResponseReturnValue:
    """The agreed moment, for the calendar of whoever welcomes this person."""
    centre = current_core().settings.centre
    with current_core().units.read() as uow:
        found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
        facts = Facts(
            language=current_language(),
            centre=centre,
            to_name="",
            link="",
            first_name=found.candidate.first_name,
            role=found.opportunity.title,
        )
        appointment = appointment_of(found, facts, for_team=True, made_at=uow.now)
    if appointment is None:
        raise NotFound("This introduction is not there any more.")
    return calendar_reply(calendar_file(appointment, centre))


def _say_yes(uow: UnitOfWork, found: Introduction, answers: Answers) -> str:
    """One moment or none is a yes; of several the person chooses one."""
    words, moments = forms.reply(answers), forms.moments(answers, uow.zone)
    if len(moments) > 1:
        proposals.propose(uow, found.organisation_id, found.id, times=moments, words=words)
        return _("Thank you. We ask this person today which time suits.")
    agreed = moments[0] if moments else None
    introductions.accept(uow, found.organisation_id, found.id, words=words, agreed_at=agreed)
    return _("Thank you. We tell this person today.")


def _take(
    introduction_id: UUID, step: Callable[[UnitOfWork, Introduction], str], answers: Answers | None = None
) -> ResponseReturnValue:
    """Take a step in the name of the team, which returns what to say; what was typed stays on an error."""
    try:
        with current_core().units.write() as uow:
            said = step(uow, _ours(uow, introduction_id))
    except InvalidValue as error:
        return _introduction(introduction_id, answers, error)
    except ImpossibleStep as error:
        if answers is not None and _still_waits(introduction_id):
            return _introduction(introduction_id, answers, error)
        flash(said_to_reader(error), "warning")
    else:
        flash(said, "success")
    return redirect(url_for("organisation.introduction", introduction_id=introduction_id), code=303)


def _ours(uow: UnitOfWork, introduction_id: UUID) -> Introduction:
    found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
    if found.organisation_id not in staff().organisations(*ANSWERING):
        raise NotAllowed("You can look at this introduction. A colleague of your team answers it.")
    return found


def _still_waits(introduction_id: UUID) -> bool:
    """Whether the page still has the form in which something was typed."""
    with current_core().units.read() as uow:
        found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
        return found.state == IntroductionState.SENT


def _introduction(
    introduction_id: UUID, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    # Opening what somebody shared is written in the journal: therefore a unit that writes.
    with current_core().units.write() as uow:
        found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
        context = _shown(uow, found)
    team = next(team for team in our_teams() if team.id == found.organisation_id)
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
        "papers": _papers(found),
        "agreed": said_moment(found.agreed_at) if found.agreed_at else "",
        "agreed_day": f"{found.agreed_at.astimezone(uow.zone):%Y-%m-%d}" if found.agreed_at else "",
        "agreed_hour": f"{found.agreed_at.astimezone(uow.zone):%H:%M}" if found.agreed_at else "",
        "role": found.opportunity.title,
        "closed_role": found.opportunity_id if proposals.is_closed(found) else None,
        "decline_reason": found.decline_reason,
        "remark_state": remarks.state_of(uow, found),
        "longest_remark": remarks.LONGEST_REMARK,
        "is_proposed": found.proposal is not None,
        "proposed": [said_moment(each) for each in proposals.still_open(uow, found)],
        "longest": introductions.LONGEST_WORDS,
    }


def _papers(found: Introduction) -> dict[str, object] | None:
    """Which legal papers there are for this person; none before a yes."""
    if found.state not in EXPECTED | {IntroductionState.STOPPED}:
        return None
    organisation = found.opportunity.organisation
    return {
        "is_whole": not information_notes.missing(organisation),
        "with_agreement": organisation.needs_agreement,
        "with_certificate": found.started_at is not None,
        "informed_on": spoken_day(found.informed_at) if found.informed_at else "",
        "version": found.informed_of,
        "runs": found.state in EXPECTED,
    }

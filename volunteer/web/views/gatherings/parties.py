"""Those who signed up, at the desk: written in, told yes or no for them, and counted at the door."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import OPEN_TO, GatheringKind, PartyKind
from volunteer.models import Candidate, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_forgetting, gathering_seats, gathering_sign_ups, gatherings
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import Complaints, form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import gathering_sign_ups as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import name_at_desk, party_row, seat_path
from volunteer.web.gathering_sign_up import offers, status_for
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.views.gatherings.blueprints import at_desk


@at_desk.get("/<uuid:gathering_id>/sign-up")
@for_desk
def sign_up_form(gathering_id: UUID) -> ResponseReturnValue:
    """Somebody without a file stands at the desk, or calls."""
    return _form(gathering_id, {forms.LANGUAGE: current_language()})


@at_desk.post("/<uuid:gathering_id>/sign-up")
@for_desk
def sign_up(gathering_id: UUID) -> ResponseReturnValue:
    """Write them in; they said yes aloud, with this colleague as the witness."""
    answers = forms.visitor(request.form)
    asked = forms.asked(answers, given_how=GivenHow.DESK, form_id=form_id(), by_desk=staff().account_id)
    complaints, language = Complaints(), ""
    with complaints.collect():
        language = forms.language(answers, current_core().settings.centre.languages)
    told = forms.told(answers, language, complaints)
    if told is None:
        return _form(gathering_id, answers, *complaints.errors)
    try:
        with current_core().units.write() as uow:
            party = gathering_sign_ups.sign_up_visitor(uow, gathering_id, told, asked)
            said = _said(uow, party)
    except (InvalidValue, ConsentMissing, ImpossibleStep, NotAllowed) as error:
        return _form(gathering_id, answers, error)
    flash(said, "success")
    return redirect(url_for(".show", gathering_id=gathering_id), code=303)


@at_desk.get("/people/<uuid:candidate_id>")
@for_desk
def of_person(candidate_id: UUID) -> ResponseReturnValue:
    """What somebody with a file can come to, and what they signed up for."""
    with current_core().units.read() as uow:
        person = _person(uow, candidate_id)
        theirs = queries.of_candidate(uow.session, candidate_id, since=uow.now)
        coming = [
            each
            for each in queries.coming_gatherings(uow.session, now=uow.now)
            if PartyKind.CANDIDATE in OPEN_TO[GatheringKind(each.kind)]
        ]
        return render_template(
            "gatherings/person.html",
            name=person.first_name,
            candidate_id=person.id,
            coming=listed(uow, coming),
            theirs={each.gathering_id: party_row(uow, each) for each in theirs},
        )


@at_desk.post("/<uuid:gathering_id>/people/<uuid:candidate_id>")
@for_desk
def sign_person_up(gathering_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    """Sign somebody with a file up; pressed again nothing happens."""
    asked = gathering_sign_ups.Asked(given_how=GivenHow.DESK, by_desk=staff().account_id)
    try:
        with current_core().units.write() as uow:
            person = _person(uow, candidate_id)
            party = gathering_sign_ups.sign_up_person(uow, gathering_id, person, asked)
            said = _said(uow, party)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(said, "success")
    return redirect(url_for(".of_person", candidate_id=candidate_id), code=303)


@at_desk.get("/parties/<uuid:party_id>")
@for_desk
def party(party_id: UUID) -> ResponseReturnValue:
    """Who holds this ticket, and one button: they are here."""
    with current_core().units.read() as uow:
        found = gathering_seats.found(uow, party_id)
        return _party_page(uow, found)


@at_desk.post("/parties/<uuid:party_id>")
@for_desk
def decide(party_id: UUID) -> ResponseReturnValue:
    """They are here, they come, they do not, or want to be forgotten: said at the desk, or by phone."""
    answers = forms.at_door(request.form)
    try:
        with current_core().units.write() as uow:
            said = _do(uow, gathering_seats.found(uow, party_id), answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _party_page(uow, gathering_seats.found(uow, party_id), answers, error)
    flash(said, "success")
    return redirect(url_for(".party", party_id=party_id), code=303)


def _do(uow: UnitOfWork, found: GatheringParty, answers: Answers) -> str:
    """Do what the pressed button says; returns what to say of it."""
    name = name_at_desk(uow, found)
    match request.form.get("do"):
        case "here":
            gathering_seats.attend(uow, found.id, forms.came(answers, found.size))
            return _("%(name)s is here.", name=name)
        case "comes":
            gathering_seats.confirm(uow, found.id)
            return _("%(name)s has a seat.", name=name)
        case "does_not_come":
            gathering_seats.withdraw(uow, found.id)
            return _("%(name)s does not come. The seat goes to who waits.", name=name)
        case "forget_help":
            gathering_forgetting.forget_help(uow, found.id)
            return _("Forgotten: what would help %(name)s on that day.", name=name)
        case "forget_me":
            gathering_forgetting.forget_now(uow, found.id)
            return _("Forgotten: who this visitor is.")
        case _unknown:
            raise unknown_button()


def _party_page(
    uow: UnitOfWork, found: GatheringParty, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    gathering = found.gathering
    page = render_template(
        "gatherings/party.html",
        found=listed(uow, [gathering])[0],
        party=party_row(uow, found),
        is_live=SeatState(found.state) in LIVE,
        seat_url=seat_path(found),
        may_count=uow.today >= gathering.starts_at.astimezone(uow.zone).date(),
        may_change=gathering.starts_at > uow.now,
        may_forget=gathering_forgetting.is_asked_to_forget(uow, found),
        answers=answers or {"came": str(found.attended or found.size)},
        errors=form_errors([error], field="came") if error else [],
    )
    return page, status_of(error) if error else 200


def _form(gathering_id: UUID, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        gathering = gatherings.shown(uow, gathering_id)
        page = render_template(
            "gatherings/sign_up.html",
            found=listed(uow, [gathering])[0],
            answers=answers,
            errors=form_errors(errors, field="name"),
            **offers(gathering),
        )
    return page, status_for(errors[0]) if errors else 200


def _person(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    person = uow.session.get(Candidate, candidate_id)
    if person is None:
        raise NotFound("This is not there any more.")
    return person


def _said(uow: UnitOfWork, party: GatheringParty) -> str:
    if party.state == SeatState.WAITING:
        place = queries.place_in_line(uow.session, party)
        return _("Written in. It is full, so they wait: number %(number)s.", number=place)
    return _("Written in. They have a seat.")

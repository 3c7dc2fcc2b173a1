"""An organisation joins, and people come into its team: pages that need no account yet."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.referrers import Aim
from volunteer.domain.teams import OFFERING, REFERRING, Side, side_of
from volunteer.links import Purpose
from volunteer.models import Account
from volunteer.services import joining, teams
from volunteer.services.enterprise_numbers import clean_enterprise_number
from volunteer.services.joining import Alike
from volunteer.web.auth import log_in
from volunteer.web.errors import Complaints, FormError, form_errors, status_of
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import auth as secrets
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.auth import Secret
from volunteer.web.joining_choices import municipalities, publics, sectors
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _

blueprint = Blueprint("joining", __name__)

_INVALID = 422


@blueprint.get("/organisation/join")
def form() -> ResponseReturnValue:
    """One page of questions, for an organisation that looks for volunteers, or brings people to it."""
    return _form({}, [])


@blueprint.post("/organisation/join")
@limiter.limit("12 per hour")
def send() -> ResponseReturnValue:
    """Mail a link to whoever wrote this; where we know an organisation like it, ask first which it is."""
    answers = forms.joining(request.form)
    complaints = Complaints()
    wanted = forms.joining_of(answers, current_language(), complaints)
    if complaints.errors:
        return _form(answers, complaints.errors)
    try:
        with current_core().units.write() as uow:
            number = clean_enterprise_number(wanted.enterprise_number)
            found = joining.alike(uow, wanted.name, number)
            into = _which(answers, found)
            if found and "choice" not in answers:
                return _alike(answers, found)
            joining.ask(uow, wanted, into=into)
    except DomainError as error:
        return _form(answers, [error])
    # The same for every address, whoever it belongs to.
    return redirect(url_for("joining.sent"), code=303)


def _which(answers: Answers, found: list[Alike]) -> UUID | None:
    """The organisation that was chosen, of those that were offered. Raises :class:`InvalidValue`."""
    if not found or "choice" not in answers:
        return None
    chosen = forms.chosen_organisation(answers)
    if chosen is None and any(each.has_same_number for each in found):
        raise InvalidValue(
            "An organisation with this number is with us already. Check the number.",
            field="enterprise_number",
        )
    if chosen is not None and chosen not in {each.id for each in found}:
        raise InvalidValue("Choose which organisation is yours.", field="choice")
    return chosen


@blueprint.get("/organisation/join/sent")
def sent() -> ResponseReturnValue:
    """Look at your mail."""
    return render_template("joining/sent.html")


@blueprint.get("/organisation/join/<token>")
@limiter.limit("60 per minute")
def confirm_page(token: str) -> ResponseReturnValue:
    """What the link in the mail opens. Opening it changes nothing: mail scanners open links too."""
    try:
        return _confirm_page(_subject(token))
    except DomainError as error:
        return _over(error)


@blueprint.post("/organisation/join/<token>")
@limiter.limit("20 per minute")
def confirm(token: str) -> ResponseReturnValue:
    """The button: the organisation is there from now on, and waits for the desk."""
    form = secrets.invitation(request.form)
    try:
        request_id = _subject(token)
        with current_core().units.write() as uow:
            aim = Aim(joining.request_for(uow, request_id).aim)
            account = joining.confirm(uow, request_id, password=form.password("password"))
    except (InvalidValue, NotAllowed) as error:
        return _over(error) if error.code.startswith("link_") else _confirm_page(request_id, error)
    except DomainError as error:
        return _over(error)
    if account is None:
        return redirect(url_for("joining.asked"), code=303)
    return _welcome(account, OFFERING if aim.seeks else REFERRING)


@blueprint.get("/organisation/join/asked")
def asked() -> ResponseReturnValue:
    """The team decides."""
    return render_template("joining/asked.html")


@blueprint.get("/team/<token>")
@limiter.limit("60 per minute")
def invited(token: str) -> ResponseReturnValue:
    """What an invitation to a team offers. Opening it changes nothing."""
    try:
        return _team_page(*_invitation(token), secrets.invitation(request.form))
    except DomainError as error:
        return _over(error)


@blueprint.post("/team/<token>")
@limiter.limit("20 per minute")
def come(token: str) -> ResponseReturnValue:
    """Join the team."""
    form = secrets.invitation(request.form)
    try:
        invitation_id, proof = _invitation(token)
        with current_core().units.write() as uow:
            side = side_of(teams.invitation_by_link(uow, invitation_id, proof=proof).role)
            account = teams.take_up(
                uow,
                invitation_id,
                proof=proof,
                name=form.text("name"),
                password=form.password("password"),
            )
    except (InvalidValue, NotAllowed) as error:
        return (
            _over(error) if error.code.startswith("link_") else _team_page(invitation_id, proof, form, error)
        )
    except DomainError as error:
        return _over(error)
    return _welcome(account, side)


def _subject(token: str) -> UUID:
    return current_core().links.read(Purpose.CONFIRM_JOINING, token)[0]


def _invitation(token: str) -> tuple[UUID, str]:
    return current_core().links.read(Purpose.JOIN_TEAM, token)


def _welcome(account: Account, side: Side) -> ResponseReturnValue:
    """Let somebody in, on the page of the team they just came into."""
    log_in(account)
    flash(_("Welcome! This is your page."), "success")
    page = "support.home" if side is REFERRING else "organisation.home"
    return redirect(url_for(page), code=303)


def _form(answers: Answers, errors: list[DomainError]) -> ResponseReturnValue:
    page = render_template(
        "joining/form.html",
        answers=answers,
        errors=form_errors(errors, field="name"),
        sectors=sectors(),
        publics=publics(),
        municipalities=municipalities(),
    )
    return page, _INVALID if errors else 200


def _alike(answers: Answers, found: list[Alike]) -> ResponseReturnValue:
    """Names alone: who is in a team is not told."""
    return render_template(
        "joining/alike.html",
        answers=answers,
        found=found,
        may_be_new=not any(each.has_same_number for each in found),
    )


def _confirm_page(request_id: UUID, error: DomainError | None = None) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        wanted = joining.request_for(uow, request_id)
        page = render_template(
            "joining/confirm.html",
            name=wanted.name,
            email=joining.email_of(uow, wanted),
            asks_in=wanted.organisation_id is not None,
            has_account=joining.has_account(uow, wanted),
            errors=[FormError("password", said_to_reader(error))] if error else [],
        )
    return page, _INVALID if error else 200


def _team_page(
    invitation_id: UUID, proof: str, form: Secret, error: DomainError | None = None
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        invitation = teams.invitation_by_link(uow, invitation_id, proof=proof)
        email = teams.email_of(uow, invitation) or ""
        field = "name" if error and error.field == "name" else "password"
        page = render_template(
            "auth/invitation.html",
            organisation=teams.organisation_of(uow, invitation).name,
            email=email,
            has_account=teams.has_account(uow, invitation),
            answers=form.answers or {"name": invitation.person},
            errors=[FormError(field, said_to_reader(error))] if error else [],
        )
    return page, _INVALID if error else 200


def _over(error: DomainError) -> ResponseReturnValue:
    was_used = isinstance(error, ImpossibleStep | NotFound)
    page = render_template("auth/invitation_over.html", text=said_to_reader(error), was_used=was_used)
    return page, 410 if was_used or error.code == "link_expired" else status_of(error)

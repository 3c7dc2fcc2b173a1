"""The team of an organisation: who is in it, who is invited, who asks to come in."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.errors import DomainError, InvalidValue, NotAllowed
from volunteer.domain.teams import check_role
from volunteer.queries import joining as queries
from volunteer.services import organisation_talk, team_members, teams
from volunteer.web.auth import for_members, staff
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language, offered_languages
from volunteer.web.language import gettext as _
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, team_of_form

_INVALID = 422


def _owned() -> Team:
    """The team, for its owners. Raises :class:`NotAllowed` for everybody else in it."""
    team = team_of_form()
    if team.id not in staff().organisations(Role.OWNER):
        raise NotAllowed("Only an owner of the team can do this. Ask one of them.")
    return team


@blueprint.get("/team")
@for_members
def team() -> ResponseReturnValue:
    """Who is in the team."""
    return _page()


@blueprint.post("/team")
@for_members
@limiter.limit("40 per hour")
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    ours, answers = _owned(), forms.invitation(request.form)
    language = text(answers, "language")
    try:
        with current_core().units.write() as uow:
            teams.invite(
                uow,
                ours.id,
                person=text(answers, "person"),
                email=text(answers, "email"),
                role=check_role(text(answers, "role")),
                language=language if language in offered_languages() else current_language(),
                account_id=staff().account_id,
            )
    except DomainError as error:
        return _page(answers, error)
    return _done(_("The invitation is on its way."))


@blueprint.post("/team/invitations/<uuid:invitation_id>")
@for_members
@limiter.limit("40 per hour")
def decide(invitation_id: UUID) -> ResponseReturnValue:
    """Send it again, take it back, or let somebody in who asked."""
    ours, account_id = _owned(), staff().account_id
    try:
        with current_core().units.write() as uow:
            match request.form.get("do"):
                case "again":
                    teams.send_again(uow, ours.id, invitation_id, account_id=account_id)
                case "let_in":
                    role = check_role(request.form.get("role", ""))
                    teams.let_in(uow, ours.id, invitation_id, role=role, account_id=account_id)
                case "take_back":
                    teams.take_back(uow, ours.id, invitation_id, account_id=account_id)
                    return _done(_("Done. The link does not work any more."))
                case _:
                    raise InvalidValue("Press one of the buttons.", field="main")
    except DomainError as error:
        return _page(error=error)
    return _done(_("The invitation is on its way."))


@blueprint.post("/team/members/<uuid:membership_id>")
@for_members
def change_member(membership_id: UUID) -> ResponseReturnValue:
    """Change what a colleague may do, or take them out."""
    ours, account_id = _owned(), staff().account_id
    try:
        with current_core().units.write() as uow:
            if request.form.get("do") == "take_out":
                team_members.take_out(uow, ours.id, membership_id, account_id=account_id)
            else:
                role = check_role(request.form.get("role", ""))
                team_members.change_role(uow, ours.id, membership_id, role, account_id=account_id)
    except DomainError as error:
        return _page(error=error)
    return _done(_("Done. It holds from this moment on."))


@blueprint.post("/team/leave")
@for_members
def leave() -> ResponseReturnValue:
    """Leave the team."""
    ours, account_id = team_of_form(), staff().account_id
    try:
        with current_core().units.write() as uow:
            for each in queries.memberships_in(uow.session, ours.id):
                if each.account_id == account_id:
                    team_members.take_out(uow, ours.id, each.id, account_id=account_id)
    except DomainError as error:
        return _page(error=error)
    flash(_("You left the team of %(name)s.", name=ours.name), "success")
    return redirect(url_for("auth.account"), code=303)


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("organisation.team"), code=303)


def _page(answers: Answers | None = None, error: DomainError | None = None) -> ResponseReturnValue:
    ours = our_team()
    is_owner = ours.id in staff().organisations(Role.OWNER)
    with current_core().units.read() as uow:
        members = [
            {
                "id": each.id,
                "name": each.account.name,
                "role": each.role,
                "since": spoken_day(each.created_at),
                "is_me": each.account_id == staff().account_id,
            }
            for each in queries.memberships_in(uow.session, ours.id)
        ]
        opened = queries.open_invitations(uow.session, ours.id) if is_owner else []
        invitations = [
            {
                "id": each.id,
                "person": each.person,
                "email": teams.email_of(uow, each),
                "role": each.role,
                "asks": each.state == "asked",
                "day": spoken_day(each.sent_at or each.created_at),
            }
            for each in opened
        ]
        history = organisation_talk.team_history(uow, ours.id) if is_owner else []
    page = render_template(
        "organisation/team.html",
        team=ours,
        is_owner=is_owner,
        members=members,
        invitations=invitations,
        history=[(each.kind, each.author, each.text, spoken_day(each.happened_at)) for each in history],
        answers=answers or {},
        errors=form_errors([error]) if error else [],
    )
    return page, _INVALID if error else 200

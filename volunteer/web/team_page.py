"""The page of a team, on either side of an organisation: who is in it, who is invited, who asks to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.teams import Side, check_role
from volunteer.queries import joining as queries
from volunteer.services import organisation_talk, team_members, teams
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import staff
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language, offered_languages
from volunteer.web.language import gettext as _

_INVALID = 422


class Ours(Protocol):
    """The organisation whose team it is."""

    @property
    def id(self) -> UUID:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """What can be done with one kind of team; whoever calls checked who may."""

    side: Side
    template: str
    endpoint: str
    """Of the page itself."""

    def invite(self, ours: Ours) -> ResponseReturnValue:
        """Invite somebody by mail."""
        answers = forms.invitation(request.form)
        language = text(answers, "language")
        try:
            with current_core().units.write() as uow:
                teams.invite(
                    uow,
                    ours.id,
                    person=text(answers, "person"),
                    email=text(answers, "email"),
                    role=check_role(text(answers, "role"), self.side),
                    language=language if language in offered_languages() else current_language(),
                    account_id=staff().account_id,
                )
        except DomainError as error:
            return self.show(ours, answers, error)
        return self._done(_("The invitation is on its way."))

    def decide(self, ours: Ours, invitation_id: UUID) -> ResponseReturnValue:
        """Send it again, take it back, or let somebody in who asked."""
        done = _("The invitation is on its way.")
        by, side = staff().account_id, self.side
        try:
            with current_core().units.write() as uow:
                match request.form.get("do"):
                    case "again":
                        teams.send_again(uow, ours.id, invitation_id, account_id=by, side=side)
                    case "let_in":
                        role = check_role(request.form.get("role", ""), side)
                        teams.let_in(uow, ours.id, invitation_id, role=role, account_id=by)
                    case "take_back":
                        teams.take_back(uow, ours.id, invitation_id, account_id=by, side=side)
                        done = _("Done. The link does not work any more.")
                    case _:
                        raise InvalidValue("Press one of the buttons.", field="main")
        except DomainError as error:
            return self.show(ours, error=error)
        return self._done(done)

    def change_member(self, ours: Ours, membership_id: UUID) -> ResponseReturnValue:
        """Change what a colleague may do, or take them out."""
        by = staff().account_id
        try:
            with current_core().units.write() as uow:
                if request.form.get("do") == "take_out":
                    team_members.take_out(uow, ours.id, membership_id, account_id=by, side=self.side)
                else:
                    role = check_role(request.form.get("role", ""), self.side)
                    team_members.change_role(uow, ours.id, membership_id, role, account_id=by)
        except DomainError as error:
            return self.show(ours, error=error)
        return self._done(_("Done. It holds from this moment on."))

    def leave(self, ours: Ours) -> ResponseReturnValue:
        """Whoever is logged in leaves the team."""
        by = staff().account_id
        try:
            with current_core().units.write() as uow:
                for each in queries.memberships_in(uow.session, ours.id, self.side):
                    if each.account_id == by:
                        team_members.take_out(uow, ours.id, each.id, account_id=by, side=self.side)
        except DomainError as error:
            return self.show(ours, error=error)
        flash(_("You left the team of %(name)s.", name=ours.name), "success")
        return redirect(url_for("auth.account"), code=303)

    def show(
        self, ours: Ours, answers: Answers | None = None, error: DomainError | None = None
    ) -> ResponseReturnValue:
        """The page; for an owner with who is invited, and what happened."""
        is_owner = ours.id in staff().organisations(self.side.owner)
        with current_core().units.read() as uow:
            members = self._members(uow, ours)
            invitations = self._invitations(uow, ours) if is_owner else []
            history = organisation_talk.team_history(uow, ours.id, self.side) if is_owner else []
        page = render_template(
            self.template,
            team=ours,
            is_owner=is_owner,
            members=members,
            invitations=invitations,
            history=[(each.kind, each.author, each.text, spoken_day(each.happened_at)) for each in history],
            answers=answers or {},
            errors=form_errors([error]) if error else [],
        )
        return page, _INVALID if error else 200

    def _members(self, uow: UnitOfWork, ours: Ours) -> list[dict[str, object]]:
        return [
            {
                "id": each.id,
                "name": each.account.name,
                "role": each.role,
                "since": spoken_day(each.created_at),
                "is_me": each.account_id == staff().account_id,
            }
            for each in queries.memberships_in(uow.session, ours.id, self.side)
        ]

    def _invitations(self, uow: UnitOfWork, ours: Ours) -> list[dict[str, object]]:
        return [
            {
                "id": each.id,
                "person": each.person,
                "email": teams.email_of(uow, each),
                "role": each.role,
                "asks": each.state == "asked",
                "day": spoken_day(each.sent_at or each.created_at),
            }
            for each in queries.open_invitations(uow.session, ours.id, self.side)
        ]

    def _done(self, said: str) -> ResponseReturnValue:
        flash(said, "success")
        return redirect(url_for(self.endpoint), code=303)

"""The page on which an owner asks for the other half: to bring people too, or to look for volunteers too."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.errors import DomainError, NotAllowed
from volunteer.domain.teams import REFERRING, Side
from volunteer.models import Organisation
from volunteer.queries.joining import side_request_of
from volunteer.services import other_side
from volunteer.web.auth import staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.joining_choices import publics
from volunteer.web.language import gettext as _
from volunteer.web.team_page import Ours

_INVALID = 422


@dataclass(frozen=True, slots=True)
class OtherSidePage:
    """One of the two pages: what is asked for, who may ask, and where it leads back to."""

    wanted: Side
    owner: Role
    back: str
    """Endpoint of the page about the organisation."""
    talk: str
    """Endpoint of what the team and the desk said."""

    def show(self, team: Ours, error: DomainError | None = None) -> ResponseReturnValue:
        """What it means, and the button; or how far it is."""
        with current_core().units.read() as uow:
            organisation = uow.session.get_one(Organisation, team.id)
            page = render_template(
                "organisation/other_side.html",
                team=team,
                brings=self.wanted is REFERRING,
                has_it=other_side.has(organisation, self.wanted),
                waits=side_request_of(uow.session, team.id) is not None,
                may_grow=other_side.may_grow(organisation),
                was_refused=other_side.was_refused(uow, team.id, self.wanted),
                talk_url=url_for(self.talk),
                may_ask=self._may_ask(team.id),
                publics=publics(),
                chosen=request.form.getlist("publics"),
                back_url=url_for(self.back),
                errors=form_errors([error], field="publics") if error else [],
            )
        return page, _INVALID if error else 200

    def ask(self, team: Ours) -> ResponseReturnValue:
        """An owner asks the desk, or takes back what an owner asked."""
        if not self._may_ask(team.id):
            raise NotAllowed("Only an owner of the team can do this. Ask one of them.")
        by, takes_back = staff().account_id, request.form.get("do") == "take_back"
        try:
            with current_core().units.write() as uow:
                if takes_back:
                    other_side.withdraw(uow, team.id, account_id=by)
                else:
                    chosen = request.form.getlist("publics")
                    other_side.ask(uow, team.id, self.wanted, publics=chosen, account_id=by)
        except DomainError as error:
            return self.show(team, error)
        flash(_("Taken back") if takes_back else _("Thank you. The info desk reads it."), "success")
        return redirect(url_for(self.back), code=303)

    def _may_ask(self, organisation_id: UUID) -> bool:
        return organisation_id in staff().organisations(self.owner)

"""The team of an organisation: who is in it, who is invited, who asks to come in."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.errors import NotAllowed
from volunteer.domain.teams import OFFERING
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import limiter
from volunteer.web.team_page import TeamPage
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, team_of_form

_PAGE = TeamPage(OFFERING, "organisation/team.html", "organisation.team")


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
    return _PAGE.show(our_team())


@blueprint.post("/team")
@for_members
@limiter.limit("40 per hour")
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    return _PAGE.invite(_owned())


@blueprint.post("/team/invitations/<uuid:invitation_id>")
@for_members
@limiter.limit("40 per hour")
def decide(invitation_id: UUID) -> ResponseReturnValue:
    """Send it again, take it back, or let somebody in who asked."""
    return _PAGE.decide(_owned(), invitation_id)


@blueprint.post("/team/members/<uuid:membership_id>")
@for_members
def change_member(membership_id: UUID) -> ResponseReturnValue:
    """Change what a colleague may do, or take them out."""
    return _PAGE.change_member(_owned(), membership_id)


@blueprint.post("/team/leave")
@for_members
def leave() -> ResponseReturnValue:
    """Leave the team."""
    return _PAGE.leave(team_of_form())

"""The team of a referrer: its owners and support workers."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from volunteer.domain.teams import REFERRING
from volunteer.web.auth import for_support_workers
from volunteer.web.extensions import limiter
from volunteer.web.support_team import our_referrer, referrer_of_form
from volunteer.web.team_page import TeamPage
from volunteer.web.views.support.blueprint import blueprint, owned

_PAGE = TeamPage(REFERRING, "support/team.html", "support.team")


@blueprint.get("/team")
@for_support_workers
def team() -> ResponseReturnValue:
    """Who is in the team."""
    return _PAGE.show(our_referrer())


@blueprint.post("/team")
@for_support_workers
@limiter.limit("40 per hour")
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    return _PAGE.invite(owned())


@blueprint.post("/team/invitations/<uuid:invitation_id>")
@for_support_workers
@limiter.limit("40 per hour")
def decide(invitation_id: UUID) -> ResponseReturnValue:
    """Send it again, take it back, or let somebody in who asked."""
    return _PAGE.decide(owned(), invitation_id)


@blueprint.post("/team/members/<uuid:membership_id>")
@for_support_workers
def change_member(membership_id: UUID) -> ResponseReturnValue:
    """Change what a colleague may do, or take them out."""
    return _PAGE.change_member(owned(), membership_id)


@blueprint.post("/team/leave")
@for_support_workers
def leave() -> ResponseReturnValue:
    """Leave the team."""
    return _PAGE.leave(referrer_of_form())

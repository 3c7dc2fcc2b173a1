"""An organisation that looks for volunteers asks to bring people too."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.teams import REFERRING
from volunteer.web.auth import for_members
from volunteer.web.other_side import OtherSidePage
from volunteer.web.views.organisation.blueprint import blueprint, our_team, team_of_form

_PAGE = OtherSidePage(REFERRING, Role.OWNER, "organisation.about", "organisation.approval")


@blueprint.get("/also-brings")
@for_members
def also_brings() -> ResponseReturnValue:
    """What it means, and how far it is."""
    return _PAGE.show(our_team())


@blueprint.post("/also-brings")
@for_members
def ask_also_brings() -> ResponseReturnValue:
    """Ask the desk."""
    return _PAGE.ask(team_of_form())

"""A referrer asks to look for volunteers too."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.teams import OFFERING
from volunteer.web.auth import for_support_workers
from volunteer.web.other_side import OtherSidePage
from volunteer.web.support_team import our_referrer, referrer_of_form
from volunteer.web.views.support.blueprint import blueprint

_PAGE = OtherSidePage(OFFERING, Role.REFERRER_OWNER, "support.about", "support.approval")


@blueprint.get("/also-offers")
@for_support_workers
def also_offers() -> ResponseReturnValue:
    """What it means, and how far it is."""
    return _PAGE.show(our_referrer())


@blueprint.post("/also-offers")
@for_support_workers
def ask_also_offers() -> ResponseReturnValue:
    """Ask the desk."""
    return _PAGE.ask(referrer_of_form())

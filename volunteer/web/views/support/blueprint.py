"""Where the pages of a referrer hang, and who of its team may change something."""

from __future__ import annotations

from flask import Blueprint

from volunteer.domain.errors import NotAllowed
from volunteer.web.support_team import Referrer, referrer_of_form

blueprint = Blueprint("support", __name__, url_prefix="/support")


def owned() -> Referrer:
    """The referrer of the form, for its owners. Raises :class:`NotAllowed` for everybody else in its team."""
    referrer = referrer_of_form()
    if not referrer.is_owner:
        raise NotAllowed("Only an owner of the team can do this. Ask one of them.")
    return referrer

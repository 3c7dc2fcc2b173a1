"""What the desk does with what people wrote back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotFound
from volunteer.services import replies
from volunteer.web.auth import for_desk, staff
from volunteer.web.desk.page import done, gone
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _

blueprint = Blueprint("desk_replies", __name__, url_prefix="/desk")


@blueprint.post("/replies/<uuid:row_id>")
@for_desk
def deal_with(row_id: UUID) -> ResponseReturnValue:
    """It was read, and what had to be done about it is done."""
    try:
        with current_core().units.write() as uow:
            replies.mark_read(uow, row_id, account_id=staff().account_id)
    except NotFound as error:
        return gone(error)
    return done(_("Done. Thank you."))

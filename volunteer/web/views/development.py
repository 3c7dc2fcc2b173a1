"""In one-machine mode: reading the messages that were not sent."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from volunteer.web import mailbox
from volunteer.web.extensions import current_core
from volunteer.web.security import is_from_this_machine

blueprint = Blueprint("development", __name__, url_prefix="/dev")


@blueprint.before_request
def only_from_this_machine() -> None:
    """A mail holds a link that opens somebody's file: nobody on the network may read it."""
    if not is_from_this_machine():
        abort(404)


@blueprint.get("/mails")
def mails() -> ResponseReturnValue:
    """Every message, the newest first."""
    found = mailbox.letters(current_core().settings.mail_folder)
    return render_template("development/mails.html", letters=found)


@blueprint.get("/mails/<uuid:letter_id>")
def mail(letter_id: UUID) -> ResponseReturnValue:
    """One message: its text, with working links."""
    found = mailbox.letter(current_core().settings.mail_folder, letter_id) or abort(404)
    return render_template("development/mail.html", letter=found)

"""Which messages somebody of an organisation gets unasked: each to be stopped, and begun again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import InvalidValue
from volunteer.domain.messages import FOR_TEAMS, Recipient
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.own_topics import topic_rows, turn

blueprint = Blueprint("own_messages", __name__)


@blueprint.get("/account/messages")
@for_members
def show() -> ResponseReturnValue:
    """Every topic, whether it is sent to this account, and a button."""
    with current_core().units.read() as uow:
        topics = topic_rows(uow, staff().account_id, FOR_TEAMS)
    return render_template("auth/messages.html", topics=topics)


@blueprint.post("/account/messages")
@for_members
def choose() -> ResponseReturnValue:
    """Stop messages of one topic, or begin again; colleagues get what they get."""
    try:
        with current_core().units.write() as uow:
            begins = turn(uow, Recipient.ACCOUNT, staff().account_id, FOR_TEAMS)
    except InvalidValue as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(
            _("You get these messages again.") if begins else _("Stopped. You do not get them any more."),
            "success",
        )
    return redirect(url_for(".show"), code=303)

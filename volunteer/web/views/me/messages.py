"""Which messages a person gets unasked: each to be stopped, and begun again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import Purpose
from volunteer.domain.errors import InvalidValue
from volunteer.domain.messages import FOR_CANDIDATES, Recipient, Topic
from volunteer.services import agreements
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.own_topics import topic_rows, turn
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/me/messages")
@for_candidates
def messages() -> ResponseReturnValue:
    """Every topic, whether it is sent, and a button."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        agrees = agreements.agrees(uow, candidate, Purpose.FOLLOW_UP)
        first = {} if agrees else {Topic.NEW_ROLES: url_for(".consents")}
        return render_template(
            "me/messages.html",
            topics=topic_rows(uow, candidate.id, FOR_CANDIDATES, agree_first=first),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
        )


@blueprint.post("/me/messages")
@for_candidates
def choose_messages() -> ResponseReturnValue:
    """Stop messages of one topic, or begin again."""
    try:
        with current_core().units.write() as uow:
            begins = turn(uow, Recipient.CANDIDATE, own_file(uow).id, FOR_CANDIDATES)
    except InvalidValue as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(
            _("You get these messages again.") if begins else _("Stopped. You do not get them any more."),
            "success",
        )
    return redirect(url_for(".messages"), code=303)

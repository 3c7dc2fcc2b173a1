"""Handing the tablet over, the end of a visit, and taking the tablet back."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import OF_THE_CENTRE, SUPPORTING
from volunteer.domain.errors import DomainError, NotAllowed
from volunteer.services import accounts
from volunteer.web import draft_cookie, kiosk
from volunteer.web.auth import for_desk, log_in, log_out
from volunteer.web.errors import form_errors
from volunteer.web.extensions import csrf, current_core, limiter
from volunteer.web.forms import auth as forms
from volunteer.web.seats import staff_of
from volunteer.web.security import is_from_this_machine

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")

FAILURES = "5 per minute; 30 per hour"
"""On one tablet nobody types that many passwords; whoever guesses, waits."""
_INVALID = 422


@blueprint.get("/hand-over")
@for_desk
def hand_over() -> ResponseReturnValue:
    """What happens to this browser, how to get it back, and one button."""
    return render_template("kiosk/hand_over.html")


@blueprint.post("/hand-over")
@for_desk
def hand_over_now() -> ResponseReturnValue:
    """End the session of the desk worker and begin the first visit."""
    draft_cookie.forget()
    log_out()
    reply = redirect(url_for("start.home"), code=303)
    kiosk.begin(reply)
    return reply


@blueprint.post("/here")
@csrf.exempt
@limiter.limit("60 per minute")
def here() -> ResponseReturnValue:
    """Somebody is busy on the page that is open; 409 tells a page of another visit that it is over."""
    if not kiosk.is_kiosk() or not kiosk.goes_on(request.form.get("visit", "")):
        return Response(status=409)
    reply = Response(status=204)
    kiosk.mark_busy(reply)
    return reply


@blueprint.get("/over")
def over() -> ResponseReturnValue:
    """The end without a button: where no script runs, a kiosk comes here by itself."""
    reply = redirect(url_for("start.home"), code=303)
    if kiosk.is_kiosk():
        draft_cookie.forget()
        kiosk.wipe(reply)
    return reply


@blueprint.get("/paper")
def paper() -> ResponseReturnValue:
    """A file would stay behind on the tablet: who prints it, and where else it can be had."""
    if not kiosk.is_kiosk():
        return redirect(url_for("start.home"), code=303)
    return render_template("kiosk/paper.html")


@blueprint.get("/leave")
def leave() -> ResponseReturnValue:
    """Only the info desk takes a tablet back."""
    if not kiosk.is_kiosk():
        return redirect(url_for("auth.login"), code=303)
    return render_template("kiosk/leave.html", errors=[], answers={}, of_support=kiosk.is_of_support_worker())


@blueprint.post("/leave")
@limiter.limit(FAILURES, deduct_when=lambda response: response.status_code == _INVALID)
def leave_now() -> ResponseReturnValue:
    """A desk worker logs in again: the visit ends, and the browser is an ordinary one."""
    if not kiosk.is_kiosk():
        return redirect(url_for("auth.login"), code=303)
    form = forms.log_in(request.form)
    try:
        with current_core().units.read() as uow:
            account = accounts.authenticate(uow, form.text("email"), form.password("password"))
            accounts.refuse_demo_elsewhere(account, is_here=is_from_this_machine())
            takers = OF_THE_CENTRE | (SUPPORTING if kiosk.is_of_support_worker() else frozenset())
            if not staff_of(account).holds(*takers):
                raise NotAllowed("Only the info desk can take this tablet back.", field="email")
    except DomainError as error:
        page = render_template(
            "kiosk/leave.html",
            errors=form_errors([error]),
            answers={},
            of_support=kiosk.is_of_support_worker(),
        )
        return page, _INVALID
    draft_cookie.forget()
    is_of_desk = staff_of(account).holds(*OF_THE_CENTRE)
    reply = redirect(url_for("desk.today" if is_of_desk else "support.home"), code=303)
    kiosk.end(reply)
    log_in(account)
    return reply

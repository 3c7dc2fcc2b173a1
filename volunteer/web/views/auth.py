"""Logging in and out, and one's own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from volunteer.domain.accounts import ANSWERING, SUPPORTING, Role
from volunteer.domain.errors import DomainError
from volunteer.services import accounts
from volunteer.web.auth import for_anyone_logged_in, log_in, log_out, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import auth as forms
from volunteer.web.language import COOKIE, offered_languages, remember
from volunteer.web.language import gettext as _
from volunteer.web.seats import Staff
from volunteer.web.security import is_from_this_machine
from volunteer.web.views.start import local_path

blueprint = Blueprint("auth", __name__)

FAILURES_OF_AN_ADDRESS = "30 per 10 minutes"
"""A whole office may share one address."""
FAILURES_OF_AN_ACCOUNT = "5 per minute; 20 per hour"
_INVALID = 422


def landing(person: Staff) -> str:
    """The page where this person's work is."""
    if person.holds(Role.DESK_WORKER, Role.ADMIN):
        return url_for("desk.today")
    if person.holds(*ANSWERING, Role.VIEWER):
        return url_for("organisation.home")
    if person.holds(*SUPPORTING):
        return url_for("support.home")
    return url_for("auth.account")


def _account_tried() -> str:
    """Which account is tried, so that guessing its password from many addresses is slow too."""
    address = forms.log_in(request.form).text("email").lower()
    return current_core().keyring.fingerprint(address, kind="login").hex()


def _failed(response: object) -> bool:
    return getattr(response, "status_code", 0) == _INVALID


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """The form; whoever is logged in already goes to their own page."""
    if current_user.is_authenticated:
        return redirect(landing(staff()), code=303)
    return render_template("auth/login.html", errors=[], answers={})


@blueprint.post("/login")
@limiter.limit(FAILURES_OF_AN_ADDRESS, deduct_when=_failed)
@limiter.limit(FAILURES_OF_AN_ACCOUNT, key_func=_account_tried, deduct_when=_failed)
def log_in_now() -> ResponseReturnValue:
    """Check the password and open a fresh session; a wrong one is answered in the same words for everyone."""
    form = forms.log_in(request.form)
    try:
        with current_core().units.read() as uow:
            account = accounts.authenticate(uow, form.text("email"), form.password("password"))
            accounts.refuse_demo_elsewhere(account, is_here=is_from_this_machine())
    except DomainError as error:
        return render_template("auth/login.html", errors=form_errors([error]), answers=form.answers), _INVALID
    log_in(account)
    answer = redirect(local_path(request.args.get("next")) or landing(staff()), code=303)
    if request.cookies.get(COOKIE) not in offered_languages() and account.language in offered_languages():
        remember(answer, account.language)
    return answer


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """End the session, and have the browser forget its copies of our pages."""
    log_out()
    flash(_("You are logged out."), "success")
    answer = redirect(local_path(request.args.get("next")) or url_for("start.home"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/account")
@for_anyone_logged_in
def account() -> ResponseReturnValue:
    """One's own name, roles and password."""
    return render_template("auth/account.html", errors=[], answers={})


@blueprint.post("/account")
@for_anyone_logged_in
@limiter.limit(FAILURES_OF_AN_ADDRESS, deduct_when=_failed)
def change_password() -> ResponseReturnValue:
    """Put a password of one's own in place; every other session of this account ends."""
    form = forms.change_of_password(request.form)
    try:
        with current_core().units.write() as uow:
            changed = accounts.change_password(
                uow, staff().account_id, old=form.password("old_password"), new=form.password("password")
            )
    except DomainError as error:
        return render_template("auth/account.html", errors=form_errors([error]), answers={}), _INVALID
    log_in(changed)
    flash(_("Your new password works from now on."), "success")
    return redirect(url_for("auth.account"), code=303)

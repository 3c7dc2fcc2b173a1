"""The page of a support worker: where they stand, and how to sign up together with somebody."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.web.auth import for_support_workers, staff

blueprint = Blueprint("support", __name__, url_prefix="/support")


@blueprint.get("")
@for_support_workers
def home() -> ResponseReturnValue:
    """Their organisations and what they can do now; nothing about any person."""
    found = staff().organisations(Role.SUPPORT_WORKER)
    return render_template("support/home.html", organisations=sorted(found.values()))

"""The start page, and the choice of language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.web import kiosk
from volunteer.web.language import offered_languages, remember

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Languages by their own name, three doors, and the card."""
    return render_template("kiosk/start.html" if kiosk.is_kiosk() else "start.html")


@blueprint.get("/language/<code>")
def language(code: str) -> ResponseReturnValue:
    """Remember a language and go back to where the reader was."""
    if code not in offered_languages():
        abort(404)
    answer = redirect(local_path(request.args.get("next")) or url_for("start.home"), code=303)
    remember(answer, code)
    return answer


def local_path(address: str | None) -> str | None:
    """``address`` when it is a path of this site; None for anything that could lead elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(letter) < 32 or letter == "\\" for letter in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address

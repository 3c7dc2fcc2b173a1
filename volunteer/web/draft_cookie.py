"""The cookie that finds somebody's sign-up draft again: random, for this browser alone, gone after a day.

On a kiosk it belongs to one visit, ends with the browser, and its draft lasts minutes.
"""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from volunteer.services import drafts
from volunteer.web import kiosk
from volunteer.web.extensions import current_core
from volunteer.web.security import cookie_options


def read() -> str | None:
    """What this browser holds, if anything; on a kiosk only what was written in this visit."""
    held = request.cookies.get(kiosk.DRAFT_COOKIE) or None
    if held is None or not kiosk.is_kiosk():
        return held
    visit, _, cookie = held.partition(".")
    return cookie or None if visit == kiosk.visit() else None


def lasts() -> timedelta:
    """How long a draft waits for its person."""
    return kiosk.DRAFT_LASTS if kiosk.is_kiosk() else drafts.LASTS


def write(reply: Response, cookie: str) -> None:
    """Let this browser hold ``cookie`` for a day; a kiosk until it is closed at most."""
    secure = current_core().settings.is_secure
    if kiosk.is_kiosk():
        held, seconds = f"{kiosk.visit()}.{cookie}", None
    else:
        held, seconds = cookie, int(drafts.LASTS.total_seconds())
    reply.set_cookie(kiosk.DRAFT_COOKIE, held, **cookie_options(secure=secure, max_age=seconds))


def remove(reply: Response) -> None:
    """Let this browser forget it."""
    reply.delete_cookie(kiosk.DRAFT_COOKIE, path="/")


def forget() -> None:
    """Wipe the draft itself, on the server."""
    cookie = read()
    if cookie:
        with current_core().units.write() as uow:
            drafts.forget(uow, cookie)

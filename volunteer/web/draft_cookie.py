"""The cookie that finds somebody's sign-up draft again: random, for this browser alone, gone after a day."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from volunteer.services import drafts
from volunteer.web.extensions import current_core
from volunteer.web.security import cookie_options

_NAME = "signup"


def read() -> str | None:
    """What this browser holds, if anything."""
    return request.cookies.get(_NAME) or None


def write(reply: Response, cookie: str) -> None:
    """Let this browser hold ``cookie`` for a day."""
    seconds = int(drafts.LASTS.total_seconds())
    secure = current_core().settings.is_secure
    reply.set_cookie(_NAME, cookie, **cookie_options(secure=secure, max_age=seconds))


def remove(reply: Response) -> None:
    """Let this browser forget it."""
    reply.delete_cookie(_NAME, path="/")

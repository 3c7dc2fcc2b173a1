"""What protects every answer: headers, cookies, and how long a browser may keep things."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from volunteer.bootstrap import Core

LARGEST_FORM_BYTES = 256 * 1024
LARGEST_PICTURE_FORM_BYTES = 12 * 1024 * 1024
"""Of a photo as phones take it."""
_WITH_PICTURES = frozenset({"market_day.door_mark", "desk_markets.door_mark"})
A_YEAR_SECONDS = 365 * 24 * 60 * 60
_STATIC = "static"
_FONTS = "fonts/"

_NO_OTHERS = "geolocation=(), microphone=(), payment=(), usb=()"
WITH_CAMERA = {"Permissions-Policy": f"camera=(self), {_NO_OTHERS}"}
"""Headers of the one page that scans cards."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # A personal link is an address: no other page may learn it.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": f"camera=(), {_NO_OTHERS}",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(app: Flask, core: Core) -> None:
    """Set the session key and cookies, the headers of every answer, and whom to believe in front of us."""
    settings = core.settings
    app.secret_key = core.keyring.signing_key("session")
    app.config.update(
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=A_YEAR_SECONDS,
    )
    app.after_request(_add_headers)
    app.url_defaults(_add_fingerprint)
    if settings.is_secure:
        app.after_request(_insist_on_https)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def make_room_for_pictures(app: Flask) -> None:
    """Let a photo of a card be larger than any other form; before anything else looks at the form."""
    app.before_request(_make_room)


def _make_room() -> None:
    if request.endpoint in _WITH_PICTURES:
        request.max_content_length = LARGEST_PICTURE_FORM_BYTES


def cookie_options(*, secure: bool, max_age: int | None = None) -> dict[str, Any]:
    """How every cookie of ours is set, for ``Response.set_cookie``; ``max_age`` in seconds."""
    return {"httponly": True, "samesite": "Lax", "secure": secure, "max_age": max_age, "path": "/"}


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == _STATIC and response.status_code in {200, 304}:
        response.cache_control.public = True
        response.cache_control.immutable = True
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _insist_on_https(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_SECONDS}")
    return response


def _add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Give the address of a static file a part that changes with it, so that it may be kept for a year.

    Fonts go without: the style sheet names them without one, and they never change.
    """
    name = values.get("filename")
    if endpoint == _STATIC and name and not name.startswith(_FONTS):
        values["v"] = _fingerprint(Path(__file__).parent.parent / _STATIC / name)


@lru_cache(maxsize=256)
def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return "0"


def is_from_this_machine() -> bool:
    """Whether nobody but this machine can have asked: nothing was forwarded, and it came from loopback."""
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-Ip"} & set(request.headers.keys())
    return not forwarded and request.remote_addr is not None and ip_address(request.remote_addr).is_loopback

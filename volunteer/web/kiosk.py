"""Kiosk mode: one browser, many people after each other, and nothing of one is left for the next.

A signed cookie makes a browser a kiosk. It holds the *visit*: a random mark that changes whenever everything
is wiped. Session and draft belong to one visit, so an answer that arrives late, from a page that is gone
already, cannot bring the person before back. A second cookie holds when somebody was last busy here.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from volunteer.domain.accounts import OF_THE_CENTRE, SUPPORTING
from volunteer.domain.consent import GivenHow
from volunteer.web.extensions import current_core
from volunteer.web.security import cookie_options

COOKIE = "kiosk"
SEEN_COOKIE = "kiosk_seen"
DRAFT_COOKIE = "signup"
WARN_SECONDS = 3 * 60
"""Nobody touched the screen for so long: are you still there?"""
WAIT_SECONDS = 60
"""So long the question stands before everything is wiped."""
IDLE_ENDS_SECONDS = 5 * 60
"""The server ends a visit by itself after this, also where no script runs and a tab was closed."""
DRAFT_LASTS = timedelta(minutes=15)

OPEN = frozenset(
    {
        "static",
        "start",
        "signup",
        "cards",
        "blank_cards",
        "devices",
        "confirming",
        "me",
        "my_suggestions",
        "my_refusals",
        "my_signals",
        "law",
        "agenda",
        "markets",
        "incidents",
        "kiosk",
        "health",
    }
)
"""Blueprints (and the files) whose pages without a guard may be opened on a kiosk."""
LEAVE_A_FILE = frozenset(
    {
        "papers.slip",
        "papers.suggestions",
        "papers.card",
        "me.take_along",
        "law.workshop",
        "agenda.for_calendar",
        "agenda.to_follow",
    }
)
"""These would stay on the tablet, or open where no button wipes: the desk prints them."""
SEAT = "seat"
"""In a session: the sign-up for an activity whose page is open here."""
MARKET_CARD = "market_card"
"""In a session: the card of a market whose page is open here."""
_LEAVING = frozenset({"kiosk.leave", "kiosk.leave_now"})
_SILENT = frozenset({"static", "health.alive", "health.ready", "kiosk.here", "kiosk.over", "me.leave"})
"""Asking for these neither needs a visit nor means that somebody is busy; ``here`` says so itself."""
_LASTS_SECONDS = 400 * 24 * 60 * 60
"""As long as browsers keep a cookie at most; every wipe begins it anew."""
_VISIT = "visit"
_TOGETHER = "together~"
"""Begins the mark of each visit on a device that a support worker handed over; no random mark has a tilde."""
_OF_NOBODY = frozenset({_VISIT, "csrf_token", "_flashes"})
"""What a session holds before anybody told anything."""
_ALL_BUT_COOKIES = '"cache", "storage"'
_HELP_OTHERS = OF_THE_CENTRE | SUPPORTING
_FILL_IN = re.compile(rb'\sautocomplete="[^"]*"')
_FORM = re.compile(rb"<form\b")


def is_kiosk() -> bool:
    """Whether this browser was handed over."""
    return visit() is not None


def visit() -> str | None:
    """The mark of the visit that goes on here; None where this is no kiosk."""
    if "kiosk_visit" not in g:
        found = _read(COOKIE)
        g.kiosk_visit = found if isinstance(found, str) else None
    return g.kiosk_visit  # type: ignore[no-any-return]


def given_how() -> GivenHow:
    """In what way somebody at this screen says yes."""
    return GivenHow.KIOSK if is_kiosk() else GivenHow.OWN_DEVICE


def is_begun() -> bool:
    """Whether something of somebody waits here: a draft, or an open file."""
    return _has_draft() or bool(session.keys() - _OF_NOBODY)


def _has_draft() -> bool:
    return request.cookies.get(DRAFT_COOKIE, "").startswith(f"{visit()}.")


def begin(reply: AnyResponse, *, by_support_worker: bool = False) -> None:
    """Make this browser a kiosk from this answer on, without anything of whoever used it before.

    One that a support worker handed over stays so through every visit: they may take it back themselves.
    """
    wipe(reply)
    reply.headers["Clear-Site-Data"] = _ALL_BUT_COOKIES
    _begin_visit(reply, by_support_worker=by_support_worker)


def is_of_support_worker() -> bool:
    """Whether a support worker handed this browser over, and not the desk."""
    return (visit() or "").startswith(_TOGETHER)


def end(reply: AnyResponse) -> None:
    """Make this browser an ordinary one again, without anything of whoever used it before."""
    wipe(reply)
    g.kiosk_visit = None
    reply.delete_cookie(COOKIE, path="/")


def wipe(reply: AnyResponse) -> None:
    """Have the browser forget whoever used it; a kiosk begins a fresh visit.

    On a kiosk the cookies go one by one, since a header that clears them all would clear the kiosk's own.
    """
    session.clear()
    was_kiosk = is_kiosk()
    for name in request.cookies:
        if name != COOKIE:
            reply.delete_cookie(name, path="/")
    if request.cookies:
        # Without any, a page of somebody else may have pressed the button: nothing is cleared for that.
        reply.headers["Clear-Site-Data"] = _ALL_BUT_COOKIES if was_kiosk else '"cache", "cookies", "storage"'
    if was_kiosk:
        _begin_visit(reply, by_support_worker=is_of_support_worker())


def goes_on(page_of: str) -> bool:
    """Whether a page that was made in the visit named ``page_of`` may stay on the screen."""
    return page_of == _name(visit()) and (_was_busy() or not is_begun())


def mark_busy(reply: AnyResponse) -> None:
    """Write down that somebody is here now."""
    _write(reply, SEEN_COOKIE, [visit(), _now()])


def watch(app: Flask) -> None:
    """Keep every page of ``app`` to the rules of a kiosk, where it is one."""
    app.before_request(_enter)
    app.after_request(_leave)
    app.context_processor(_context)


def _enter() -> ResponseReturnValue | None:
    if not is_kiosk() or request.endpoint is None or request.endpoint in _SILENT:
        return None
    is_stale = session.get(_VISIT) != visit()
    if is_stale:
        session.clear()
    if not _is_open(request.endpoint) or (is_stale and request.method == "POST" and _is_leaving()):
        return redirect(url_for("kiosk.leave"), code=303)
    if (is_begun() and not _was_busy()) or (is_stale and request.method == "POST"):
        return _over()
    return redirect(url_for("kiosk.paper"), code=303) if request.endpoint in LEAVE_A_FILE else None


def _is_open(endpoint: str) -> bool:
    """Whether a page is for candidates: by its guard, else by where it stands."""
    guard = getattr(current_app.view_functions.get(endpoint), "guard", None)
    if guard is None:
        return endpoint.partition(".")[0] in OPEN
    return isinstance(guard, str)


def _is_leaving() -> bool:
    return request.endpoint in _LEAVING


def _was_busy() -> bool:
    found = _read(SEEN_COOKIE)
    if not isinstance(found, list) or len(found) != 2 or found[0] != visit():
        return False
    return 0 <= _now() - int(found[1]) <= IDLE_ENDS_SECONDS


def _over() -> Response:
    """Nobody was here for too long, or this page belongs to a visit that is over."""
    home = url_for("kiosk.over")
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": home})
    return current_app.make_response(redirect(home, code=303))


def _leave(response: Response) -> Response:
    if not is_kiosk():
        return _fill_nothing_in(response) if _is_about_others() else response
    # What ``session.clear()`` took along on the way is put back: this session is of this visit.
    if session.modified and session:
        session[_VISIT] = visit()
    is_page = request.endpoint is not None and request.endpoint not in _SILENT
    if is_page and "HX-Request" not in request.headers and "Clear-Site-Data" not in response.headers:
        mark_busy(response)
    return _fill_nothing_in(response)


def _fill_nothing_in(response: Response) -> Response:
    """Tell the browser to offer nothing that others typed, in any form: no template can forget it."""
    if response.mimetype == "text/html" and not response.is_streamed:
        page = _FILL_IN.sub(b' autocomplete="off"', response.get_data())
        response.set_data(_FORM.sub(b'<form autocomplete="off"', page))
    return response


def _is_about_others() -> bool:
    """Whether this page is for who types what belongs to somebody else: the desk, and support workers."""
    guard = getattr(current_app.view_functions.get(request.endpoint or ""), "guard", ())
    return isinstance(guard, tuple) and bool(guard) and _HELP_OTHERS.issuperset(guard)


def _context() -> dict[str, Any]:
    found = visit()
    if found is None:
        return {"kiosk": False}
    return {
        "kiosk": True,
        "kiosk_begun": is_begun(),
        "kiosk_way_on": _way_on(),
        "kiosk_visit": _name(found),
        "kiosk_warns": WARN_SECONDS,
        "kiosk_waits": WAIT_SECONDS,
    }


def _way_on() -> str:
    """Where whoever began something here goes on with it."""
    if _has_draft():
        return url_for("signup.step", step="check")
    if session.keys() - _OF_NOBODY == {MARKET_CARD}:
        return url_for("markets.card_here")
    return url_for("agenda.seat_here") if session.keys() - _OF_NOBODY == {SEAT} else url_for("me.file")


def _name(mark: str | None) -> str:
    """What a page may know about its visit: enough to tell it from another one."""
    return hashlib.sha256((mark or "").encode()).hexdigest()[:12]


def _begin_visit(reply: AnyResponse, *, by_support_worker: bool) -> None:
    g.kiosk_visit = (_TOGETHER if by_support_worker else "") + secrets.token_urlsafe(9)
    _write(reply, COOKIE, g.kiosk_visit, lasts_seconds=_LASTS_SECONDS)


def _read(name: str) -> object:
    try:
        found: object = _signer(name).loads(request.cookies.get(name, ""))
    except BadSignature:
        return None
    return found


def _write(reply: AnyResponse, name: str, value: object, *, lasts_seconds: int | None = None) -> None:
    options = cookie_options(secure=current_core().settings.is_secure, max_age=lasts_seconds)
    reply.set_cookie(name, _signer(name).dumps(value), **options)


def _signer(name: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_core().keyring.signing_key("kiosk"), salt=name)


def _now() -> int:
    return int(current_core().clock.now().timestamp())

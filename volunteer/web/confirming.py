"""Who looks at a file that waits for their yes: by a link, a card, or on a device that was handed over.

Only the person decides. While somebody is logged in here, nothing of it opens: a support worker cannot say
yes in somebody's name in their own session.
"""

from __future__ import annotations

from enum import StrEnum
from functools import wraps
from uuid import UUID

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from volunteer.domain.errors import NotFound
from volunteer.models import Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import pending_files
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import Parameters, View, candidate_in_session
from volunteer.web.extensions import current_core
from volunteer.web.language import COOKIE, remember
from volunteer.web.language import gettext as _

STAYS_SECONDS = 30 * 60
"""Long enough to read it aloud together, twice."""
_FILE = "confirms"
_WAY = "confirms_by"
_UNTIL = "confirms_until"


class Way(StrEnum):
    """How somebody came here."""

    LINK = "link"
    CARD = "card"
    HANDED_OVER = "handed_over"


def begin(candidate_id: UUID, way: Way) -> None:
    """Open a fresh session in which this file can be confirmed or contested, and nothing else."""
    session.clear()
    session[_FILE], session[_WAY] = candidate_id.hex, way
    session[_UNTIL] = _now() + STAYS_SECONDS


def lead_to_question(candidate_id: UUID, language: str, way: Way) -> Response:
    """Lead to the question, in the person's language; whoever is logged in is told to hand it over."""
    if current_user.is_authenticated:
        flash(
            _("Only the person can say yes here. Hand the device over, or let them use their own."), "warning"
        )
        return redirect(url_for("start.home"), code=303)
    begin(candidate_id, way)
    reply = redirect(url_for("confirming.show"), code=303)
    if COOKIE not in request.cookies:
        remember(reply, language)
    return reply


def way() -> Way:
    """How this person came here."""
    return Way(session.get(_WAY, Way.LINK))


def waits_here(uow: UnitOfWork, *, hold: bool = False) -> Candidate:
    """The file that waits in this session. Raises :class:`NotFound` when it was answered meanwhile."""
    return pending_files.waiting(uow, UUID(session[_FILE]), hold=hold)


def for_who_confirms(view: View[Parameters]) -> View[Parameters]:
    """Guard a view: only for who came by their own link or card, or to whom the device was handed over."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        is_here = _FILE in session and session.get(_UNTIL, 0) >= _now()
        if not is_here or current_user.is_authenticated:
            return redirect(url_for("my_suggestions.show" if candidate_in_session() else "cards.ask"))
        try:
            return view(*args, **kwargs)
        except NotFound:
            answered = _where_answered()
            if answered is None:
                raise
            return redirect(url_for(answered), code=303)

    guarded.guard = "who confirms"  # type: ignore[attr-defined]
    return guarded


def _where_answered() -> str | None:
    """Where the first of two presses led; it opens nothing by itself, and ``None`` while the file waits."""
    file_id = UUID(session[_FILE])
    with current_core().units.read() as uow:
        if confirmed_candidate(uow.session, file_id) is not None:
            return "my_suggestions.show"
        return "confirming.gone" if uow.session.get(Candidate, file_id) is None else None


def _now() -> int:
    return int(current_core().clock.now().timestamp())

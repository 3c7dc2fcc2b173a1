"""Whoever opens their whole file is there: the day is noted, once a day, and a file that is opened is kept.

A card alone says nothing about who holds it: somebody who found one does not keep a file alive.
"""

from __future__ import annotations

from flask import Flask, request, session

from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import retention
from volunteer.web.auth import candidate_in_session, still_holds
from volunteer.web.extensions import current_core

_NOTED = "candidate_day"


def note_visits(app: Flask) -> None:
    """Look at every request for a person who is here for the first time today."""
    app.before_request(_note)


def _note() -> None:
    candidate_id = candidate_in_session() if request.endpoint != "static" else None
    if candidate_id is None:
        return
    with current_core().units.read() as uow:
        today = uow.today.isoformat()
    if session.get(_NOTED) == today:
        return
    if not still_holds(candidate_id):
        return
    with current_core().units.write() as uow:
        candidate = confirmed_candidate(uow.session, candidate_id)
        if candidate is not None and (candidate.seen_on != uow.today or candidate.asked_on is not None):
            retention.note_visit(uow, candidate)
    session[_NOTED] = today

"""The today page itself: four columns, and one row open in place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, NotFound
from volunteer.queries.deliveries import unfinished_count
from volunteer.queries.desk import counts
from volunteer.queries.gatherings import coming_gatherings
from volunteer.queries.joining import waiting_for_desk
from volunteer.queries.markets import coming
from volunteer.queries.stands import waiting_by_market
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.desk.calls import new_answers, to_call
from volunteer.web.desk.look_at import to_look_at
from volunteer.web.desk.rows import Column, Row
from volunteer.web.desk.stuck import stuck
from volunteer.web.desk.waiting import waiting
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.person_work import reasons, services
from volunteer.web.stand_words import market_line

Key = tuple[str, UUID]
_ACTIVITIES = 3
"""So many of those that come stand on the page; the others are a link away."""
_NEAR = timedelta(days=30)
"""A market stands there so long before its day."""
_INVALID = 422


def today_page(
    *,
    opened: Key | None = None,
    answers: Answers | None = None,
    error: DomainError | None = None,
    read_aside: str = "",
) -> ResponseReturnValue:
    """The page with this row open, or the one that comes first; ``read_aside`` is shown in the open row."""
    with current_core().units.read() as uow:
        columns = _columns(uow)
        answered = new_answers(uow)
        figures = counts(uow.session, since=uow.day_began)
        unfinished = unfinished_count(uow.session)
        newcomers, now = waiting_for_desk(uow.session), uow.now
        ahead = _ahead(uow)
    rows = {row.key: row for column in columns.values() for row in column.rows}
    rows |= {row.key: row for row in answered}
    if opened is not None and opened not in rows:
        return gone(NotFound("This was done already."))
    page = render_template(
        "desk/today.html",
        columns=columns,
        answered=answered,
        figures=figures,
        unfinished=unfinished,
        organisations_waiting=newcomers,
        **ahead,
        opened=opened or _first(columns["calls"].rows, *(each.rows for each in columns.values())),
        day=spoken_day(now),
        hour=spoken_hour(now),
        services=[(each.code, each.name(current_language())) for each in services()],
        reasons=list(reasons(_).items()),
        answers=answers or {},
        read_aside=read_aside,
        errors=form_errors([error]) if error else [],
    )
    return page, _INVALID if error else 200


def _ahead(uow: UnitOfWork) -> dict[str, Any]:
    """Activities and markets that come, and stands that wait for a yes."""
    now = uow.now
    return {
        "activities": listed(uow, coming_gatherings(uow.session, now=now)[:_ACTIVITIES]),
        "markets": [market_line(uow, each) for each in coming(uow.session, now=now, until=now + _NEAR)],
        "stands_waiting": waiting_by_market(uow.session, now=now),
    }


def _columns(uow: UnitOfWork) -> dict[str, Column]:
    return {"waiting": waiting(uow), "calls": to_call(uow), "stuck": stuck(uow), "look": to_look_at(uow)}


def gone(error: DomainError) -> ResponseReturnValue:
    """Back to the page, which says why."""
    flash(said_to_reader(error), "warning")
    return redirect(url_for("desk.today"), code=303)


def done(said: str) -> ResponseReturnValue:
    """Back to the page, which says what was done."""
    flash(said, "success")
    return redirect(url_for("desk.today"), code=303)


def _first(*lists: list[Row]) -> Key | None:
    """The first row of the first list that has any."""
    return next((rows[0].key for rows in lists if rows), None)

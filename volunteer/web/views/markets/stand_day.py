"""The page of a stand on the day of a market: for its hosts by a link, for the desk by its own account."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.links import Purpose
from volunteer.models import Stand
from volunteer.services import stand_links, visits
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.desk import unknown_button
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.stand_page import stand_page
from volunteer.web.views.markets.blueprints import at_desk, on_the_day

_LONGEST_CARD = 5
_SEEN_STEP = timedelta(minutes=5)


@on_the_day.get("/stand/<token>")
@limiter.limit("240 per minute")
def stand(token: str) -> ResponseReturnValue:
    """Who is at the stand and who comes next; a screen that has it already is told so in a word."""
    with current_core().units.read() as uow:
        found = _stand(uow, token)
        was_seen = found.opened_at is not None and uow.now - found.opened_at < _SEEN_STEP
        answer = _page(uow, found)
    if not was_seen:
        with current_core().units.write() as uow:
            found = _stand(uow, token)
            found.opened_at = uow.now
    return answer


@on_the_day.post("/stand/<token>")
@limiter.limit("120 per minute")
def mark(token: str) -> ResponseReturnValue:
    """Met, not here, want to go on, running late; pressed again nothing more happens."""
    with current_core().units.read() as uow:
        stand_id = _stand(uow, token).id
    return _mark(stand_id, by=f"stand:{stand_id}")


@at_desk.get("/stands/<uuid:stand_id>/today")
@for_desk
def stand_today(stand_id: UUID) -> ResponseReturnValue:
    """The same page, for who walks about in the hall."""
    with current_core().units.read() as uow:
        return _page(uow, stand_links.stand_of(uow, stand_id))


@at_desk.post("/stands/<uuid:stand_id>/today")
@for_desk
def mark_today(stand_id: UUID) -> ResponseReturnValue:
    """The same buttons."""
    return _mark(stand_id, by=f"account:{staff().account_id}")


def _stand(uow: UnitOfWork, token: str) -> Stand:
    return stand_links.hosted(uow, current_core().links.read(Purpose.STAND, token)[0])


def _mark(stand_id: UUID, *, by: str) -> ResponseReturnValue:
    try:
        with current_core().units.write() as uow:
            said = _do(uow, stand_links.stand_of(uow, stand_id), by)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, stand_links.stand_of(uow, stand_id), error)
    if said:
        flash(said, "success")
    return redirect(request.path, code=303)


def _do(uow: UnitOfWork, stand: Stand, by: str) -> str:
    """Do what the pressed button says; returns what to say of it, or nothing where the page shows it."""
    match request.form.get("do"):
        case "card":
            card = _card(request.form.get("card", ""))
            visits.came_unplanned(uow, stand.id, card, by=by)
            return _("Card %(card)s is here.", card=card)
        case "late":
            visits.run_late(uow, stand.id, _minutes(request.form.get("minutes", "")))
        case "met" | "missed" | "undo" | "yes" | "no" | "open" as step:
            for visit_id in _chosen(uow, stand):
                _settle(uow, visit_id, step, by)
        case _unknown:
            raise unknown_button()
    return ""


def _settle(uow: UnitOfWork, visit_id: UUID, step: str, by: str) -> None:
    match step:
        case "met":
            visits.meet(uow, visit_id, by=by)
        case "missed":
            visits.miss(uow, visit_id, by=by)
        case "undo":
            visits.unsettle(uow, visit_id, by=by)
        case _wish:
            visits.stand_wants(uow, visit_id, yes={"yes": True, "no": False}.get(step))


def _chosen(uow: UnitOfWork, stand: Stand) -> list[UUID]:
    """The meetings of this stand that the form names. Raises :class:`NotFound` for another stand's."""
    try:
        chosen = [UUID(each) for each in request.form.getlist("visit")]
    except ValueError:
        raise NotFound("This meeting is not there any more.") from None
    if any(visits.found(uow, each).stand_id != stand.id for each in chosen):
        raise NotFound("This meeting is not there any more.")
    return chosen


def _card(typed: str) -> int:
    """The number of a card, as somebody types it. Raises :class:`InvalidValue`."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_CARD:
        raise InvalidValue("Type the number that stands large on the card.", field="card")
    return int(text)


def _readable(typed: str) -> str:
    """What was typed, without signs that nobody sees."""
    return "".join(each for each in typed if each.isprintable())


def _minutes(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > _LONGEST_CARD:
        raise InvalidValue("Choose how many minutes, up to an hour.", field="minutes")
    return int(typed)


def _page(uow: UnitOfWork, stand: Stand, error: DomainError | None = None) -> ResponseReturnValue:
    page = stand_page(uow, stand, centre_phone=current_core().settings.centre.phone)
    tag = hashlib.sha256(repr((page, current_language())).encode()).hexdigest()[:20]
    if error is None and tag in request.if_none_match:
        return "", 304
    answer = make_response(
        render_template(
            "markets/stand_day.html",
            page=page,
            stand_id=stand.id,
            here=request.path,
            card=_readable(request.form.get("card", "")) if error else "",
            errors=form_errors([error], field="stand") if error else [],
        ),
        status_of(error) if error else 200,
    )
    answer.set_etag(tag)
    return answer

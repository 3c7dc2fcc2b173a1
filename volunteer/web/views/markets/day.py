"""The day of a market at the desk: what goes on, what asks for a hand, and the buttons for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_plan import REPLAN_EVERY
from volunteer.services import market_day, replanning
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import typed
from volunteer.web.forms.desk import unknown_button
from volunteer.web.language import gettext as _
from volunteer.web.market_day import day_facts, new_routes_for
from volunteer.web.market_words import market_page
from volunteer.web.views.markets.blueprints import at_desk
from volunteer.web.views.markets.visiting import shown

NOTE_LANGUAGES = ("nl", "fr", "en", "ar")


@at_desk.get("/<uuid:market_id>/day")
@for_desk
def day(market_id: UUID) -> ResponseReturnValue:
    """Everything about now, and the forms."""
    with current_core().units.read() as uow:
        return _page(uow, market_id)


@at_desk.get("/<uuid:market_id>/day/now")
@for_desk
def day_now(market_id: UUID) -> ResponseReturnValue:
    """The live parts of that page."""
    with current_core().units.read() as uow:
        live = _live(uow, market_id)
        return render_template("markets/_day.html", **live) + render_template(
            "markets/_day_lists.html", **live
        )


@at_desk.post("/<uuid:market_id>/day")
@for_desk
def day_mark(market_id: UUID) -> ResponseReturnValue:
    """Routes made again, by the button or by the clock; the board; a stand that closes or opens again."""
    try:
        with current_core().units.write() as uow:
            said = _do(uow, shown(uow, market_id).id)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, market_id, error)
    flash(said, "success")
    return redirect(url_for(".day", market_id=market_id), code=303)


def _do(uow: UnitOfWork, market_id: UUID) -> str:
    """Do what the pressed button says; returns what to say of it."""
    match request.form.get("do"):
        case "replan":
            replanning.ask(uow, market_id, by=_by())
            return _("New routes are being made. Meetings that were promised stay.")
        case "clock":
            replanning.by_the_clock(uow, market_id, _minutes(request.form.get("minutes", "")))
            return _("Saved.")
        case "note":
            notes = _notes()
            words = {code: notes[f"note_{code}"] for code in NOTE_LANGUAGES}
            market_day.say_on_board(uow, market_id, words)
            is_said = any(each.strip() for each in words.values())
            return _("The board says it now.") if is_said else _("Nothing is said on the board now.")
        case "close":
            lost = len(market_day.close_from_now(uow, market_id, _stand(), by=_by()))
            said = _("Closed from the next round on.")
            return f"{said} {new_routes_for(lost)}".rstrip()
        case "reopen":
            if market_day.open_again(uow, market_id, _stand(), by=_by()):
                return _(
                    "Open again from the next round on. New routes are being made: its seats are given again."
                )
            return _("Open again from the next round on.")
        case _unknown:
            raise unknown_button()


def _by() -> str:
    return f"account:{staff().account_id}"


def _notes() -> dict[str, str]:
    """What was typed for the board, by the name of the field."""
    names = [f"note_{code}" for code in NOTE_LANGUAGES]
    return {**dict.fromkeys(names, ""), **typed(request.form, texts=names)}


def _stand() -> UUID:
    try:
        return UUID(request.form.get("stand", ""))
    except ValueError:
        raise NotFound("This stand is not there any more.") from None


def _minutes(chosen: str) -> int | None:
    if chosen and chosen not in {str(each) for each in REPLAN_EVERY}:
        raise InvalidValue("Choose how often.", field="minutes")
    return int(chosen) if chosen else None


def _live(uow: UnitOfWork, market_id: UUID) -> dict[str, Any]:
    market = shown(uow, market_id)
    return {"page": market_page(uow, market), **day_facts(uow, market)}


def _page(uow: UnitOfWork, market_id: UUID, error: DomainError | None = None) -> ResponseReturnValue:
    market = shown(uow, market_id)
    stored = {f"note_{code}": market.board_note.get(code, "") for code in NOTE_LANGUAGES}
    every = {str(each): _("Every %(count)s minutes", count=each) for each in REPLAN_EVERY}
    page = render_template(
        "markets/day.html",
        replan_every=list(every.items()),
        replan_now=every.get(str(market.replan_minutes)),
        every=str(market.replan_minutes or ""),
        notes=_notes() if error else stored,
        errors=form_errors([error], field="day") if error else [],
        **_live(uow, market_id),
    )
    return page, status_of(error) if error else 200

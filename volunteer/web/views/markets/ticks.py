"""Typing in what was ticked on the sheets of stands: one sheet at a time, as it lies on the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_days import StandState, VisitState
from volunteer.models import Market, Stand, Visit
from volunteer.queries import timetables
from volunteer.queries import visits as queries
from volunteer.services import market_visitors, markets, visits
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.dates import spoken_hour
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import answers
from volunteer.web.language import gettext as _
from volunteer.web.market_words import name_of_spot
from volunteer.web.stand_words import market_line
from volunteer.web.views.markets.blueprints import at_desk

MOST_CARDS = 40
"""Written in by hand on one sheet."""
MARKS = re.compile(r"[0-9a-f-]{36}:[a-z]+")
"""What a page of ours can have drawn: nothing else comes back to the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One stand among those to type in."""

    id: UUID
    spot: str
    name: str
    left: int
    """Lines of which nothing is said yet."""


@dataclass(frozen=True, slots=True)
class TickRow:
    """One line of a sheet."""

    id: UUID
    card: int
    who: str


@at_desk.get("/<uuid:market_id>/ticks")
@for_desk
def ticks(market_id: UUID) -> ResponseReturnValue:
    """The sheet of one stand, with what is known already; the first that is not done when none is named."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        sheets = _sheets(uow, market)
        first = next((each for each in sheets if each.left), sheets[0] if sheets else None)
        asked = request.args.get("stand", "")
        stand = next((each for each in sheets if str(each.id) == asked), first)
        if asked and (stand is None or str(stand.id) != asked):
            raise NotFound("This stand is not there any more.")
        known = _known(queries.at_stand(uow.session, stand.id)) if stand else set()
        return _page(uow, market, sheets, stand, known)


@at_desk.post("/<uuid:market_id>/ticks")
@for_desk
def type_in(market_id: UUID) -> ResponseReturnValue:
    """Write down what this sheet says, all of it or nothing; sent again it says the same."""
    chosen = set(request.form.getlist("ticks"))
    typed = str(answers.typed(request.form, texts=["cards"]).get("cards", ""))[:200]
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        sheets = _sheets(uow, market)
        asked = request.args.get("stand", "")
        stand = next((each for each in sheets if str(each.id) == asked), None)
        if stand is None:
            raise NotFound("This stand is not there any more.")
    try:
        with current_core().units.write() as uow:
            _write(uow, stand.id, chosen, _drawn(), _cards(typed))
    except (InvalidValue, ImpossibleStep, NotFound) as error:
        with current_core().units.read() as uow:
            market = markets.found(uow, market_id)
            return _page(uow, market, sheets, stand, chosen, drawn=_drawn(), typed=typed, error=error)
    flash(_("Written down: %(spot)s %(stand)s.", spot=stand.spot, stand=stand.name), "success")
    # Who was written in by hand stands on the sheet now, with boxes of their own.
    following = stand if typed.strip() else sheets[(sheets.index(stand) + 1) % len(sheets)]
    return redirect(url_for(".ticks", market_id=market_id, stand=following.id), code=303)


def _drawn() -> set[str] | None:
    """The ticks the sheet was drawn with: what a phone said since stays, where nobody changed a box."""
    return set(MARKS.findall(request.form["drawn"])) if "drawn" in request.form else None


def _write(
    uow: UnitOfWork,
    stand_id: UUID,
    chosen: Collection[str],
    drawn: Collection[str] | None,
    cards: Sequence[int],
) -> None:
    by = f"account:{staff().account_id}"
    visits.stand_held(uow, stand_id)
    for visit in queries.at_stand(uow.session, stand_id):
        known = _known([visit])
        before = _of(visit, known if drawn is None else drawn)
        ticked = _of(visit, chosen)
        if ticked == before:
            continue
        said = _said(ticked, before, _of(visit, known))
        if {"came", "missed"} <= ticked:
            raise InvalidValue(
                "Card %(card)s: either they came, or they did not.",
                field=f"visit-{visit.id}",
                values={"card": visit.visitor.card},
            )
        visits.settle(
            uow,
            visit.id,
            met=False if "missed" in said else True if said else None,
            visitor_says=True if "they" in said else None,
            stand_says=True if "we" in said else None,
            by=by,
        )
    for card in cards:
        visits.came_unplanned(uow, stand_id, card, by=by)


def _of(visit: Visit, marks: Collection[str]) -> set[str]:
    return {code for code in _codes() if f"{visit.id}:{code}" in marks}


def _said(ticked: set[str], before: set[str], known: set[str]) -> set[str]:
    """What holds now: what is known, but for the boxes somebody changed. Came and missed are one question."""
    added = ticked - before
    said = (known - (before - ticked)) | added
    if "missed" in added:
        return said - {"came"}
    return said - {"missed"} if "came" in added else said


def _cards(typed: str) -> list[int]:
    """Raises :class:`InvalidValue` for what is no number of a card."""
    parts = typed.replace(",", " ").split()
    if len(parts) > MOST_CARDS or not all(part.isdecimal() and len(part) <= 6 for part in parts):
        raise InvalidValue("Type numbers of cards, with a space between them.", field="cards")
    return [int(part) for part in parts]


def _known(every: Sequence[Visit]) -> set[str]:
    """The ticks of what was said already."""
    found = set()
    for visit in every:
        marks = {
            "came": visit.state == VisitState.MET,
            "missed": visit.state == VisitState.MISSED,
            "they": bool(visit.visitor_says),
            "we": bool(visit.stand_says),
        }
        found |= {f"{visit.id}:{code}" for code, is_set in marks.items() if is_set}
    return found


def _codes() -> dict[str, str]:
    return {
        "came": _("Came"),
        "missed": _("Did not come"),
        "they": _("They want to go on"),
        "we": _("We want to go on"),
    }


def _sheets(uow: UnitOfWork, market: Market) -> list[Sheet]:
    left = Counter(
        each.stand_id
        for each in timetables.standing(uow.session, market.id)
        if each.state == VisitState.PLANNED
    )
    stands: Sequence[Stand] = timetables.stands_of(uow.session, market.id, [StandState.CONFIRMED])
    return [Sheet(each.id, name_of_spot(each), each.organisation.name, left[each.id]) for each in stands]


def _page(
    uow: UnitOfWork,
    market: Market,
    sheets: Sequence[Sheet],
    stand: Sheet | None,
    chosen: Collection[str],
    *,
    drawn: Collection[str] | None = None,
    typed: str = "",
    error: DomainError | None = None,
) -> ResponseReturnValue:
    rounds = []
    for number, group in groupby(
        queries.at_stand(uow.session, stand.id) if stand else [], lambda each: each.round
    ):
        hour = spoken_hour(market.rounds.starts(number))
        heading = _("Round %(number)s, %(hour)s", number=number + 1, hour=hour)
        rounds.append((heading, [TickRow(each.id, each.visitor.card, _who(uow, each)) for each in group]))
    page = render_template(
        "markets/ticks.html",
        market=market_line(uow, market),
        stands=sheets,
        stand=stand,
        rounds=rounds,
        ticks=list(_codes().items()),
        answers=chosen,
        drawn=" ".join(sorted(chosen if drawn is None else drawn)),
        unplanned=typed,
        errors=form_errors([error], field="list") if error else [],
    )
    return page, status_of(error) if error else 200


def _who(uow: UnitOfWork, visit: Visit) -> str:
    group = visit.visitor.group
    return group.name if group else market_visitors.name_of(uow, visit.visitor)

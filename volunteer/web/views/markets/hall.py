"""The hall of a market at the desk: its zones with their spots, drawn as people will find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gatherings import LONGEST_LINE
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import SHAPES
from volunteer.domain.market_plan import LETTERS, pairs_of
from volunteer.models import Market
from volunteer.queries import markets as queries
from volunteer.services import market_hall, markets
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk
from volunteer.web.errors import Complaints, form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_hall as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_words import Words, written
from volunteer.web.language import gettext as _
from volunteer.web.stand_words import market_line
from volunteer.web.views.gatherings.writing import access_groups, written_in
from volunteer.web.views.markets.blueprints import at_desk


@dataclass(frozen=True, slots=True)
class ZoneDrawn:
    """One zone as it is drawn."""

    letter: str
    shape: str
    name: Words
    spots: list[str]
    """By number from 1: who stands there, empty where nobody does."""

    @property
    def free(self) -> int:
        """Spots where nobody stands."""
        return self.spots.count("")


@at_desk.get("/<uuid:market_id>/hall")
@for_desk
def hall(market_id: UUID) -> ResponseReturnValue:
    """The zones, and a line for one more."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        return _page(uow, market, forms.filled_hall(market))


@at_desk.post("/<uuid:market_id>/hall")
@for_desk
def draw(market_id: UUID) -> ResponseReturnValue:
    """Keep the hall as it is said now; a line that says nothing is no zone."""
    answers: Answers = {}
    try:
        with current_core().units.write() as uow:
            letters = _letters(markets.found(uow, market_id))
            answers = forms.hall(request.form, letters, written_in())
            complaints = Complaints()
            told = forms.zones(answers, letters, written_in(), complaints)
            if told is None:
                return _page(uow, markets.found(uow, market_id), answers, complaints.errors)
            market_hall.draw(uow, market_id, told, far=forms.far(answers))
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, markets.found(uow, market_id), answers, [error])
    flash(_("Saved. This is the hall now.") if told else _("Saved. No zone is drawn yet."), "success")
    return redirect(url_for(".hall", market_id=market_id), code=303)


def drawn(uow: UnitOfWork, market: Market) -> list[ZoneDrawn]:
    """Every zone with who stands where."""
    found = []
    stands = queries.stands_in_zones(uow.session, [each.id for each in market.zones])
    for number, zone in enumerate(market.zones):
        there = {each.spot: each.organisation.name for each in stands if each.zone_id == zone.id}
        spots = [there.get(spot, "") for spot in range(1, zone.spots + 1)]
        found.append(ZoneDrawn(zone.letter, SHAPES[number % len(SHAPES)], written(zone.texts), spots))
    return found


def _letters(market: Market) -> str:
    """The lines of the form: those shown, and those of a form that was open for longer."""
    known = set(forms.letters_of(market))
    return "".join(each for each in LETTERS if each in known or f"spots_{each}" in request.form)


def _page(
    uow: UnitOfWork, market: Market, answers: Answers, errors: Sequence[DomainError] = ()
) -> ResponseReturnValue:
    letters = _letters(market)
    page = render_template(
        "markets/hall.html",
        market=market_line(uow, market),
        zones=drawn(uow, market),
        letters=letters,
        shapes={letter: SHAPES[number % len(SHAPES)] for number, letter in enumerate(letters)},
        pairs=pairs_of(each.letter for each in market.zones),
        answers=answers,
        errors=form_errors(errors, field=f"name_{letters[0]}_nl"),
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        access_groups=access_groups(),
        longest=LONGEST_LINE,
    )
    return page, status_of(errors[0]) if errors else 200

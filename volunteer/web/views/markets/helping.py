"""Who helps at a market, at the desk: organisers, who checks people in, interpreters; with their links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.domain.market_days import HelperRole
from volunteer.models import Market, MarketHelper
from volunteer.queries import markets as queries
from volunteer.services import lost_meetings, market_helpers, markets, spent_forms
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_hall as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_words import tongues
from volunteer.web.language import gettext as _
from volunteer.web.language import joined
from volunteer.web.market_day import new_routes_for
from volunteer.web.once import form_id
from volunteer.web.qr import qr_code
from volunteer.web.stand_words import market_line, rounds_of
from volunteer.web.views.markets.blueprints import at_desk


@dataclass(frozen=True, slots=True)
class HelperRow:
    """Somebody who helps."""

    id: UUID
    role: HelperRole
    name: str
    languages: list[str]
    away: str
    """Hours in which they are not there."""
    link: str


@at_desk.get("/<uuid:market_id>/helpers")
@for_desk
def helping(market_id: UUID) -> ResponseReturnValue:
    """Everyone, by what they do, and a form for one more."""
    with current_core().units.read() as uow:
        return _page(uow, markets.found(uow, market_id), {})


@at_desk.post("/<uuid:market_id>/helpers")
@for_desk
def add_helper(market_id: UUID) -> ResponseReturnValue:
    """One more; the same form again adds nobody."""
    answers = forms.helper(request.form)
    try:
        with current_core().units.write() as uow:
            if spent_forms.spend(uow, form_id()):
                market_helpers.add(uow, market_id, forms.helper_details(answers))
    except InvalidValue as error:
        with current_core().units.read() as uow:
            return _page(uow, markets.found(uow, market_id), answers, [error])
    return _done(market_id, _("Added. Their link is beside their name."))


@at_desk.get("/helpers/<uuid:helper_id>")
@for_desk
def helper_form(helper_id: UUID) -> ResponseReturnValue:
    """What is said of one of them, to change it."""
    with current_core().units.read() as uow:
        row = market_helpers.found(uow, helper_id)
        return _page(uow, row.market, forms.filled_helper(row, market_helpers.name_of(uow, row)), row=row)


@at_desk.post("/helpers/<uuid:helper_id>")
@for_desk
def change_helper(helper_id: UUID) -> ResponseReturnValue:
    """Say something else of them."""
    answers = forms.helper(request.form)
    try:
        with current_core().units.write() as uow:
            details = forms.helper_details(answers)
            market = market_helpers.change(uow, helper_id, details, by=_by()).market
            market_id, lost = market.id, lost_meetings.of_whom(uow, market)
    except InvalidValue as error:
        with current_core().units.read() as uow:
            row = market_helpers.found(uow, helper_id)
            return _page(uow, row.market, answers, [error], row=row)
    return _done(market_id, _("Saved."), len(lost))


@at_desk.post("/helpers/<uuid:helper_id>/end")
@for_desk
def end_helper(helper_id: UUID) -> ResponseReturnValue:
    """They do not help any more: their link opens nothing from now on."""
    with current_core().units.write() as uow:
        market = market_helpers.end(uow, helper_id, by=_by()).market
        market_id, lost = market.id, lost_meetings.of_whom(uow, market)
    return _done(market_id, _("Done. Their link opens nothing any more."), len(lost))


def _by() -> str:
    return f"account:{staff().account_id}"


def role_names() -> dict[HelperRole, str]:
    """What somebody does, in words."""
    return {
        HelperRole.ORGANISER: _("Organises"),
        HelperRole.CHECK_IN: _("Checks people in"),
        HelperRole.INTERPRETER: _("Interprets"),
    }


def _row(uow: UnitOfWork, helper: MarketHelper, hours: dict[int, str]) -> HelperRow:
    return HelperRow(
        helper.id,
        HelperRole(helper.role),
        market_helpers.name_of(uow, helper),
        tongues(helper.languages),
        joined(hours[each] for each in helper.away if each in hours),
        market_helpers.door_link(current_core().links, helper),
    )


def _page(
    uow: UnitOfWork,
    market: Market,
    answers: Answers,
    errors: Sequence[DomainError] = (),
    *,
    row: MarketHelper | None = None,
) -> ResponseReturnValue:
    rows = [_row(uow, each, dict(rounds_of(market))) for each in queries.helpers_of(uow.session, market.id)]
    opened = next((each for each in rows if row and each.id == row.id), None)
    spoken = [pair for pair in choices.spoken_languages() if pair[0] not in SIGN_LANGUAGES]
    page = render_template(
        "markets/helpers.html",
        market=market_line(uow, market),
        helper_id=row.id if row else None,
        opened=opened,
        code=qr_code(opened.link) if opened else None,
        groups=[(name, [each for each in rows if each.role is role]) for role, name in role_names().items()],
        roles=list(role_names().items()),
        rounds=rounds_of(market),
        answers=answers,
        errors=form_errors(errors, field="name"),
        spoken_languages=[(code, LANGUAGES[code].own) for code in LANGUAGES if code in SIGN_LANGUAGES]
        + spoken,
        other_languages=[
            pair for pair in choices.other_languages() if pair not in spoken and pair[0] not in SIGN_LANGUAGES
        ],
    )
    return page, status_of(errors[0]) if errors else 200


def _done(market_id: UUID, said: str, lost: int = 0) -> ResponseReturnValue:
    flash(f"{said} {new_routes_for(lost)}".rstrip(), "success")
    return redirect(url_for(".helping", market_id=market_id), code=303)

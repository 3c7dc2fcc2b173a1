"""Groups at a market: a support worker brings people whom nobody names; the desk sees the same page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed
from volunteer.domain.market_days import VisitorState
from volunteer.models import Market, MarketGroup, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_groups, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices, market_report
from volunteer.web.auth import for_desk, for_support_workers, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import gettext as _
from volunteer.web.market_interest import going_on
from volunteer.web.market_people import hours
from volunteer.web.market_visitor_rows import (
    GroupRow,
    card_language,
    coming_markets,
    group_row,
    stops_said,
    visitor_row,
)
from volunteer.web.market_words import market_page
from volunteer.web.once import form_id
from volunteer.web.support_team import our_referrer, referrer_of_form
from volunteer.web.views.markets.blueprints import at_desk, of_support
from volunteer.web.views.markets.visiting import shown


@of_support.get("")
@for_support_workers
def index() -> ResponseReturnValue:
    """Markets to come, and the groups of this referrer."""
    team = our_referrer()
    with current_core().units.read() as uow:
        return render_template("markets/support.html", team=team, coming=coming_markets(uow, team.id))


@of_support.get("/<uuid:market_id>/groups/new")
@for_support_workers
def group_form(market_id: UUID) -> ResponseReturnValue:
    """How many come, when, and in which languages. No names."""
    return _form(market_id, {})


@of_support.post("/<uuid:market_id>/groups/new")
@for_support_workers
def register(market_id: UUID) -> ResponseReturnValue:
    """The group has its cards; the same form again is the same group."""
    answers, team = forms.group(request.form), referrer_of_form()
    try:
        with current_core().units.write() as uow:
            details = forms.group_details(answers, shown(uow, market_id), uow.zone)
            group = market_groups.register_group(
                uow,
                market_id,
                details,
                account_id=staff().account_id,
                organisation_id=team.id,
                asked=market_visitors.Asked(form_id=form_id()),
            )
            group_id = group.id
    except (InvalidValue, ImpossibleStep, NotAllowed) as error:
        return _form(market_id, answers, error)
    flash(_("Your group has its cards. Now say for each card what helps, if you like."), "success")
    return redirect(url_for(".group", group_id=group_id), code=303)


@of_support.get("/groups/<uuid:group_id>")
@for_support_workers
def group(group_id: UUID) -> ResponseReturnValue:
    """The group and its cards."""
    with current_core().units.read() as uow:
        return _page(uow, _of_ours(uow, group_id))


@of_support.post("/groups/<uuid:group_id>")
@for_support_workers
def decide(group_id: UUID) -> ResponseReturnValue:
    """More people or fewer, other hours, or not at all."""
    return _decide(group_id, _of_ours)


@at_desk.get("/<uuid:market_id>/groups/new", endpoint="group_form")
@for_desk
def form_at_desk(market_id: UUID) -> ResponseReturnValue:
    """A group that comes without a referrer stands at the desk, or calls."""
    return _form(market_id, {}, is_desk=True)


@at_desk.post("/<uuid:market_id>/groups/new", endpoint="register_group")
@for_desk
def register_at_desk(market_id: UUID) -> ResponseReturnValue:
    """It has its cards, and this colleague hears what it is told; the same form again is the same group."""
    answers, us = forms.group(request.form), staff().account_id
    asked = market_visitors.Asked(given_how=GivenHow.DESK, by=f"account:{us}", form_id=form_id())
    try:
        with current_core().units.write() as uow:
            details = forms.group_details(answers, shown(uow, market_id), uow.zone)
            made = market_groups.register_at_desk(uow, market_id, details, account_id=us, asked=asked)
            group_id = made.id
    except (InvalidValue, ImpossibleStep) as error:
        return _form(market_id, answers, error, is_desk=True)
    flash(_("The group has its cards. Now you can print them."), "success")
    return redirect(url_for(".group", group_id=group_id), code=303)


@at_desk.get("/groups/<uuid:group_id>", endpoint="group")
@for_desk
def group_at_desk(group_id: UUID) -> ResponseReturnValue:
    """The same for the desk, without what helps."""
    with current_core().units.read() as uow:
        return _page(uow, market_groups.found(uow, group_id), is_desk=True)


@at_desk.post("/groups/<uuid:group_id>", endpoint="decide_on_group")
@for_desk
def decide_at_desk(group_id: UUID) -> ResponseReturnValue:
    """More people or fewer, other hours, or not at all: said by phone."""
    return _decide(group_id, market_groups.found, is_desk=True)


def _decide(
    group_id: UUID, found: Callable[[UnitOfWork, UUID], MarketGroup], *, is_desk: bool = False
) -> ResponseReturnValue:
    answers = forms.group(request.form)
    try:
        with current_core().units.write() as uow:
            said = _do(uow, found(uow, group_id), answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, found(uow, group_id), answers, error, is_desk=is_desk)
    flash(said, "success")
    return redirect(request.path, code=303)


def _do(uow: UnitOfWork, group: MarketGroup, answers: Answers) -> str:
    """Do what the pressed button says; returns what to say of it."""
    match request.form.get("do"):
        case "change":
            market_groups.change(uow, group.id, forms.group_details(answers, group.market, uow.zone))
            return _("Saved.")
        case "does_not_come":
            market_groups.withdraw(uow, group.id)
            return _("The group does not come. Its meetings go to others.")
        case _unknown:
            raise unknown_button()


def _of_ours(uow: UnitOfWork, group_id: UUID) -> MarketGroup:
    return market_groups.of_referrer(uow, group_id, our_referrer().id)


def _form(
    market_id: UUID, answers: Answers, error: DomainError | None = None, *, is_desk: bool = False
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        market = shown(uow, market_id)
        found = market_page(uow, market)
        page = render_template(
            "markets/group_form.html",
            page=found,
            is_desk=is_desk,
            team=None if is_desk else our_referrer(),
            back_url=_back_url(market_id, is_desk=is_desk),
            takes_groups=found.state == "open" and not found.is_over if is_desk else found.takes_visitors,
            answers=answers,
            errors=form_errors([error], field="name") if error else [],
            **_tongues(),
            hours=hours(uow, market, answers),
        )
    return page, status_for(error) if error else 200


def _page(
    uow: UnitOfWork,
    group: MarketGroup,
    answers: Answers | None = None,
    error: DomainError | None = None,
    *,
    is_desk: bool = False,
) -> ResponseReturnValue:
    market = group.market
    cards = queries.cards_of(uow.session, group.id)
    row = group_row(group, len(cards))
    said = answers or _as_told(uow, group, row)
    has_begun = market.first_round_at <= uow.now
    page = render_template(
        "markets/group.html",
        page=market_page(uow, market),
        group=row,
        is_desk=is_desk,
        back_url=_back_url(market.id, is_desk=is_desk),
        cards=_card_rows(uow, market, cards),
        going_on=going_on(uow, cards),
        cards_url=_cards_url(group, is_desk=is_desk),
        has_begun=has_begun,
        sections=market_report.of_group(uow, group) if has_begun and not is_desk else [],
        so_far=market_report.so_far(uow, market),
        may_change=group.state == VisitorState.REGISTERED
        and market.state == "open"
        and market.ends_at > uow.now,
        answers=said,
        errors=form_errors([error], field="name") if error else [],
        **_tongues(),
        hours=hours(uow, market, said),
    )
    return page, status_for(error) if error else 200


def _card_rows(uow: UnitOfWork, market: Market, cards: Sequence[MarketVisitor]) -> list[tuple[object, ...]]:
    """As the page takes them: the card, its language, whether something helps, and its stops."""
    routes = timetables.routes_of(uow.session, [each.id for each in cards])
    return [
        (
            visitor_row(uow, each, len(routes[each.id])),
            card_language(each),
            each.help_sealed is not None,
            stops_said(market, routes[each.id]),
        )
        for each in cards
    ]


def _back_url(market_id: UUID, *, is_desk: bool) -> str:
    return url_for("desk_markets.visitors", market_id=market_id) if is_desk else url_for(".index")


def _cards_url(group: MarketGroup, *, is_desk: bool) -> str:
    if is_desk:
        return url_for("desk_markets.route_cards", market_id=group.market_id, group=group.id)
    return url_for("support_markets.cards_of_group", group_id=group.id)


def _as_told(uow: UnitOfWork, group: MarketGroup, row: GroupRow) -> Answers:
    return {
        "name": group.name,
        "size": str(row.size),
        "companions": str(group.companions or ""),
        "languages": group.languages,
        "arrives_at": forms.clock(group.arrives_at, uow.zone),
        "leaves_at": forms.clock(group.leaves_at, uow.zone),
    }


def _tongues() -> dict[str, object]:
    return {"spoken_languages": choices.spoken_languages(), "other_languages": choices.other_languages()}

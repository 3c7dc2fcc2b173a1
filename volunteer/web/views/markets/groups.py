"""Groups at a market: a support worker brings people whom nobody names; the desk sees the same page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import VisitorState
from volunteer.models import MarketGroup, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_groups, market_help, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.auth import for_desk, for_support_workers, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.market_interest import going_on
from volunteer.web.market_people import hours, offers, said_languages
from volunteer.web.market_visitor_rows import (
    GroupRow,
    card_language,
    group_row,
    group_rows,
    help_words,
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
        groups = queries.groups_of_organisation(uow.session, team.id, since=uow.now)
        rows = dict(zip([each.id for each in groups], group_rows(uow, groups), strict=True))
        markets = queries.open_markets(uow.session, now=uow.now)
        return render_template(
            "markets/support.html",
            team=team,
            coming=[
                (market_page(uow, market), [rows[each.id] for each in groups if each.market_id == market.id])
                for market in markets
            ],
        )


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


@of_support.get("/cards/<uuid:visitor_id>")
@for_support_workers
def card(visitor_id: UUID) -> ResponseReturnValue:
    """One card, with what helps whoever gets it; that it was opened stands in the journal."""
    with current_core().units.write() as uow:
        return _card_page(uow, _card_of_ours(uow, visitor_id))


@of_support.post("/cards/<uuid:visitor_id>")
@for_support_workers
def say_of_card(visitor_id: UUID) -> ResponseReturnValue:
    """What is told of this card, or that nobody uses it."""
    answers = forms.card(request.form)
    try:
        with current_core().units.write() as uow:
            found = _card_of_ours(uow, visitor_id)
            group_id, number = found.group_id, found.card
            if request.form.get("do") == "remove":
                market_groups.remove_card(uow, found.id)
                said = _("Card %(number)s is not used.", number=number)
            else:
                details = forms.card_details(answers, current_core().settings.centre.languages)
                market_groups.set_card(uow, found.id, details, agrees=forms.agrees_to_help(answers))
                said = _("Card %(number)s: saved.", number=number)
    except (InvalidValue, ConsentMissing, ImpossibleStep) as error:
        with current_core().units.write() as uow:
            return _card_page(uow, _card_of_ours(uow, visitor_id), answers, error)
    flash(said, "success")
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


def _card_of_ours(uow: UnitOfWork, visitor_id: UUID) -> MarketVisitor:
    found = market_visitors.found(uow, visitor_id)
    if found.group_id is None:
        raise NotFound("This is not there any more.")
    _of_ours(uow, found.group_id)
    return found


def _form(market_id: UUID, answers: Answers, error: DomainError | None = None) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        market = shown(uow, market_id)
        page = render_template(
            "markets/group_form.html",
            page=market_page(uow, market),
            team=our_referrer(),
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
    meetings = timetables.meetings_of(uow.session, market.id)
    row = group_row(group, len(cards))
    said = answers or _as_told(uow, group, row)
    page = render_template(
        "markets/group.html",
        page=market_page(uow, market),
        group=row,
        is_desk=is_desk,
        back_url=url_for("desk_markets.visitors", market_id=market.id) if is_desk else url_for(".index"),
        cards=[
            (visitor_row(uow, each, meetings[each.id]), card_language(each), each.help_sealed is not None)
            for each in cards
        ],
        going_on=going_on(uow, cards),
        may_change=group.state == VisitorState.REGISTERED
        and market.state == "open"
        and market.ends_at > uow.now,
        answers=said,
        errors=form_errors([error], field="name") if error else [],
        **_tongues(),
        hours=hours(uow, market, said),
    )
    return page, status_for(error) if error else 200


def _card_page(
    uow: UnitOfWork, found: MarketVisitor, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    market = found.market
    by = f"account:{staff().account_id}"
    told = market_help.read(uow, found, reader=by, purpose="market_group")
    group_languages = found.group.languages if found.group else []
    reader = current_language()
    page = render_template(
        "markets/group_card.html",
        page=market_page(uow, market),
        group_id=found.group_id,
        group_name=found.group.name if found.group else "",
        number=found.card,
        comes=found.state == VisitorState.REGISTERED,
        told_help=help_words(told),
        tongues=[(code, LANGUAGES[code].label(reader)) for code in group_languages],
        card_languages=said_languages(),
        answers=answers or forms.as_card(found, told),
        errors=form_errors([error], field="language") if error else [],
        helps=offers(uow, market)["helps"],
    )
    return page, status_for(error) if error else 200


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

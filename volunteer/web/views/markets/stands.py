"""Stands at the desk: who asks for one, what is missing, yes or no, and those the desk writes in itself."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.gatherings import LONGEST_REASON
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import StandState
from volunteer.domain.stands import ENOUGH, Application
from volunteer.models import Market, Stand
from volunteer.queries import stands as queries
from volunteer.queries.organisations import approved_organisations
from volunteer.services import organisations, stand_links, stand_spots, stands
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import stand_form, stand_hall
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import stands as forms
from volunteer.web.forms.answers import Answers, ticked
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.stand_words import cards, market_line
from volunteer.web.views.markets.blueprints import at_desk

_EMPTY = Application(seats=2)


@at_desk.get("/<uuid:market_id>/stands", endpoint="stands")
@for_desk
def stand_list(market_id: UUID) -> ResponseReturnValue:
    """Who waits for a yes, who has one, and what all of them offer together."""
    with current_core().units.read() as uow:
        return _list(uow, _market(uow, market_id), Counter(), is_opened=False)


@at_desk.post("/<uuid:market_id>/stands")
@for_desk
def show_needs(market_id: UUID) -> ResponseReturnValue:
    """The same beside what people who come need, added up; that it was read is written down."""
    with current_core().units.write() as uow:
        market = _market(uow, market_id)
        needed = stand_hall.needed(uow, market, reader=_by())
        return _list(uow, market, needed, is_opened=True)


@at_desk.get("/<uuid:market_id>/stands/new")
@for_desk
def new_stand(market_id: UUID) -> ResponseReturnValue:
    """Write a stand in for an organisation, also for one without an account."""
    with current_core().units.read() as uow:
        return _new_form(uow, _market(uow, market_id), forms.filled(_EMPTY))


@at_desk.post("/<uuid:market_id>/stands/new")
@for_desk
def add_stand(market_id: UUID) -> ResponseReturnValue:
    """The same, sent."""
    with current_core().units.read() as uow:
        market = _market(uow, market_id)
        told = stand_form.read(market, _EMPTY)
        whose = forms.whose(told.answers)
        if whose is None:
            told.complaints.errors.append(InvalidValue("Choose an organisation.", field="organisation"))
        if told.application is None or whose is None:
            return _new_form(uow, market, told.answers, *told.complaints.errors)
    try:
        with current_core().units.write() as uow:
            stand_id = stands.apply(
                uow,
                market_id,
                whose,
                told.application,
                account_id=staff().account_id,
                form_id=form_id(),
                by_desk=True,
            ).id
    except (InvalidValue, ImpossibleStep, NotAllowed) as error:
        error.field = error.field or "organisation"
        with current_core().units.read() as uow:
            return _new_form(uow, _market(uow, market_id), told.answers, error)
    flash(_("Written in. Now say yes, and give it a spot."), "success")
    return redirect(url_for(".stand", stand_id=stand_id), code=303)


@at_desk.get("/stands/<uuid:stand_id>")
@for_desk
def stand(stand_id: UUID) -> ResponseReturnValue:
    """One stand, and what can be decided."""
    with current_core().units.read() as uow:
        return _one(uow, stands.found(uow, stand_id))


@at_desk.post("/stands/<uuid:stand_id>")
@for_desk
def decide_stand(stand_id: UUID) -> ResponseReturnValue:
    """Yes, no, a spot, or they do not come."""
    answers = forms.decision(request.form, stand_form.written_in())
    try:
        with current_core().units.write() as uow:
            said = _do(uow, stand_id, answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _one(uow, stands.found(uow, stand_id), answers, error)
    flash(said, "success")
    return redirect(url_for(".stand", stand_id=stand_id), code=303)


@at_desk.get("/stands/<uuid:stand_id>/change")
@for_desk
def change_stand_form(stand_id: UUID) -> ResponseReturnValue:
    """What was said of it, to be said again."""
    with current_core().units.read() as uow:
        found = stands.found(uow, stand_id)
        return _change_form(uow, found, forms.filled(stands.application_of(uow, found)))


@at_desk.post("/stands/<uuid:stand_id>/change")
@for_desk
def change_stand(stand_id: UUID) -> ResponseReturnValue:
    """Say something else of it."""
    with current_core().units.read() as uow:
        found = stands.found(uow, stand_id)
        told = stand_form.read(found.market, stands.application_of(uow, found))
        if told.application is None:
            return _change_form(uow, found, told.answers, *told.complaints.errors)
    try:
        with current_core().units.write() as uow:
            stands.change(uow, stand_id, told.application, by_desk=True)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _change_form(uow, stands.found(uow, stand_id), told.answers, error)
    flash(_("Saved."), "success")
    return redirect(url_for(".stand", stand_id=stand_id), code=303)


def _do(uow: UnitOfWork, stand_id: UUID, answers: Answers) -> str:
    """Do what the pressed button says; returns what to say of it."""
    match request.form.get("do"):
        case "confirm":
            stands.confirm(uow, stand_id, by=_by(), knows_how=ticked(answers, "knows_how"))
            return _("Confirmed. The organisation gets a message.")
        case "refuse":
            stands.refuse(uow, stand_id, forms.reasons(answers, stand_form.written_in()), by=_by())
            return _("Said no. The organisation gets a message with the reason.")
        case "place":
            at = forms.spot(answers)
            stand_spots.place(uow, stand_id, at, swap=ticked(answers, "swap"))
            return _("It stands at %(spot)s now.", spot=str(at))
        case "withdraw":
            stands.withdraw(uow, stand_id, by=_by())
            return _("They do not come. The spot is free.")
        case _unknown:
            raise InvalidValue("Press one of the buttons.", field="do")


def _list(uow: UnitOfWork, market: Market, needed: Counter[str], *, is_opened: bool) -> ResponseReturnValue:
    every = cards(uow, market, list(queries.of_market(uow.session, market.id)))
    spots = queries.spots(uow.session, market.id)
    confirmed = [each for each in every if each.code is StandState.CONFIRMED]
    return render_template(
        "markets/stands.html",
        market=market_line(uow, market),
        waiting=[each for each in every if each.code is StandState.APPLIED],
        confirmed=sorted(confirmed, key=lambda each: (not each.spot, each.letter, len(each.spot), each.spot)),
        ended=[each for each in every if not each.is_live],
        ready={each.id for each in every if each.training in ENOUGH},
        spots=spots,
        seats=sum(each.seats for each in confirmed),
        spoken=stand_hall.languages_offered(uow, market, every),
        access=stand_hall.access_offered(market, every, needed),
        fewest=stand_hall.FEWEST,
        is_opened=is_opened,
    )


def _one(
    uow: UnitOfWork, found: Stand, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    every = cards(uow, found.market, list(queries.of_market(uow.session, found.market_id)))
    card = next(each for each in every if each.id == found.id)
    page = render_template(
        "markets/stand.html",
        market=market_line(uow, found.market),
        stand=card,
        is_trained=card.training in ENOUGH,
        zones=stand_hall.zones_of(found.market, every),
        host_link=stand_links.host_link(current_core().links, found),
        called=organisations.phone_of(uow, found.organisation),
        answers=answers or {"spot": card.spot},
        errors=form_errors([error], field="do") if error else [],
        written_in=[(code, LANGUAGES[code].own) for code in stand_form.written_in()],
        longest=LONGEST_REASON,
    )
    return page, status_of(error) if error else 200


def _new_form(uow: UnitOfWork, market: Market, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    return stand_form.page(
        uow,
        market,
        answers,
        errors,
        at_desk=True,
        is_new=True,
        organisations=[(each.hex, name) for each, name in approved_organisations(uow.session)],
        back_url=url_for(".stands", market_id=market.id),
    )


def _change_form(
    uow: UnitOfWork, found: Stand, answers: Answers, *errors: DomainError
) -> ResponseReturnValue:
    return stand_form.page(
        uow,
        found.market,
        answers,
        errors,
        at_desk=True,
        is_new=False,
        organisation=found.organisation.name,
        back_url=url_for(".stand", stand_id=found.id),
    )


def _market(uow: UnitOfWork, market_id: UUID) -> Market:
    market = uow.session.get(Market, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    return market


def _by() -> str:
    return f"account:{staff().account_id}"

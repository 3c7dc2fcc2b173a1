"""Markets for an organisation: asking for a stand, what comes next, and its own stand."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.market_days import StandState
from volunteer.domain.plain_language import advise
from volunteer.domain.stands import Application, Training
from volunteer.models import Market, Stand
from volunteer.queries import organisations as organisation_queries
from volunteer.queries import stands as queries
from volunteer.services import gathering_sign_ups, market_door, stand_drafts, stand_links, stands
from volunteer.services.gathering_sign_ups import Asked, Several
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import stand_form
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core
from volunteer.web.forms import stands as forms
from volunteer.web.forms.answers import at_field
from volunteer.web.gathering_lists import listed
from volunteer.web.kiosk import given_how
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.once import form_id
from volunteer.web.stand_words import cards, market_line, markets_of
from volunteer.web.views.markets.blueprints import of_organisation
from volunteer.web.views.organisation.blueprint import Team, our_team, team_of_form


@of_organisation.get("")
@for_members
def index() -> ResponseReturnValue:
    """Markets to come, and how our stand at each of them is."""
    team = our_team()
    with current_core().units.read() as uow:
        return render_template("markets/own_index.html", team=team, markets=markets_of(uow, team.id))


@of_organisation.get("/<uuid:market_id>")
@for_members
def show(market_id: UUID) -> ResponseReturnValue:
    """This market, and our stand there."""
    team = our_team()
    with current_core().units.read() as uow:
        market = _market(uow, market_id)
        stand = queries.last_of(uow.session, team.id, market_id=market.id)
        said = stand.offer.get(FIRST_LANGUAGE) if stand else None
        is_confirmed = stand is not None and stand.state == StandState.CONFIRMED
        return render_template(
            "markets/own_stand.html",
            team=team,
            market=market_line(uow, market),
            stand=cards(uow, market, [stand])[0] if stand else None,
            is_over=market.ends_at <= uow.now,
            is_today=market_door.is_day(uow, market) and market.ends_at > uow.now,
            may_have_one=organisation_queries.gets_people(uow.session, team.id),
            training=listed(uow, [market.training])[0] if market.training else None,
            advice=advise([said], FIRST_LANGUAGE) if said else None,
            host_link=stand_links.host_link(current_core().links, stand) if stand and is_confirmed else "",
        )


@of_organisation.get("/<uuid:market_id>/stand")
@for_members
def form(market_id: UUID) -> ResponseReturnValue:
    """What we say of our stand: as we said it before, or as our roles say it."""
    team = our_team()
    with current_core().units.read() as uow:
        market = _market(uow, market_id)
        stand = queries.live_of(uow.session, market.id, team.id)
        if stand is None and not stands.takes_stands(uow, market):
            return redirect(url_for(".show", market_id=market_id), code=303)
        said = stands.application_of(uow, stand) if stand else stand_drafts.draft(uow, market, team.id)
        return _form(uow, team, market, stand, forms.filled(said))


@of_organisation.post("/<uuid:market_id>/stand")
@for_members
def send(market_id: UUID) -> ResponseReturnValue:
    """Ask for a stand, or say something else of ours; sign up for the training in the same press."""
    team = _writing()
    with current_core().units.read() as uow:
        market = _market(uow, market_id)
        stand = queries.live_of(uow.session, market.id, team.id)
        kept = stands.application_of(uow, stand) if stand else stand_drafts.draft(uow, market, team.id)
        told = stand_form.read(market, kept)
        size = None
        with told.complaints.collect():
            size = forms.comes_to_training(told.answers)
        if told.application is None or told.complaints.errors:
            return _form(uow, team, market, stand, told.answers, *told.complaints.errors)
    try:
        with current_core().units.write() as uow:
            said = _keep(uow, team, market_id, told.application, size)
    except (InvalidValue, ImpossibleStep, NotAllowed) as error:
        with current_core().units.read() as uow:
            market = _market(uow, market_id)
            return _form(uow, team, market, stand, told.answers, error)
    flash(said, "success")
    return redirect(url_for(".show", market_id=market_id), code=303)


@of_organisation.post("/<uuid:market_id>/withdraw")
@for_members
def withdraw(market_id: UUID) -> ResponseReturnValue:
    """We do not come."""
    team = _writing()
    try:
        with current_core().units.write() as uow:
            stand = queries.live_of(uow.session, market_id, team.id)
            if stand is not None:
                stands.withdraw(uow, stand.id, by=_by())
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_("Your stand is withdrawn. Thank you for telling us in time."), "success")
    return redirect(url_for(".show", market_id=market_id), code=303)


def _keep(uow: UnitOfWork, team: Team, market_id: UUID, application: Application, size: int | None) -> str:
    """Write what the form said; returns what to say of it."""
    stand = queries.live_of(uow.session, market_id, team.id)
    if stand is not None and stand.id != form_id():
        stands.change(uow, stand.id, application)
        said = _("Saved.")
    else:
        stand = stands.apply(
            uow,
            market_id,
            team.id,
            application,
            account_id=staff().account_id,
            form_id=form_id(),
        )
        said = _("Thank you. The info desk looks at it, and you get a message.")
    if size is not None:
        _sign_up(uow, team, stand, size)
    return said


def _sign_up(uow: UnitOfWork, team: Team, stand: Stand, size: int) -> None:
    """For the training, unless they did already."""
    training_id = stand.market.training_id
    if training_id is None or stands.training_of(uow, stand) is not Training.MISSING:
        return
    several = Several(account_id=staff().account_id, organisation_id=team.id, size=size)
    with at_field("training_size"):
        gathering_sign_ups.sign_up_team(uow, training_id, several, Asked(given_how=given_how()))


def _form(
    uow: UnitOfWork,
    team: Team,
    market: Market,
    stand: Stand | None,
    answers: dict[str, object],
    *errors: DomainError,
) -> ResponseReturnValue:
    has_none = market.training is not None and not queries.training_sign_ups(
        uow.session, market.training.id, {team.id}
    )
    training = listed(uow, [market.training])[0] if market.training and has_none else None
    return stand_form.page(
        uow,
        market,
        answers,
        errors,
        at_desk=False,
        team=team,
        is_new=stand is None,
        back_url=url_for(".show", market_id=market.id),
        training=training if training and training.card.takes_sign_ups else None,
    )


def _market(uow: UnitOfWork, market_id: UUID) -> Market:
    """One that was announced. Raises :class:`NotFound`."""
    market = uow.session.get(Market, market_id)
    if market is None or market.opened_at is None:
        raise NotFound("This market is not there any more.")
    return market


def _writing() -> Team:
    team = team_of_form()
    if not team.may_answer:
        raise NotAllowed("A colleague who answers for your team can change this.")
    return team


def _by() -> str:
    return f"account:{staff().account_id}"

"""Who comes to a market, at the desk: found by number or name, written in by hand, changed and forgotten."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ConsentMissing, DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.gatherings import VISITORS_KEPT
from volunteer.domain.market_days import VisitorState
from volunteer.domain.market_visitors import Wishes
from volunteer.models import Candidate, Market, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.services import (
    market_forgetting,
    market_help,
    market_interests,
    market_more_time,
    market_search,
    market_visitors,
    market_wishes,
)
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import Complaints, form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.forms.gatherings import number
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.market_people import offers, own_path
from volunteer.web.market_visitor_rows import group_rows, help_words, visitor_row, visitor_rows
from volunteer.web.market_words import market_page, route_of
from volunteer.web.once import form_id
from volunteer.web.views.markets.blueprints import at_desk
from volunteer.web.views.markets.visiting import shown

ON_A_PAGE = 25
"""So many cards stand on one page: it is read on a phone, too."""


@at_desk.get("/<uuid:market_id>/visitors")
@for_desk
def visitors(market_id: UUID) -> ResponseReturnValue:
    """Everyone who comes, a page at a time from ``after`` so many on; one number or one name alone, when that
    is typed.
    """
    words = request.args.get("q", "")[:80]
    after = max(0, request.args.get("after", 0, type=int))
    with current_core().units.read() as uow:
        market = _market(uow, market_id)
        found = market_search.find(uow, market_id, words)
        return render_template(
            "markets/visitors.html",
            page=market_page(uow, market),
            words=words,
            rows=visitor_rows(uow, market, found[after : after + ON_A_PAGE]),
            before=max(0, after - ON_A_PAGE) if after else None,
            following=after + ON_A_PAGE if after + ON_A_PAGE < len(found) else None,
            total=queries.count_visitors(uow.session, market.id),
            groups=group_rows(uow, queries.groups_of(uow.session, market.id)),
            takes_people=market.ends_at > uow.now and market.state == "open",
        )


@at_desk.get("/<uuid:market_id>/visitors/new")
@for_desk
def visitor_form(market_id: UUID) -> ResponseReturnValue:
    """Somebody without a file stands at the desk, or calls."""
    return _form(market_id, {forms.LANGUAGE: current_language()})


@at_desk.post("/<uuid:market_id>/visitors/new")
@for_desk
def write_in(market_id: UUID) -> ResponseReturnValue:
    """Write them in; they said yes aloud, with this colleague as the witness."""
    answers = forms.newcomer(request.form)
    complaints, language, wishes = Complaints(), "", Wishes()
    with complaints.collect():
        language = forms.language(answers, current_core().settings.centre.languages)
    told = forms.told(answers, language, complaints, is_for_them=True)
    with current_core().units.read() as uow, complaints.collect():
        wishes = forms.wishes(answers, shown(uow, market_id), uow.zone)
    if told is None or complaints.errors:
        return _form(market_id, answers, *complaints.errors)
    try:
        with current_core().units.write() as uow:
            found = market_visitors.register_visitor(uow, market_id, told, wishes, _by_desk(form_id()))
            visitor_id, card = found.id, found.card
    except (InvalidValue, ConsentMissing, ImpossibleStep) as error:
        return _form(market_id, answers, error)
    flash(_("Written in: card %(number)s.", number=card), "success")
    return redirect(url_for(".visitor", visitor_id=visitor_id), code=303)


@at_desk.get("/people/<uuid:candidate_id>")
@for_desk
def of_person(candidate_id: UUID) -> ResponseReturnValue:
    """Markets that somebody with a file can come to, and their cards."""
    with current_core().units.read() as uow:
        person = _person(uow, candidate_id)
        since = uow.now - VISITORS_KEPT
        theirs = queries.of_candidate(uow.session, candidate_id, since=since)
        held = queries.over_since(uow.session, since=since, now=uow.now)
        return render_template(
            "markets/person.html",
            name=person.first_name,
            candidate_id=person.id,
            coming=[market_page(uow, each) for each in queries.open_markets(uow.session, now=uow.now)],
            past=[market_page(uow, each) for each in held],
            theirs={each.market_id: each for each in theirs},
        )


@at_desk.post("/<uuid:market_id>/people/<uuid:candidate_id>")
@for_desk
def write_person_in(market_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    """Write somebody with a file in, or say which card was theirs before they had one; pressed again nothing
    happens.
    """
    typed = request.form.get("card", "").strip()
    has_card = request.form.get("do") == "card"
    try:
        with current_core().units.write() as uow:
            person = _person(uow, candidate_id)
            if has_card:
                market_interests.connect_number(uow, market_id, number({"card": typed}, "card"), person)
                said = _("Card %(number)s is theirs now. What waited for a file goes on.", number=typed)
            else:
                found = market_visitors.register_person(uow, market_id, person, asked=_by_desk())
                said = _("Written in: card %(number)s.", number=found.card)
    except (ImpossibleStep, InvalidValue) as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(said, "success")
    return redirect(url_for(".of_person", candidate_id=candidate_id), code=303)


@at_desk.get("/visitors/<uuid:visitor_id>")
@for_desk
def visitor(visitor_id: UUID) -> ResponseReturnValue:
    """One card: whose it is, the route, and what can be done."""
    with current_core().units.read() as uow:
        return _page(uow, market_visitors.found(uow, visitor_id))


@at_desk.post("/visitors/<uuid:visitor_id>")
@for_desk
def decide_on_visitor(visitor_id: UUID) -> ResponseReturnValue:
    """They come in another way or not at all, or want to be forgotten: said at the desk, or by phone."""
    answers = forms.wished(request.form)
    try:
        with current_core().units.write() as uow:
            found = market_visitors.found(uow, visitor_id)
            if request.form.get("do") == "help":
                by = f"account:{staff().account_id}"
                told = market_help.read(uow, found, reader=by, purpose="market_desk")
                return _page(uow, found, helps=help_words(told))
            said = _do(uow, found, answers)
    except (InvalidValue, ImpossibleStep, ConsentMissing) as error:
        with current_core().units.read() as uow:
            return _page(uow, market_visitors.found(uow, visitor_id), answers=answers, error=error)
    flash(said, "success")
    return redirect(url_for(".visitor", visitor_id=visitor_id), code=303)


def _do(uow: UnitOfWork, found: MarketVisitor, answers: Answers) -> str:
    """Do what the pressed button says; returns what to say of it."""
    match request.form.get("do"):
        case "change":
            # What they speak and like is not on this form: it stays.
            kept = market_wishes.told_by(uow, found)
            wishes = forms.wishes(answers, found.market, uow.zone)
            wishes = replace(wishes, languages=kept.languages, tasks=kept.tasks)
            market_visitors.change(uow, found.id, wishes)
            return _("Saved.")
        case "more_time":
            agrees = forms.agrees_to_help(forms.card(request.form))
            market_more_time.ask(uow, found.id, agrees=agrees, reader=f"account:{staff().account_id}")
            return _("Saved. Their next route gives them more time at each stand.")
        case "does_not_come":
            market_visitors.withdraw(uow, found.id, by=f"account:{staff().account_id}")
            return _("Card %(number)s is not used. Their meetings go to others.", number=found.card)
        case "forget_help":
            market_forgetting.forget_help(uow, found.id)
            return _("Forgotten: what would help this visitor on that day.")
        case "forget_me":
            market_forgetting.forget_now(uow, found.id)
            return _("Forgotten: who this visitor is.")
        case _unknown:
            raise unknown_button()


def _page(
    uow: UnitOfWork,
    found: MarketVisitor,
    *,
    helps: list[str] | None = None,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    market = found.market
    stops = route_of(uow, market, found.id)
    said = answers or forms.as_wished(market_wishes.told_by(uow, found), uow.zone)
    goes_on = found.state == VisitorState.REGISTERED and market.state == "open" and market.ends_at > uow.now
    page = render_template(
        "markets/visitor.html",
        page=market_page(uow, market),
        market_id=market.id,
        row=visitor_row(uow, found, sum(1 for stop in stops if stop.visit_id)),
        stops=stops,
        own_url=own_path(found),
        may_change=goes_on,
        has_file=True,
        has_help=found.help_sealed is not None,
        told_help=helps,
        may_forget=market_forgetting.is_asked_to_forget(uow, found),
        answers=said,
        errors=form_errors([error], field="walk") if error else [],
        **{**offers(uow, market, said), "helps": []},
    )
    return page, status_for(error) if error else 200


def _form(market_id: UUID, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        market = shown(uow, market_id)
        page = render_template(
            "markets/write_in.html",
            page=market_page(uow, market),
            answers=answers,
            errors=form_errors(errors, field="name"),
            **offers(uow, market, answers),
        )
    return page, status_for(errors[0]) if errors else 200


def _by_desk(form: UUID | None = None) -> market_visitors.Asked:
    return market_visitors.Asked(given_how=GivenHow.DESK, by=f"account:{staff().account_id}", form_id=form)


def _market(uow: UnitOfWork, market_id: UUID) -> Market:
    market = uow.session.get(Market, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    return market


def _person(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    person = uow.session.get(Candidate, candidate_id)
    if person is None:
        raise NotFound("This is not there any more.")
    return person

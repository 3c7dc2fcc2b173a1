"""One card of a group: its support worker says in which language it is, and what helps whoever gets it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ConsentMissing, DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import VisitorState
from volunteer.models import MarketVisitor
from volunteer.services import market_groups, market_help, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.market_people import offers, said_languages
from volunteer.web.market_visitor_rows import help_words
from volunteer.web.market_words import market_page
from volunteer.web.support_team import our_referrer
from volunteer.web.views.markets.blueprints import of_support


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


def _card_of_ours(uow: UnitOfWork, visitor_id: UUID) -> MarketVisitor:
    found = market_visitors.found(uow, visitor_id)
    if found.group_id is None:
        raise NotFound("This is not there any more.")
    market_groups.of_referrer(uow, found.group_id, our_referrer().id)
    return found


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

"""The door of a market: cards are scanned or searched, groups come in, and walk-ins get a route at once.

Every page hangs twice: behind the link of a helper, and at the desk.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ConsentMissing, DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.market_days import VisitorState
from volunteer.domain.market_visitors import Wishes
from volunteer.models import MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.queries import markets as market_queries
from volunteer.services import market_door, market_helpers, market_search, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.errors import Complaints, form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers, typed, unchecked
from volunteer.web.forms.desk import unknown_button
from volunteer.web.forms.gatherings import number
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.interpreter_page import interpreter_page
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.market_door import Door, door_card, late_hours, made_up, new_meetings, visitor_of_code
from volunteer.web.market_people import code_link, offers
from volunteer.web.market_visitor_rows import group_rows
from volunteer.web.market_words import market_page, stops_of
from volunteer.web.once import form_id
from volunteer.web.qr import qr_code
from volunteer.web.scanning import code_in
from volunteer.web.security import WITH_CAMERA
from volunteer.web.views.markets.both_doors import at_door
from volunteer.web.views.markets.visiting import shown

_MOST_FOUND = 20
_REFUSED = (InvalidValue, ImpossibleStep, ConsentMissing)


@at_door("", with_interpreters=True)
def door(at: Door) -> ResponseReturnValue:
    """The page that scans; with ``card`` it says large who just came in. An interpreter sees their rounds."""
    with current_core().units.read() as uow:
        if at.interpreter is not None:
            return _interpreter_page(uow, at.interpreter)
        return _door_page(uow, at, came=_uuid(request.args.get("card", "")))


@at_door("", method="POST")
def door_mark(at: Door) -> ResponseReturnValue:
    """A code was scanned, a photo taken, a card pressed, or a name typed."""
    visitor_id = None
    try:
        if request.form.get("do") == "find":
            with current_core().units.read() as uow:
                if at.token:
                    market_door.check_door(uow, shown(uow, at.market_id))
                return _door_page(uow, at, words=_searched())
        code = _scanned() if request.form.get("do") == "scan" else ""
        if code is None:
            return "", 204
        with current_core().units.write() as uow:
            visitor_id = visitor_of_code(uow, current_core().links, code) if code else _pressed()
            was_here = market_door.check_in(uow, at.market_id, visitor_id, by=at.by).was_here
    except _REFUSED as error:
        with current_core().units.read() as uow:
            return _door_page(uow, at, refused=visitor_id, error=error)
    how = {"again": 1} if was_here else {"new": 1} if made_up(at, visitor_id) else {}
    return redirect(at.url("door", card=visitor_id, **how), code=303)


@at_door("/card/<uuid:visitor_id>")
def door_card_page(at: Door, visitor_id: UUID) -> ResponseReturnValue:
    """One card: its route, its code, and everything that can be said of it."""
    with current_core().units.read() as uow:
        return _card_page(uow, at, visitor_id)


@at_door("/card/<uuid:visitor_id>", method="POST")
def door_card_mark(at: Door, visitor_id: UUID) -> ResponseReturnValue:
    """Here, later, not at all, gone, or none of it; a route out of what is free."""
    try:
        with current_core().units.write() as uow:
            said = _say(uow, at, visitor_id)
    except _REFUSED as error:
        with current_core().units.read() as uow:
            return _card_page(uow, at, visitor_id, error)
    new = made_up(at, visitor_id) if request.form.get("do") == "here" else 0
    flash(f"{said} {new_meetings(new)}" if new else said, "success")
    return redirect(at.url("door_card_page", visitor_id=visitor_id), code=303)


@at_door("/group/<uuid:group_id>")
def door_group(at: Door, group_id: UUID) -> ResponseReturnValue:
    """The cards of a group, all ticked: who is not there is unticked."""
    with current_core().units.read() as uow:
        return _group_page(uow, at, group_id)


@at_door("/group/<uuid:group_id>", method="POST")
def door_group_mark(at: Door, group_id: UUID) -> ResponseReturnValue:
    """The ticked ones are here."""
    try:
        with current_core().units.write() as uow:
            here = {found for each in request.form.getlist("here") if (found := _uuid(each))}
            came = market_door.check_in_group(uow, at.market_id, group_id, here, by=at.by)
    except _REFUSED as error:
        with current_core().units.read() as uow:
            return _group_page(uow, at, group_id, error)
    new = sum(made_up(at, each) for each in sorted(here)) if came else 0
    said = ngettext("%(num)d person came in.", "%(num)d people came in.", came)
    flash(f"{said} {new_meetings(new)}" if new else said, "success")
    return redirect(at.url("door"), code=303)


@at_door("/new")
def door_new(at: Door) -> ResponseReturnValue:
    """Somebody without a card stands at the door."""
    return _new_page(at, {forms.LANGUAGE: current_language()})


@at_door("/new", method="POST")
def door_new_now(at: Door) -> ResponseReturnValue:
    """A card, in the hall, and a route; the same form again is the same card."""
    answers = forms.newcomer(request.form)
    complaints, language, wishes = Complaints(), "", Wishes()
    with complaints.collect():
        language = forms.language(answers, current_core().settings.centre.languages)
    told = forms.told(answers, language, complaints, is_for_them=True)
    with current_core().units.read() as uow, complaints.collect():
        wishes = forms.wishes(answers, shown(uow, at.market_id), uow.zone)
    if told is None or complaints.errors:
        return _new_page(at, answers, *complaints.errors)
    try:
        with current_core().units.write() as uow:
            made = market_door.walk_in(uow, at.market_id, told, wishes, form_id=form_id(), by=at.by)
            visitor_id = made.id
    except _REFUSED as error:
        return _new_page(at, answers, error)
    return redirect(at.url("door_card_page", visitor_id=visitor_id), code=303)


def _searched() -> str:
    """The words of the search, as they may stand on the page again."""
    return str(unchecked(typed(request.form, texts=["q"])).get("q", ""))[:80]


def _scanned() -> str | None:
    """What was scanned; ``None`` when a moving picture shows no code yet. Raises :class:`InvalidValue`."""
    code = request.form.get("code", "").strip()
    if code:
        return code[:400]
    picture = request.files.get("picture")
    found = code_in(picture.read()) if picture else None
    if found is None and request.form.get("quiet") != "yes":
        raise InvalidValue(
            "We see no code on this photo. Hold the card flat and near, or type the number.", field="picture"
        )
    return found


def _pressed() -> UUID:
    found = _uuid(request.form.get("card", ""))
    if request.form.get("do") != "here" or found is None:
        raise unknown_button()
    return found


def _say(uow: UnitOfWork, at: Door, visitor_id: UUID) -> str:
    """Do what the pressed button says; returns what to say of it."""
    match request.form.get("do"):
        case "here":
            market_door.check_in(uow, at.market_id, visitor_id, by=at.by)
            return _("Is here.")
        case "undo":
            market_door.undo(uow, at.market_id, visitor_id, by=at.by)
            return _("Undone.")
        case "late":
            until = uow.now + timedelta(minutes=number({"late": request.form.get("late", "")}, "late"))
            market_door.late(uow, at.market_id, visitor_id, until.replace(second=0, microsecond=0), by=at.by)
            return _("We expect them later. Meetings before that go to others.")
        case "absent":
            market_door.absent(uow, at.market_id, visitor_id, by=at.by)
            return _("They do not come. Their meetings go to others.")
        case "left":
            market_door.leave(uow, at.market_id, visitor_id, by=at.by)
            return _("They went home. What they had yet goes to others.")
        case "route":
            return new_meetings(len(market_door.route_now(uow, at.market_id, visitor_id)))
        case _unknown:
            raise unknown_button()


def _door_page(
    uow: UnitOfWork,
    at: Door,
    *,
    came: UUID | None = None,
    words: str | None = None,
    refused: UUID | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    market = shown(uow, at.market_id)
    visitor = market_visitors.found(uow, came) if came else None
    found = market_search.find(uow, market.id, words, live=True) if words and words.strip() else []
    page = render_template(
        "markets/door.html",
        page=market_page(uow, market),
        door=at,
        came=door_card(uow, visitor) if visitor and visitor.market_id == market.id else None,
        was_here="again" in request.args,
        has_new="new" in request.args,
        refused=_number_here(uow, market.id, refused),
        counts=market_queries.counts_of(uow.session, market.id),
        words=words,
        found=[door_card(uow, each) for each in found[:_MOST_FOUND]],
        groups=group_rows(uow, queries.groups_of(uow.session, market.id)),
        is_day=market_door.is_day(uow, market),
        errors=form_errors([error], field="code") if error else [],
    )
    return make_response(page, status_for(error) if error else 200, WITH_CAMERA)


def _card_page(
    uow: UnitOfWork, at: Door, visitor_id: UUID, error: DomainError | None = None
) -> ResponseReturnValue:
    visitor = market_visitors.found(uow, visitor_id)
    market = shown(uow, at.market_id)
    if visitor.market_id != market.id:
        raise ImpossibleStep("This card is for another market. Ask who organises.")
    page = render_template(
        "markets/door_card.html",
        page=market_page(uow, market),
        door=at,
        row=door_card(uow, visitor),
        stops=stops_of(market, market_door.held_visits(uow, visitor), now=uow.now),
        late_hours=late_hours(uow, visitor),
        comes=visitor.state == VisitorState.REGISTERED,
        qr=qr_code(code_link(visitor)),
        errors=form_errors([error], field="card") if error else [],
    )
    return page, status_for(error) if error else 200


def _group_page(
    uow: UnitOfWork, at: Door, group_id: UUID, error: DomainError | None = None
) -> ResponseReturnValue:
    group = market_door.group_of(uow, at.market_id, group_id)
    cards = queries.cards_of(uow.session, group.id)
    page = render_template(
        "markets/door_group.html",
        page=market_page(uow, group.market),
        door=at,
        group=group_rows(uow, [group])[0],
        rows=[door_card(uow, each) for each in cards],
        errors=form_errors([error], field="here") if error else [],
    )
    return page, status_for(error) if error else 200


def _new_page(at: Door, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        market = shown(uow, at.market_id)
        page = render_template(
            "markets/door_new.html",
            page=market_page(uow, market),
            door=at,
            answers=answers,
            errors=form_errors(errors, field="name"),
            **offers(uow, market, answers),
        )
    return page, status_for(errors[0]) if errors else 200


def _interpreter_page(uow: UnitOfWork, helper_id: UUID) -> ResponseReturnValue:
    helper = market_helpers.found(uow, helper_id)
    page = interpreter_page(uow, helper, centre_phone=current_core().settings.centre.phone)
    return render_template("markets/interpreter.html", page=page)


def _number_here(uow: UnitOfWork, market_id: UUID, visitor_id: UUID | None) -> int | None:
    """The number of this card, when it is one of this market: others have the same numbers."""
    visitor = uow.session.get(MarketVisitor, visitor_id) if visitor_id else None
    return visitor.card if visitor and visitor.market_id == market_id else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""A seat, opened by the link of a message or after signing up: only a button there changes anything."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import OF_THE_CENTRE
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import GatheringKind, GatheringState
from volunteer.links import Purpose
from volunteer.models import GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_forgetting, gathering_links, gathering_seats, gathering_sign_ups
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import staff_if_any
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import gathering_sign_ups as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import party_here, ticket_link, to_seat
from volunteer.web.gathering_words import group_words, is_several, moment_said, seat_state
from volunteer.web.language import gettext as _
from volunteer.web.qr import qr_code
from volunteer.web.views.gatherings.blueprints import for_all
from volunteer.web.views.gatherings.teams import FOR_SUPPORT


@for_all.get("/seat/<token>")
@limiter.limit("60 per minute")
def seat(token: str) -> ResponseReturnValue:
    """Where they stand, and what they can do. Opening it answers nothing: mail scanners open links too."""
    with current_core().units.read() as uow:
        party = _party(uow, Purpose.SEAT, token)
        return to_seat(party) if kiosk.is_kiosk() else _page(uow, party)


@for_all.post("/seat/<token>")
@limiter.limit("30 per minute")
def decide(token: str) -> ResponseReturnValue:
    """They come, they do not, or with another number; pressed again nothing more happens."""
    return _decide(lambda uow: _party(uow, Purpose.SEAT, token))


@for_all.get("/seat")
@limiter.limit("60 per minute")
def seat_here() -> ResponseReturnValue:
    """The same on a kiosk, where no address leads back to it: only this visit knows whose it is."""
    with current_core().units.read() as uow:
        party = party_here(uow)
        return _page(uow, party) if party else redirect(url_for(".index"), code=303)


@for_all.post("/seat")
@limiter.limit("30 per minute")
def decide_here() -> ResponseReturnValue:
    """The same as with a link."""
    return _decide(_held_here)


@for_all.get("/ticket/<token>")
@limiter.limit("120 per minute")
def ticket(token: str) -> ResponseReturnValue:
    """The code on a ticket: it brings the desk to who holds it, and everybody else to the activity."""
    with current_core().units.read() as uow:
        party = _party(uow, Purpose.TICKET, token)
        found = staff_if_any()
        if found is not None and found.holds(*OF_THE_CENTRE):
            return redirect(url_for("desk_gatherings.party", party_id=party.id), code=303)
        return redirect(url_for(".show", gathering_id=party.gathering_id), code=303)


def _decide(party_of: Callable[[UnitOfWork], GatheringParty]) -> ResponseReturnValue:
    """Do what the pressed button says with this sign-up."""
    answers = forms.group(request.form)
    try:
        with current_core().units.write() as uow:
            said = _do(uow, party_of(uow), answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, party_of(uow), answers, error)
    flash(said, "success")
    return redirect(request.path, code=303)


def _do(uow: UnitOfWork, party: GatheringParty, answers: Answers) -> str:
    """Do so; returns what to say of it."""
    match request.form.get("do"):
        case "comes":
            gathering_seats.confirm(uow, party.id)
            return _("Thank you. The seat is yours.")
        case "does_not_come":
            gathering_seats.withdraw(uow, party.id)
            return _("Thank you for telling us. Somebody else is glad of the seat.")
        case "size":
            people, companions = forms.size(answers)
            gathering_seats.resize(uow, party.id, people, companions=companions)
            return _("Saved.")
        case "forget_help":
            gathering_forgetting.forget_help(uow, party.id)
            return _("Done. We do not know any more what helps you.")
        case "forget_me":
            gathering_forgetting.forget_now(uow, party.id)
            return _("Done. We do not know any more who you are.")
        case _unknown:
            raise unknown_button()


def _held_here(uow: UnitOfWork) -> GatheringParty:
    party = party_here(uow)
    if party is None:
        raise NotFound("This is not there any more.")
    return party


def _party(uow: UnitOfWork, purpose: Purpose, token: str) -> GatheringParty:
    return gathering_links.party_of(uow, *current_core().links.read(purpose, token))


def _back_url(party: GatheringParty) -> str:
    """Where they chose it: the pages of their team, or the agenda."""
    if not is_several(party):
        return url_for(".index")
    is_for_support = GatheringKind(party.gathering.kind) in FOR_SUPPORT
    return url_for("support_gatherings.index" if is_for_support else "organisation_gatherings.index")


def _page(
    uow: UnitOfWork,
    party: GatheringParty,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    state, gathering = SeatState(party.state), party.gathering
    stands = gathering.state == GatheringState.PUBLISHED and gathering.starts_at > uow.now
    goes_on = gathering.state != GatheringState.CANCELLED and gathering.ends_at > uow.now
    is_in = state is SeatState.IN and goes_on
    page = render_template(
        "agenda/seat.html",
        found=listed(uow, [gathering])[0],
        name=gathering_sign_ups.name_of(uow, party),
        state=seat_state(party),
        code=state.value,
        place=queries.place_in_line(uow.session, party) if state is SeatState.WAITING else None,
        until=moment_said(party.offered_until) if party.offered_until else "",
        may_change=stands and state in LIVE,
        group=group_words(party) if is_several(party) else "",
        back_url=_back_url(party),
        answers=answers or {"size": str(party.size), "companions": str(party.companions)},
        is_in=is_in,
        online_url=gathering.online_url if is_in else None,
        qr=qr_code(ticket_link(party)) if is_in and (gathering.venue_name or gathering.street) else None,
        has_help=party.help_sealed is not None,
        may_forget=gathering_forgetting.is_asked_to_forget(uow, party),
        errors=form_errors([error], field="size") if error else [],
    )
    return page, status_of(error) if error else 200

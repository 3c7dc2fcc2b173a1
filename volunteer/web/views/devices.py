"""A new device: the first page, confirming by one's own channel, and the devices that are remembered."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.devices import Asked
from volunteer.domain.errors import NotFound
from volunteer.links import Purpose
from volunteer.models import Device
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import cards, devices, sessions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import this_device
from volunteer.web.auth import (
    candidate_in_session,
    device_in_session,
    for_candidates,
    for_known_candidates,
    known_file,
    known_in_session,
    open_for_candidate,
    own_file,
    wait_with,
)
from volunteer.web.card_panel import card_panel, device_name
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.extensions import current_core, limiter
from volunteer.web.first_page import steps
from volunteer.web.language import gettext as _

blueprint = Blueprint("devices", __name__)


@blueprint.get("/me/first")
@for_known_candidates
def first() -> ResponseReturnValue:
    """What a card alone shows: a greeting, how far things are, and how to see everything."""
    if _is_open():
        return redirect(url_for("me.file"), code=303)
    core = current_core()
    with core.units.read() as uow:
        candidate = known_file(uow)
        return render_template(
            "me/first.html",
            person=candidate.first_name,
            steps=steps(uow, candidate),
            channel=candidate.channel,
            by_link=devices.can_ask_by_link(uow, candidate, sends=core.settings.sends),
            wipe_url=url_for("me.leave"),
            **_waiting(uow),
        )


@blueprint.get("/me/first/state")
@for_known_candidates
@limiter.exempt
def state() -> ResponseReturnValue:
    """The live part of the first page alone."""
    with current_core().units.read() as uow:
        return render_template("me/_waiting.html", **_waiting(uow))


@blueprint.post("/me/first/ask")
@for_known_candidates
@limiter.limit("10 per minute")
def show_everything() -> ResponseReturnValue:
    """The person wants to see everything here: ask them by their own channel, or ask the desk."""
    core = current_core()
    cookie = this_device.own_cookie()
    with core.units.write() as uow:
        candidate = known_file(uow)
        by_link = devices.can_ask_by_link(uow, candidate, sends=core.settings.sends)
        wanted = Asked.OWN_CHANNEL if by_link and request.form.get("by") != Asked.DESK else Asked.DESK
        device = devices.ask(uow, candidate, kind=this_device.kind(), cookie=cookie, by=wanted)
        wait_with(device.id)
    reply = redirect(url_for(".first"), code=303)
    this_device.keep(reply, cookie)
    return reply


@blueprint.get("/confirm/<token>")
@limiter.limit("60 per minute")
def question(token: str) -> ResponseReturnValue:
    """The link of a message: opening it shows the question, and answers nothing."""
    with current_core().units.read() as uow:
        device = _asked(uow, token)
        if not devices.waiting(uow, device.id):
            return render_template("me/confirm_over.html")
        return render_template(
            "me/confirm.html",
            device=device_name(device.kind),
            day=spoken_day(device.asked_at),
            hour=spoken_hour(device.asked_at),
            sign=device.sign,
            is_here=device_in_session() == device.id,
        )


@blueprint.post("/confirm/<token>")
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """Yes or no; either way the link is spent."""
    is_theirs = request.form.get("answer") == "yes"
    with current_core().units.write() as uow:
        device = _asked(uow, token)
        if not is_theirs:
            devices.refuse(uow, device.id)
            return redirect(url_for(".not_me", token=token), code=303)
        devices.confirm(uow, device.id, by=devices.BY_LINK)
    if device_in_session() == device.id:
        return redirect(url_for(".first"), code=303)
    return redirect(url_for(".confirmed"), code=303)


@blueprint.get("/confirmed")
def confirmed() -> ResponseReturnValue:
    """Said yes: go on where you were."""
    return render_template("me/confirmed.html")


@blueprint.get("/confirm/<token>/no")
@limiter.limit("60 per minute")
def not_me(token: str) -> ResponseReturnValue:
    """Said no: nobody sees anything, and the card can be stopped."""
    with current_core().units.read() as uow:
        _asked(uow, token)
    return render_template("me/not_me.html", stop_url=url_for(".stop_from_afar", token=token))


@blueprint.post("/confirm/<token>/stop")
@limiter.limit("30 per minute")
def stop_from_afar(token: str) -> ResponseReturnValue:
    """The card is in somebody else's hands: stop it."""
    with current_core().units.write() as uow:
        device = _asked(uow, token)
        candidate = confirmed_candidate(uow.session, device.candidate_id)
        if candidate is not None and device.confirmed_at is None:
            cards.revoke(uow, candidate)
            sessions.end_all(uow, candidate)
    flash(_("Your card opens nothing any more. Ask for a new one at the info desk."), "success")
    return redirect(url_for("cards.ask"), code=303)


@blueprint.get("/me/card")
@for_candidates
def own() -> ResponseReturnValue:
    """The person's card and the devices that know them."""
    with current_core().units.read() as uow:
        panel = card_panel(uow, own_file(uow), this=device_in_session())
    return render_template(
        "me/card_and_devices.html", card=panel, back_url=url_for("me.file"), wipe_url=url_for("me.leave")
    )


@blueprint.post("/me/card/stop")
@for_candidates
def stop() -> ResponseReturnValue:
    """The person lost their card: it stops, and what is open elsewhere closes with it."""
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        cards.revoke(uow, candidate)
        sessions.end_all(uow, candidate)
        candidate_id = candidate.id
    open_for_candidate(candidate_id, device=device_in_session())
    flash(_("Your card opens nothing any more. Ask for a new one at the info desk."), "success")
    return redirect(url_for(".own"), code=303)


@blueprint.post("/me/devices/<uuid:device_id>/forget")
@for_candidates
def forget(device_id: UUID) -> ResponseReturnValue:
    """A device is not to know this person any longer; on this one the file closes."""
    is_here = device_in_session() == device_id
    with current_core().units.write() as uow:
        devices.forget(uow, own_file(uow), device_id)
    if is_here:
        session.clear()
    flash(_("That device does not open your file any more."), "success")
    return redirect(url_for("start.home" if is_here else ".own"), code=303)


def _is_open() -> bool:
    """Whether the whole file is open here; a device that was confirmed meanwhile opens it now."""
    if candidate_in_session() is not None:
        return True
    known, device_id = known_in_session(), device_in_session()
    if known is None or device_id is None:
        return False
    with current_core().units.read() as uow:
        if not devices.is_confirmed(uow, device_id, known):
            return False
    open_for_candidate(known, device=device_id)
    return True


def _waiting(uow: UnitOfWork) -> dict[str, object]:
    """Which device this browser waits with, and how that stands."""
    device_id, known = device_in_session(), known_in_session()
    if device_id is None or known is None:
        return {"waiting": None, "is_confirmed": False, "is_refused": False}
    device = devices.waiting(uow, device_id)
    is_confirmed = devices.is_confirmed(uow, device_id, known)
    return {
        "waiting": {"sign": device.sign, "asks_desk": device.ask == Asked.DESK} if device else None,
        "is_confirmed": is_confirmed,
        "is_refused": device is None and not is_confirmed,
    }


def _asked(uow: UnitOfWork, token: str) -> Device:
    """The device that a link asks about. Raises as ``Links.read``, :class:`NotFound` when it is long over."""
    device_id, _proof = current_core().links.read(Purpose.CONFIRM_DEVICE, token)
    device = uow.session.get(Device, device_id)
    if device is None:
        raise NotFound("This was answered already, or it took too long.")
    return device

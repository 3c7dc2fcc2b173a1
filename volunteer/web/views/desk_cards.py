"""Cards at the desk: made anew and stopped, and devices confirmed for who stands there or was called.

Who did it is written down each time, and the person reads it in their journal.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import NotFound
from volunteer.models import Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import cards, deeds, devices, sessions, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.card_panel import keep_issued
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _

blueprint = Blueprint("desk_cards", __name__, url_prefix="/desk/people/<uuid:candidate_id>/card")


@blueprint.post("/renew")
@for_desk
def renew(candidate_id: UUID) -> ResponseReturnValue:
    """A new card; the old one stops at once, and whatever it or a link had opened is closed."""
    with current_core().units.write() as uow:
        person = _person(uow, candidate_id)
        token = cards.renew(uow, person)
        sessions.end_all(uow, person)
        _note(uow, person, DeedKind.NEW_CARD)
    keep_issued(candidate_id, token)
    flash(_("The new card is ready. The old one opens nothing any more."), "success")
    return _back(candidate_id)


@blueprint.post("/stop")
@for_desk
def stop(candidate_id: UUID) -> ResponseReturnValue:
    """Card or phone are lost: neither opens this file any more, nor does a link that was sent before."""

    def forget_everything(uow: UnitOfWork, person: Candidate) -> None:
        cards.revoke(uow, person)
        devices.forget_all(uow, person)
        sessions.end_all(uow, person)
        _note(uow, person, DeedKind.CARD_STOPPED)

    return _change(candidate_id, forget_everything, _("The card is stopped and every device is forgotten."))


@blueprint.post("/close")
@for_desk
def close_everywhere(candidate_id: UUID) -> ResponseReturnValue:
    """The file is perhaps open where it should not be: close it in every browser. The card stays."""

    def close(uow: UnitOfWork, person: Candidate) -> None:
        sessions.end_all(uow, person)
        _note(uow, person, DeedKind.CLOSED_EVERYWHERE)

    return _change(
        candidate_id, close, _("Closed everywhere. Links in older messages open nothing any more.")
    )


@blueprint.post("/devices/<uuid:device_id>/confirm")
@for_desk
def confirm(candidate_id: UUID, device_id: UUID) -> ResponseReturnValue:
    """The desk knows that this is the person's device."""

    def say_yes(uow: UnitOfWork, person: Candidate) -> None:
        support_links.check_witness(uow, person.id, staff().account_id)
        devices.confirm(uow, _device_of(uow, person, device_id), by=f"account:{staff().account_id}")

    return _change(candidate_id, say_yes, _("Confirmed. The person sees everything on that device now."))


@blueprint.post("/devices/<uuid:device_id>/refuse")
@for_desk
def refuse(candidate_id: UUID, device_id: UUID) -> ResponseReturnValue:
    """It is not the person's device, or nobody knows whose."""

    def say_no(uow: UnitOfWork, person: Candidate) -> None:
        devices.refuse(uow, _device_of(uow, person, device_id))
        _note(uow, person, DeedKind.DEVICE_REFUSED)

    return _change(candidate_id, say_no, _("Refused. That device shows nothing more."))


def _change(
    candidate_id: UUID, change: Callable[[UnitOfWork, Candidate], None], said: str
) -> ResponseReturnValue:
    with current_core().units.write() as uow:
        change(uow, _person(uow, candidate_id))
    flash(said, "success")
    return _back(candidate_id)


def _note(uow: UnitOfWork, person: Candidate, kind: DeedKind) -> None:
    deeds.note(uow, person.id, kind, account_id=staff().account_id)


def _person(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    candidate = confirmed_candidate(uow.session, candidate_id)
    if candidate is None:
        raise NotFound("This file is not there any more.")
    return candidate


def _device_of(uow: UnitOfWork, person: Candidate, device_id: UUID) -> UUID:
    """This device, when somebody waits with it for this person's file. Raises :class:`NotFound`."""
    device = devices.waiting(uow, device_id)
    if device is None or device.candidate_id != person.id:
        raise NotFound("This was answered already, or it took too long.")
    return device.id


def _back(candidate_id: UUID) -> Response:
    return redirect(f"{url_for('people.show', candidate_id=candidate_id)}#card", code=303)

"""A file that waits for its person: the ways in which they can say yes, and throwing it away."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.documents.card import card_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.support import EntryKind
from volunteer.models import Candidate, SupportLink
from volunteer.services import cards, pending_files, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import confirming, draft_cookie, kiosk, paper_facts, together_draft
from volunteer.web.auth import for_support_workers, log_out, staff
from volunteer.web.card_panel import card_link, issued_token, keep_issued
from volunteer.web.confirming import Way
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.language import gettext as _
from volunteer.web.language import remember, said_to_reader
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.qr import qr_code

blueprint = Blueprint("pending", __name__, url_prefix="/support/waiting")


@blueprint.get("/<uuid:link_id>")
@for_support_workers
def show(link_id: UUID) -> ResponseReturnValue:
    """Who it is, until when it waits, and the four ways to say yes, or why the desk alone can hear it."""
    core = current_core()
    with core.units.read() as uow:
        link, candidate = pending_files.own_waiting(uow, link_id, staff().account_id)
        token = issued_token(candidate.id)
        address = card_link(token) if token else None
        return render_template(
            "support/waiting.html",
            link_id=link.id,
            reason=_why_not(uow, link),
            name=candidate.first_name,
            until=spoken_day(candidate.expires_at) if candidate.expires_at else "",
            by_mail=candidate.channel == Channel.EMAIL,
            no_link=_why_no_link(uow, link, candidate),
            card_link=address,
            card_code=qr_code(address) if address else None,
        )


@blueprint.post("/<uuid:link_id>/send")
@for_support_workers
@limiter.limit("10 per minute")
def send(link_id: UUID) -> ResponseReturnValue:
    """Send the person their own link."""
    core = current_core()
    with core.units.write() as uow:
        link, candidate = pending_files.own_to_confirm(uow, link_id, staff().account_id)
        refusal = _why_no_link(uow, link, candidate)
        if refusal is None:
            pending_files.send_link(uow, link, candidate, sends=core.settings.sends)
    if refusal is None:
        flash(_("The message is on its way. The person opens it and says yes or no."), "success")
    else:
        flash(refusal, "warning")
    return _back(link_id)


@blueprint.post("/<uuid:link_id>/card")
@for_support_workers
@limiter.limit("10 per minute")
def make_card(link_id: UUID) -> ResponseReturnValue:
    """Make a card to hand over: the person scans it with their own phone, or brings it to the desk."""
    with current_core().units.write() as uow:
        link, candidate = pending_files.own_to_confirm(uow, link_id, staff().account_id)
        token, candidate_id = pending_files.make_card(uow, link, candidate), candidate.id
    keep_issued(candidate_id, token)
    flash(_("The card is ready. Print it, or let the person scan the code now."), "success")
    return _back(link_id)


@blueprint.get("/<uuid:link_id>/card")
@for_support_workers
def card(link_id: UUID) -> ResponseReturnValue:
    """The card that was made minutes ago, on paper."""
    with current_core().units.read() as uow:
        link, candidate = pending_files.own_waiting(uow, link_id, staff().account_id)
        pending_files.check_begin(uow, staff().account_id, link.organisation_id)
        token, newest = issued_token(candidate.id), cards.of(uow, candidate.id)
        if token is None or newest is None:
            raise NotFound("A card can only be printed when it is new. Make a new one.")
        found = paper_facts.card_of(
            uow, candidate, number=newest.number, link=card_link(token), language=candidate.language
        )
    return pdf_reply("card", card_pdf(found, PaperSize.A4))


@blueprint.post("/<uuid:link_id>/hand-over")
@for_support_workers
def hand_over(link_id: UUID) -> ResponseReturnValue:
    """Give this device to the person: the support worker's session ends here, and kiosk rules begin."""
    with current_core().units.write() as uow:
        link, candidate = pending_files.own_to_confirm(uow, link_id, staff().account_id)
        support_links.note(uow, link, EntryKind.HANDED_OVER)
        together_draft.forget(uow)
        candidate_id, language = candidate.id, candidate.language
    draft_cookie.forget()
    log_out()
    reply = redirect(url_for("confirming.show"), code=303)
    kiosk.begin(reply, by_support_worker=True)
    kiosk.mark_busy(reply)
    confirming.begin(candidate_id, Way.HANDED_OVER)
    remember(reply, language)
    return reply


@blueprint.post("/<uuid:link_id>/throw-away")
@for_support_workers
def throw_away(link_id: UUID) -> ResponseReturnValue:
    """The person would rather not, or it was begun wrongly: nothing stays."""
    account_id = staff().account_id
    with current_core().units.write() as uow:
        _link, candidate = pending_files.own_waiting(uow, link_id, account_id, hold=True)
        pending_files.throw_away(uow, candidate, account_id=account_id)
    flash(_("Thrown away. Nothing of it was kept."), "success")
    return redirect(url_for("support.home"), code=303)


def _why_not(uow: UnitOfWork, link: SupportLink) -> str | None:
    """Why the referrer brings nobody now, in words; ``None`` where it may."""
    try:
        pending_files.check_begin(uow, link.account_id, link.organisation_id)
    except NotAllowed as error:
        return form_errors([error])[0].message
    return None


def _why_no_link(uow: UnitOfWork, link: SupportLink, candidate: Candidate) -> str | None:
    """Why no link can be sent to this person now, in words; ``None`` where one can."""
    try:
        pending_files.check_send(uow, link, candidate, sends=current_core().settings.sends)
    except ImpossibleStep as error:
        return said_to_reader(error)
    return None


def _back(link_id: UUID) -> Response:
    return redirect(url_for(".show", link_id=link_id), code=303)

"""Everything on paper, as PDF: for a person from their own file, for the desk from theirs."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from volunteer.documents.calls import calls_pdf
from volunteer.documents.card import card_pdf
from volunteer.documents.letter import letter_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.documents.slip import slip_pdf
from volunteer.documents.suggestions import suggestions_pdf
from volunteer.domain.errors import NotFound
from volunteer.models import Candidate
from volunteer.services import cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import paper_facts
from volunteer.web.auth import for_candidates, for_desk, own_file, token_to_show
from volunteer.web.card_panel import card_link, issued_token
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.paper_reply import pdf_reply

blueprint = Blueprint("papers", __name__)


@blueprint.get("/me/paper/slip/<uuid:about_id>")
@for_candidates
def slip(about_id: UUID) -> ResponseReturnValue:
    """One suggestion or introduction to take along."""
    with current_core().units.write() as uow:
        found = paper_facts.slip_of(uow, own_file(uow), about_id, current_language())
    return pdf_reply("slip", slip_pdf(found, _size(PaperSize.A5)))


@blueprint.get("/me/paper/suggestions")
@for_candidates
def suggestions() -> ResponseReturnValue:
    """The whole list."""
    with current_core().units.write() as uow:
        found = paper_facts.suggestions_of(uow, own_file(uow), current_language())
    return pdf_reply("suggestions", suggestions_pdf(found, _size(PaperSize.A4)))


@blueprint.get("/me/paper/card")
@for_candidates
def card() -> ResponseReturnValue:
    """The card of who just signed up here."""
    with current_core().units.read() as uow:
        return _card(uow, own_file(uow), token_to_show(), current_language())


@blueprint.get("/desk/people/<uuid:candidate_id>/paper/slip/<uuid:about_id>")
@for_desk
def desk_slip(candidate_id: UUID, about_id: UUID) -> ResponseReturnValue:
    """One suggestion or introduction, in the language of the person."""
    with current_core().units.write() as uow:
        candidate = _person(uow, candidate_id)
        found = paper_facts.slip_of(uow, candidate, about_id, candidate.language)
    return pdf_reply("slip", slip_pdf(found, _size(PaperSize.A5)))


@blueprint.get("/desk/people/<uuid:candidate_id>/paper/suggestions")
@for_desk
def desk_suggestions(candidate_id: UUID) -> ResponseReturnValue:
    """The whole list of a person."""
    with current_core().units.write() as uow:
        candidate = _person(uow, candidate_id)
        found = paper_facts.suggestions_of(uow, candidate, candidate.language)
    return pdf_reply("suggestions", suggestions_pdf(found, _size(PaperSize.A4)))


@blueprint.get("/desk/people/<uuid:candidate_id>/paper/card")
@for_desk
def desk_card(candidate_id: UUID) -> ResponseReturnValue:
    """The card this desk worker made for a person, minutes ago."""
    with current_core().units.read() as uow:
        candidate = _person(uow, candidate_id)
        return _card(uow, candidate, issued_token(candidate_id), candidate.language)


@blueprint.get("/desk/calls/<uuid:message_id>/letter")
@for_desk
def letter(message_id: UUID) -> ResponseReturnValue:
    """What somebody is to be told, as a letter."""
    with current_core().units.read() as uow:
        found = paper_facts.letter_of(uow, message_id)
    return pdf_reply("letter", letter_pdf(found, _size(PaperSize.A4)))


@blueprint.get("/desk/calls/list")
@for_desk
def calls() -> ResponseReturnValue:
    """Whom to call and what to say, on paper."""
    core = current_core()
    with core.units.read() as uow:
        lines, now = paper_facts.call_lines(uow), uow.now
    zone = core.settings.centre.time_zone
    made = calls_pdf(lines, _size(PaperSize.A4), desk=current_language(), time_zone=zone, made_at=now)
    return pdf_reply("calls", made)


def _card(uow: UnitOfWork, candidate: Candidate, token: str | None, language: str) -> Response:
    """The token is kept nowhere, so there is nothing to print once it is forgotten."""
    newest = cards.of(uow, candidate.id)
    if token is None or newest is None:
        raise NotFound("A card can only be printed when it is new. Ask for a new one at the info desk.")
    found = paper_facts.card_of(
        uow, candidate, number=newest.number, link=card_link(token), language=language
    )
    return pdf_reply("card", card_pdf(found, _size(PaperSize.A4)))


def _person(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    candidate = uow.session.get(Candidate, candidate_id)
    if candidate is None:
        raise NotFound("This is not there any more.")
    return candidate


def _size(usual: PaperSize) -> PaperSize:
    """What ``?size=`` asks for, else the usual one."""
    asked = request.args.get("size", "").lower()
    return PaperSize(asked) if asked in set(PaperSize) else usual

"""How does it go? Answered from a message without a log-in, from one's own file, or at the desk by phone."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.follow_ups import Outcome, Side
from volunteer.links import Purpose
from volunteer.models import FollowUp
from volunteer.services import follow_ups
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_candidates, for_desk, own_file, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import follow_ups as forms
from volunteer.web.role_words import role_words

blueprint = Blueprint("follow_ups", __name__)


@blueprint.get("/how/<token>")
@limiter.limit("60 per minute")
def ask(token: str) -> ResponseReturnValue:
    """The question. Programs that look at mail open links too, and must not decide anything."""
    with current_core().units.read() as uow:
        return _page(uow, _by_link(uow, token))


@blueprint.post("/how/<token>")
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """One button says how it goes."""
    with current_core().units.write() as uow:
        return _answer(uow, _by_link(uow, token), answered_by="link")


@blueprint.get("/me/how/<uuid:follow_up_id>")
@for_candidates
def own(follow_up_id: UUID) -> ResponseReturnValue:
    """The question, in one's own file."""
    with current_core().units.read() as uow:
        return _page(uow, _own(uow, follow_up_id))


@blueprint.post("/me/how/<uuid:follow_up_id>")
@for_candidates
def answer_own(follow_up_id: UUID) -> ResponseReturnValue:
    """The answer, in one's own file."""
    with current_core().units.write() as uow:
        return _answer(uow, _own(uow, follow_up_id), answered_by="own_file")


@blueprint.get("/desk/how/<uuid:follow_up_id>")
@for_desk
def at_desk(follow_up_id: UUID) -> ResponseReturnValue:
    """The question, for who asks it by phone."""
    with current_core().units.read() as uow:
        return _page(uow, follow_ups.found(uow, follow_up_id), is_desk=True)


@blueprint.post("/desk/how/<uuid:follow_up_id>")
@for_desk
def answer_at_desk(follow_up_id: UUID) -> ResponseReturnValue:
    """The answer, as it was heard."""
    with current_core().units.write() as uow:
        follow_up = follow_ups.found(uow, follow_up_id)
        return _answer(uow, follow_up, answered_by=f"account:{staff().account_id}", is_desk=True)


def _by_link(uow: UnitOfWork, token: str) -> FollowUp:
    follow_up_id, proof = current_core().links.read(Purpose.FOLLOW_UP, token)
    return follow_ups.by_link(uow, follow_up_id, proof)


def _own(uow: UnitOfWork, follow_up_id: UUID) -> FollowUp:
    follow_up = follow_ups.found(uow, follow_up_id)
    if follow_up.candidate_id != own_file(uow).id or follow_up.side != Side.PERSON:
        raise NotFound("This is not there any more.")
    return follow_up


def _answer(
    uow: UnitOfWork, follow_up: FollowUp, *, answered_by: str, is_desk: bool = False
) -> ResponseReturnValue:
    """Answer, and say thank you; a second press finds the first answer and changes nothing."""
    try:
        going, outcomes = forms.answer(request.form)
    except InvalidValue as error:
        return _page(uow, follow_up, error=error, is_desk=is_desk), 422
    with suppress(ImpossibleStep):
        follow_ups.answer(uow, follow_up.id, going, outcomes, answered_by=answered_by)
    return _page(uow, follow_up, is_desk=is_desk)


def _page(
    uow: UnitOfWork, follow_up: FollowUp, *, error: InvalidValue | None = None, is_desk: bool = False
) -> str:
    introduction = follow_up.introduction
    role = introduction.opportunity
    words = role_words(role)
    return render_template(
        "follow_ups/ask.html",
        asks_person=follow_up.side == Side.PERSON,
        person=introduction.candidate.first_name,
        role=words.title,
        role_language=words.language,
        organisation=role.organisation.name,
        is_open=follow_ups.is_open(uow, follow_up),
        going=follow_up.going,
        outcomes=[each.value for each in Outcome],
        chosen=forms.outcomes(request.form),
        is_desk=is_desk,
        errors=form_errors([error]) if error else [],
    )

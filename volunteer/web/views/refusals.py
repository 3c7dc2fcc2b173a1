"""Saying no to a suggestion, why, what that changes, and taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.refusals import RefusalReason
from volunteer.models import Opportunity
from volunteer.services import refusals, suggestions, ways
from volunteer.services.own_suggestions import own_suggestion
from volunteer.services.refusals import Refused
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import text, typed
from volunteer.web.language import gettext as _
from volunteer.web.language import in_another_language, is_chosen_here
from volunteer.web.own_pages import answer_url
from volunteer.web.refusal_words import changes_lists, effect, reason_choices, reason_in
from volunteer.web.role_words import role_words
from volunteer.web.suggestion_page import wait_for

blueprint = Blueprint("my_refusals", __name__)


@blueprint.get("/me/suggestions/<uuid:suggestion_id>/refuse")
@for_candidates
def refuse(suggestion_id: UUID) -> ResponseReturnValue:
    """What is wrong with it? Nobody has to say."""
    return _ask(suggestion_id)


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/refuse")
@for_candidates
def say_no(suggestion_id: UUID) -> ResponseReturnValue:
    """Take it off the list, and keep the reason."""
    given = typed(request.form, texts=("reason",))
    if is_chosen_here():
        return in_another_language(lambda: _ask(suggestion_id, given))
    try:
        reason, task = reason_in(text(given, "reason"))
        with current_core().units.write() as uow:
            refusals.refuse(uow, own_file(uow), suggestion_id, reason=reason, task=task)
    except ValueError:
        wrong = InvalidValue("Choose one of these reasons, or say nothing.", field="reason")
        return _ask(suggestion_id, given, [wrong]), 422
    except InvalidValue as error:
        return _ask(suggestion_id, given, [error]), 422
    return redirect(url_for(".after", suggestion_id=suggestion_id), code=303)


@blueprint.get("/me/suggestions/<uuid:suggestion_id>/refused")
@for_candidates
def after(suggestion_id: UUID) -> ResponseReturnValue:
    """It is gone: what that changes, what we could do, and how to take it back."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        found = refusals.of(uow, candidate, suggestion_id)
        reason = found.refusal.reason
        return render_template(
            "me/refused.html",
            **_line(found),
            minutes=refusals.closer_way(uow, candidate, found),
            asks_where=reason is RefusalReason.TOO_FAR and ways.home_of(uow, candidate).position is None,
            asks_hours=reason is RefusalReason.HOURS,
            where_url=answer_url("where"),
            hours_url=answer_url("when"),
            closer_url=url_for(".closer", suggestion_id=suggestion_id),
            again_url=url_for("my_suggestions.again") if changes_lists(found.refusal) else None,
            back_url=url_for("my_suggestions.show"),
            wipe_url=url_for("me.leave"),
        )


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/closer")
@for_candidates
def closer(suggestion_id: UUID) -> ResponseReturnValue:
    """Yes, look closer by: from now on, and at once."""
    try:
        with current_core().units.write() as uow:
            candidate = own_file(uow)
            refusals.look_closer(uow, candidate, suggestion_id)
            event_id = suggestions.ask_again(uow, candidate)
    except ImpossibleStep:  # pressed twice: it is so already
        return redirect(url_for(".after", suggestion_id=suggestion_id), code=303)
    wait_for(session, event_id)
    return redirect(url_for("my_suggestions.show"), code=303)


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/undo")
@for_candidates
def undo(suggestion_id: UUID) -> ResponseReturnValue:
    """Take the no back."""
    with current_core().units.write() as uow:
        refusals.undo(uow, own_file(uow), suggestion_id)
    flash(_("It may come back on your list. Your reason counts no more."), "success")
    return redirect(url_for("my_suggestions.show"), code=303)


@blueprint.get("/me/suggestions/refused")
@for_candidates
def refused() -> ResponseReturnValue:
    """Everything that was taken off, with what it changes."""
    with current_core().units.read() as uow:
        return render_template(
            "me/refusals.html",
            refused=[_line(each) for each in refusals.refused_by(uow, own_file(uow).id)],
            again_url=url_for("my_suggestions.again"),
            back_url=url_for("my_suggestions.show"),
            wipe_url=url_for("me.leave"),
        )


def _ask(
    suggestion_id: UUID, given: dict[str, object] | None = None, errors: list[DomainError] | None = None
) -> str:
    with current_core().units.read() as uow:
        opportunity = own_suggestion(uow, own_file(uow).id, suggestion_id).opportunity
        return render_template(
            "me/refuse.html",
            **_role(opportunity),
            reasons=reason_choices(opportunity),
            answers=given or {},
            errors=form_errors(errors or []),
            back_url=url_for("my_suggestions.show"),
            wipe_url=url_for("me.leave"),
        )


def _line(refused: Refused) -> dict[str, object]:
    opportunity = refused.suggestion.opportunity
    return {
        **_role(opportunity),
        "effect": effect(refused.refusal, opportunity),
        "undo_url": url_for(".undo", suggestion_id=refused.suggestion.id),
    }


def _role(opportunity: Opportunity) -> dict[str, object]:
    words = role_words(opportunity)
    return {
        "title": words.title,
        "language": words.language,
        "organisation": opportunity.organisation.name,
    }

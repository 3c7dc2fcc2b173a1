"""Nothing fits: one question, a signal to the desk, and other services to turn to."""

from __future__ import annotations

from babel.dates import format_date
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.other_services import OtherService, first_for, other_services
from volunteer.domain.signals import SignalCause
from volunteer.queries.signals import open_signal_of
from volunteer.queries.suggestions import newest_list
from volunteer.services import signals
from volunteer.times_in_words import locale_of
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import text, typed
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.language import gettext as _
from volunteer.web.own_pages import answers_url

blueprint = Blueprint("my_signals", __name__)


@blueprint.get("/me/nothing-fits")
@for_candidates
def ask() -> ResponseReturnValue:
    """Why does nothing fit?"""
    return _ask()


@blueprint.post("/me/nothing-fits")
@for_candidates
@limiter.limit("20 per minute", exempt_when=is_chosen_here)
def say() -> ResponseReturnValue:
    """Keep the cause, and tell the desk."""
    given = typed(request.form, texts=("cause", "words"))
    if is_chosen_here():
        return in_another_language(lambda: _ask(given))
    try:
        with current_core().units.write() as uow:
            signals.give(uow, own_file(uow), _cause(text(given, "cause")), words=text(given, "words"))
    except InvalidValue as error:
        return _ask(given, [error]), 422
    return redirect(url_for(".said"), code=303)


@blueprint.get("/me/nothing-fits/others")
@for_candidates
def said() -> ResponseReturnValue:
    """What happens now, and who else may help."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        signal = open_signal_of(uow.session, candidate.id)
        cause = signals.own(uow, signal).cause if signal else None
        made = newest_list(uow.session, candidate.id)
    return render_template(
        "me/other_services.html",
        is_said=signal is not None,
        services=[_service(each) for each in first_for(other_services(current_core().settings), cause)],
        answers_url=answers_url(),
        others_url=url_for("my_suggestions.others", list_id=made.id) if made else None,
        back_url=url_for("my_suggestions.show"),
        wipe_url=url_for("me.leave"),
    )


def causes() -> list[tuple[SignalCause, str, str]]:
    """Every cause with its words and its picture, in order; the desk says them in the same words."""
    return [
        (SignalCause.NEAR, _("There is nothing near me"), "map-pin"),
        (SignalCause.HOURS, _("There is nothing at my hours"), "clock"),
        (SignalCause.TASKS, _("There is nothing that I like"), "heart"),
        (SignalCause.LANGUAGE, _("There is nothing in my language"), "language"),
        (SignalCause.NEEDS, _("There is nothing with what helps me"), "heart-handshake"),
        (SignalCause.OTHER, _("Something else"), "message"),
    ]


def _cause(said: str) -> SignalCause:
    if said not in list(SignalCause):
        raise InvalidValue("Choose what comes nearest.", field="cause")
    return SignalCause(said)


def _ask(given: dict[str, object] | None = None, errors: list[DomainError] | None = None) -> str:
    return render_template(
        "me/nothing_fits.html",
        causes=causes(),
        answers=given or {},
        errors=form_errors(errors or []),
        back_url=url_for("my_suggestions.show"),
        wipe_url=url_for("me.leave"),
    )


def _service(service: OtherService) -> dict[str, object]:
    reader = current_language()
    spoken = (LANGUAGES[code] for code in service.languages)
    return {
        "name": service.name(reader),
        "purpose": service.purpose(reader),
        "phone": service.phone,
        "site": service.site,
        "languages": [(each.code, each.own) for each in spoken],
        "checked_on": str(format_date(service.checked_on, "d MMMM y", locale=locale_of(reader))),
        "is_demo": service.is_demo,
    }

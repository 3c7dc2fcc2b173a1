"""A person's own answers: every one in words, and each to be changed on the page that asked it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import Strength
from volunteer.domain.candidates import SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import DomainError
from volunteer.models import Candidate
from volunteer.services import agreements, candidates, needs
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.extensions import current_core, limiter
from volunteer.web.file_summary import own_needs, own_rows
from volunteer.web.forms.answers import Answers, text, typed
from volunteer.web.forms.file_answers import CHANGEABLE, answers_of, changed
from volunteer.web.forms.signup_steps import HELPS, NEEDS, STEPS, Step
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.language import gettext as _
from volunteer.web.question_pages import BACK, question_page
from volunteer.web.views.me.blueprint import blueprint

_PAGES = {slug: STEPS[slug] for slug in (*CHANGEABLE, HELPS.slug, *(step.slug for step in NEEDS))}


@blueprint.get("/me/answers")
@for_candidates
def answers() -> ResponseReturnValue:
    """Every answer in words, with a way to change it; looking at the needs is written in the journal."""
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        keeps_needs = agreements.agrees(uow, candidate, Purpose.NEEDS)
        file = candidates.answers_of(uow, candidate, opened=_opened(uow, candidate, "look"))
        return render_template(
            "me/answers.html",
            rows=[
                (label, said, url_for(".change", step=slug))
                for label, said, slug in own_rows(file, uow.today)
            ],
            needs=own_needs(file) if keeps_needs else None,
            needs_url=url_for(".change", step=NEEDS[0].slug if keeps_needs else HELPS.slug),
            consents_url=url_for(".consents"),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
        )


@blueprint.get("/me/answers/<path:step>")
@for_candidates
def change(step: str) -> ResponseReturnValue:
    """The page that asked it, with the answer as it stands in the file."""
    chosen = _PAGES.get(step) or abort(404)
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        if chosen.dimension and not agreements.agrees(uow, candidate, Purpose.NEEDS):
            return redirect(url_for(".change", step=HELPS.slug), code=303)
        return _page(chosen, answers_of(_file(uow, candidate, chosen)))


@blueprint.post("/me/answers/<path:step>")
@for_candidates
@limiter.limit("120 per minute")
def save(step: str) -> ResponseReturnValue:
    """Take over the answer of this page, and go back to all answers."""
    chosen = _PAGES.get(step) or abort(404)
    if BACK in request.form:
        return redirect(url_for(".answers"), code=303)
    given = typed(request.form, texts=chosen.texts, lists=chosen.lists)
    if is_chosen_here():
        return in_another_language(lambda: _page(chosen, given))
    complaints = chosen.complaints(given)
    if complaints:
        return _page(chosen, given, complaints), 422
    return _decide_on_needs(given) if chosen is HELPS else _save(chosen, given)


def _save(chosen: Step, given: Answers) -> ResponseReturnValue:
    try:
        with current_core().units.write() as uow:
            candidate = own_file(uow)
            if chosen.dimension and not agreements.agrees(uow, candidate, Purpose.NEEDS):
                return redirect(url_for(".change", step=HELPS.slug), code=303)
            file = _file(uow, candidate, chosen)
            new = changed(file, chosen, given)
            if new != file:
                candidates.change(uow, candidate, new, with_needs=chosen.dimension is not None)
    except DomainError as error:
        return _page(chosen, given, [error]), 422
    following = _after(chosen)
    if following is not None:
        return redirect(url_for(".change", step=following.slug), code=303)
    flash(_("Kept. We look again what suits you.") if new != file else _("Nothing changed."), "success")
    return redirect(url_for(".answers"), code=303)


def _decide_on_needs(given: Answers) -> ResponseReturnValue:
    """Asked in the words of the sign-up: yes leads to the questions, no to where a yes is taken back."""
    wants = text(given, "consent_needs") == "yes"
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        agreed = agreements.agrees(uow, candidate, Purpose.NEEDS)
        if wants:
            agreements.give(
                uow, candidate, Purpose.NEEDS, language=current_language(), given_how=kiosk.given_how()
            )
    if wants:
        return redirect(url_for(".change", step=NEEDS[0].slug), code=303)
    return redirect(url_for(".consents") if agreed else url_for(".answers"), code=303)


def _after(chosen: Step) -> Step | None:
    """The questions about what helps follow each other; any other page stands alone."""
    if chosen not in NEEDS or chosen is NEEDS[-1]:
        return None
    return NEEDS[NEEDS.index(chosen) + 1]


def _page(chosen: Step, answers: Answers, errors: list[DomainError] | None = None) -> str:
    for error in errors or ():
        if chosen.dimension and error.field not in chosen.names:
            # What does not go together with another answer is said here, where it was pressed.
            error.field = "needs_unknown"
    last = _after(chosen) is None and chosen is not HELPS
    return question_page(
        chosen, answers, errors or (), has_back=True, next_text=_("Keep this") if last else None
    )


def _file(uow: UnitOfWork, candidate: Candidate, chosen: Step) -> SignUp:
    """The file as far as this page needs it: what helps is opened only where it is asked."""
    opened = _opened(uow, candidate, "change") if chosen.dimension else {}
    return candidates.answers_of(uow, candidate, opened=opened)


def _opened(uow: UnitOfWork, candidate: Candidate, purpose: str) -> dict[str, Strength]:
    if not agreements.agrees(uow, candidate, Purpose.NEEDS):
        return {}
    return needs.read(uow, candidate, reader="candidate", purpose=purpose)

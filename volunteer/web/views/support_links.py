"""Signing up together: a support worker asks and reads aloud, and the person says yes or no themselves."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import abort
from werkzeug.wrappers import Response

from volunteer.domain.errors import DomainError, NotAllowed
from volunteer.domain.languages import LANGUAGES
from volunteer.services import pending_files
from volunteer.translation import is_right_to_left
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import neighbourhoods, together_draft
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.enrolment_page import offered
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import signup as reading
from volunteer.web.forms import together as forms
from volunteer.web.forms.answers import Answers, text, typed
from volunteer.web.forms.signup_steps import STEPS, Step
from volunteer.web.language import BUTTON, is_chosen_here, remember
from volunteer.web.language import gettext as _
from volunteer.web.question_pages import BACK, question_page
from volunteer.web.said_together import to_say
from volunteer.web.signup_summary import rows_without_needs
from volunteer.web.support_team import our_referrer

blueprint = Blueprint("support_links", __name__, url_prefix="/support")

_INVALID = 422
_AGE = STEPS["age"]


@blueprint.get("/enrol")
@for_support_workers
def begin() -> ResponseReturnValue:
    """What signing up together is, who has not confirmed yet, and how to begin."""
    with current_core().units.read() as uow:
        pending_files.check_begin(uow, staff().account_id, our_referrer().id)
        return render_template("support/enrol.html", waiting=_waiting(uow), referrer=our_referrer().name)


@blueprint.post("/enrol")
@for_support_workers
def begin_now() -> ResponseReturnValue:
    """A fresh draft, without anything of whoever was signed up before."""
    with current_core().units.write() as uow:
        together_draft.forget(uow)
    return _to(forms.SPEAKS)


@blueprint.get("/enrol/<step>")
@for_support_workers
def step(step: str) -> ResponseReturnValue:
    """One question, with what to read aloud; earlier questions come first."""
    chosen = forms.PAGES.get(step) or abort(404)
    with current_core().units.read() as uow:
        pending_files.check_begin(uow, staff().account_id, our_referrer().id)
        draft = together_draft.load(uow)
    missing = draft.missing_before(chosen)
    return _to(missing) if missing else _page(chosen, draft)


@blueprint.post("/enrol/<step>")
@for_support_workers
@limiter.limit("300 per minute")
def answer(step: str) -> ResponseReturnValue:
    """Keep the answer of one page and go on; the last one begins the file, which waits for the person."""
    chosen = forms.PAGES.get(step) or abort(404)
    given = typed(request.form, texts=chosen.texts, lists=chosen.lists)
    with current_core().units.write() as uow:
        draft = together_draft.load(uow, for_change=True)
        if is_chosen_here() or BACK in request.form:
            return _leave(uow, chosen, given, draft)
        if chosen is forms.READY:
            return _finish(uow, draft)
        if missing := draft.missing_before(chosen):
            return _to(missing)
        complaints = forms.complaints(chosen, given, offered())
        if complaints:
            draft.unsent[chosen.slug] = given
            return _page(chosen, draft, complaints), _INVALID
        if chosen is _AGE and not reading.is_sixteen(given):
            return _too_young(uow)
        draft.keep(chosen, given)
        together_draft.save(uow, draft)
        is_change = request.args.get("to") == forms.READY.slug and not draft.missing_before(forms.READY)
        return _to(forms.READY if is_change else draft.after(chosen))


def _leave(uow: UnitOfWork, chosen: Step, given: Answers, draft: forms.TogetherDraft) -> ResponseReturnValue:
    """Another language, or a page back: what was typed stays as it is."""
    draft.set_aside(chosen, given)
    together_draft.save(uow, draft)
    code = request.form.get(BUTTON)
    if code is None:
        before = draft.before(chosen)
        return _to(before) if before else redirect(url_for(".begin"), code=303)
    reply = redirect(request.full_path.rstrip("?"), code=303)
    remember(reply, code)
    return reply


def _too_young(uow: UnitOfWork) -> Response:
    together_draft.forget(uow)
    flash(_("Who is not 16 yet gets no file. Talk about what is possible later."), "warning")
    return redirect(url_for(".begin"), code=303)


def _finish(uow: UnitOfWork, draft: forms.TogetherDraft) -> ResponseReturnValue:
    """Begin the file. Sent twice, the form finds the one it made."""
    link_id = together_draft.made(uow)
    if link_id is None:
        if missing := draft.missing_before(forms.READY):
            return _to(missing)
        try:
            whole = forms.told(draft.answers, offered())
            neighbourhoods.check(draft.answers)
            link = pending_files.begin(
                uow, whole, account_id=staff().account_id, organisation_id=our_referrer().id
            )
        except NotAllowed:
            raise
        except DomainError as error:
            return _page(forms.READY, draft, [error]), _INVALID
        link_id = link.id
        together_draft.became(uow, link_id)
    return redirect(url_for("pending.show", link_id=link_id), code=303)


def _page(chosen: Step, draft: forms.TogetherDraft, errors: list[DomainError] | None = None) -> str:
    language = text(draft.answers, forms.LANGUAGE) or None
    more: dict[str, object] = {"say": to_say(chosen.slug, language), "wipe_url": None}
    if chosen is forms.SPEAKS:
        more["person_languages"] = [(code, LANGUAGES[code].own, is_right_to_left(code)) for code in offered()]
    if chosen is forms.READY:
        more["rows"] = [
            (label, said, _change(slug)) for label, said, slug in rows_without_needs(draft.answers)
        ]
        more["language"] = LANGUAGES[language].own if language else ""
    answers = draft.shown(chosen)
    if chosen.slug == "contact":
        answers = {"contact_support_worker": staff().name, **answers}
    return question_page(
        chosen,
        answers,
        errors or (),
        has_back=True,
        number=forms.WAY.index(chosen) + 1,
        total=len(forms.WAY),
        **more,
    )


def _change(slug: str) -> str:
    page = slug if slug in forms.PAGES else "when"
    return url_for(".step", step=page, to=forms.READY.slug)


def _waiting(uow: UnitOfWork) -> list[dict[str, object]]:
    """Who has not confirmed yet: first name, and how many days are left."""
    return [
        {
            "url": url_for("pending.show", link_id=link.id),
            "name": candidate.first_name,
            "days": (candidate.expires_at - uow.now).days if candidate.expires_at else 0,
        }
        for link, candidate in pending_files.waiting_of(uow, staff().account_id)
    ]


def _to(chosen: Step) -> Response:
    return redirect(url_for(".step", step=chosen.slug), code=303)

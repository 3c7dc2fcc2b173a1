"""The sign-up, one question a page. Answers wait in a sealed draft on the server, behind a random cookie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.domain.errors import DomainError
from volunteer.services import candidates, drafts
from volunteer.web import choices, draft_cookie, kiosk, neighbourhoods
from volunteer.web.auth import candidate_in_session, open_for_candidate
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.forms.signup_steps import AGE, CHECK, COUNTED, HELPS, NAME, STEPS, SignUpDraft, Step
from volunteer.web.language import current_language, offered_languages, remember
from volunteer.web.signup_summary import summary

LANGUAGE, BACK = "language", "back"
"""Names of the buttons that leave a page without sending it: in another language, or one page back."""
REPEAT_LASTS = timedelta(minutes=10)
"""So long a form that was sent twice still finds the file it made the first time."""

blueprint = Blueprint("signup", __name__, url_prefix="/signup")


@blueprint.get("")
def begin() -> ResponseReturnValue:
    """The first question."""
    return _to(NAME)


@blueprint.get("/too-young")
def too_young() -> ResponseReturnValue:
    """For who is not 16 yet: a person at the desk, and no file."""
    return render_template("signup/too_young.html", back_url=url_for(".step", step=NAME.slug))


@blueprint.get("/<path:step>")
def step(step: str) -> ResponseReturnValue:
    """One question, with the answer given before; earlier questions come first."""
    chosen = STEPS.get(step) or abort(404)
    draft = _draft()
    if chosen is not NAME and not draft.is_begun:
        return _somewhere_useful()
    missing = draft.missing_before(chosen)
    return _to(missing) if missing else _page(chosen, draft)


@blueprint.post("/<path:step>")
@limiter.limit("300 per minute")
def answer(step: str) -> ResponseReturnValue:
    """Keep the answer of one page and go on; the last page opens the file."""
    chosen = STEPS.get(step) or abort(404)
    given = typed(request.form, texts=chosen.texts, lists=chosen.lists)
    if LANGUAGE in request.form or BACK in request.form:
        return _leave(chosen, given)
    if chosen is CHECK:
        return _finish()
    complaints = chosen.complaints(given)
    if complaints:
        draft = _draft()
        draft.unsent[chosen.slug] = given
        return _page(chosen, draft, complaints), 422
    if chosen is AGE and not reading.is_sixteen(given):
        return _send_to_the_desk()
    return _keep(chosen, given)


def _keep(chosen: Step, given: Answers) -> ResponseReturnValue:
    def where_next(draft: SignUpDraft) -> Response:
        draft.keep(chosen, given)
        goes_to_check = request.args.get("to") == CHECK.slug and chosen is not HELPS
        return _to(CHECK if goes_to_check and not draft.missing_before(CHECK) else draft.after(chosen))

    return _change_draft(chosen, where_next)


def _leave(chosen: Step, given: Answers) -> ResponseReturnValue:
    """Another language, or a page back: what was typed stays as it is, and nobody complains about it."""
    code = request.form.get(LANGUAGE)
    if code is not None and code not in offered_languages():
        abort(404)

    def where_next(draft: SignUpDraft) -> Response:
        draft.set_aside(chosen, given)
        if code is None:
            return _to(draft.before(chosen) or chosen)
        reply = redirect(request.full_path.rstrip("?"), code=303)
        remember(reply, code)
        return reply

    return _change_draft(chosen, where_next)


def _change_draft(chosen: Step, change: Callable[[SignUpDraft], Response]) -> Response:
    """Let ``change`` write into the draft, unless an earlier page comes first; its answer is the answer."""
    cookie = draft_cookie.read()
    with current_core().units.write() as uow:
        draft = SignUpDraft.stored(drafts.load(uow, cookie, for_change=True)) if cookie else SignUpDraft()
        missing = draft.missing_before(chosen)
        if missing:
            return _to(missing)
        if not cookie or not draft.is_begun:
            # A cookie that no draft of ours stands behind may have been planted: make a new one.
            cookie = drafts.new_cookie()
        reply = change(draft)
        drafts.save(uow, cookie, draft.to_store(), lasts=draft_cookie.lasts())
    draft_cookie.write(reply, cookie)
    return reply


def _send_to_the_desk() -> ResponseReturnValue:
    cookie = draft_cookie.read()
    if cookie:
        with current_core().units.write() as uow:
            drafts.forget(uow, cookie)
    reply = redirect(url_for(".too_young"), code=303)
    draft_cookie.remove(reply)
    return reply


def _finish() -> ResponseReturnValue:
    """Open the file. Sent twice, the form finds the file that it made the first time."""
    cookie = draft_cookie.read()
    if cookie is None:
        return _somewhere_useful()
    with current_core().units.write() as uow:
        stored = drafts.load(uow, cookie, for_change=True)
        if "enrolled" in stored:
            candidate_id, token = UUID(stored["enrolled"]), stored["token"]
        else:
            draft = SignUpDraft.stored(stored)
            if not draft.is_begun:
                return _somewhere_useful()
            if missing := draft.missing_before(CHECK):
                return _to(missing)
            try:
                whole = reading.sign_up(
                    draft.answers, language=current_language(), given_how=kiosk.given_how()
                )
                neighbourhoods.check(draft.answers)
            except DomainError as error:
                return _page(CHECK, draft, [error]), 422
            candidate, token = candidates.enrol(uow, whole, origin="kiosk" if kiosk.is_kiosk() else "page")
            candidate_id = candidate.id
            # The answers are gone from here on; only what a second press needs stays, for minutes.
            drafts.save(uow, cookie, {"enrolled": candidate_id.hex, "token": token}, lasts=REPEAT_LASTS)
    open_for_candidate(candidate_id, token=token)
    reply = redirect(url_for("my_suggestions.show"), code=303)
    draft_cookie.remove(reply)
    return reply


def _somewhere_useful() -> Response:
    """Without a draft: their suggestions for who signed up already, else the first question."""
    if candidate_in_session() is not None:
        return redirect(url_for("my_suggestions.show"), code=303)
    return _to(NAME)


def _draft() -> SignUpDraft:
    cookie = draft_cookie.read()
    if not cookie:
        return SignUpDraft()
    with current_core().units.read() as uow:
        return SignUpDraft.stored(drafts.load(uow, cookie))


def _page(step: Step, draft: SignUpDraft, errors: list[DomainError] | None = None) -> str:
    back = draft.before(step)
    answers = draft.shown(step)
    if step.dimension:
        answers = {**answers, "needs_unknown": answers.get(f"needs_unknown_{step.dimension}")}
    return render_template(
        step.template,
        step=step.slug,
        number=step.number,
        total=COUNTED,
        answers=answers,
        errors=form_errors(errors or [], field=step.names[0] if step.names else "main"),
        has_back=back is not None,
        form_id="question-form",
        wipe_url=url_for("me.leave"),
        **_offered(step, draft),
    )


def _offered(step: Step, draft: SignUpDraft) -> dict[str, object]:
    """What this page offers to choose from."""
    if step.dimension:
        return {"part": step.dimension.value, "need_groups": choices.need_groups(step.dimension)}
    if step is CHECK:
        return {"rows": summary(draft)}
    offers: Mapping[str, Callable[[], dict[str, object]]] = {
        "where": lambda: {"municipalities": choices.municipalities(), "towns": neighbourhoods.towns()},
        "tasks": lambda: {"first_tasks": choices.first_tasks(), "task_groups": choices.task_groups()},
        "often": lambda: {"how_often": choices.commitments()},
        "languages": lambda: {
            "spoken_languages": choices.spoken_languages(),
            "other_languages": choices.other_languages(),
        },
    }
    return offers[step.slug]() if step.slug in offers else {}


def _to(step: Step) -> Response:
    return redirect(url_for(".step", step=step.slug), code=303)

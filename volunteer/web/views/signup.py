"""The sign-up, one question a page. Answers wait in a sealed draft on the server, behind a random cookie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import DomainError
from volunteer.services import candidates, drafts
from volunteer.web import blank_card, card_to_file, choices, draft_cookie, kiosk, neighbourhoods, this_device
from volunteer.web.auth import candidate_in_session, open_for_candidate
from volunteer.web.card_to_file import connect_card
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.forms.signup_steps import AGE, CHECK, COUNTED, HELPS, NAME, STEPS, WHEN, SignUpDraft, Step
from volunteer.web.language import BUTTON, current_language, is_chosen_here, offered_languages, remember
from volunteer.web.question_pages import BACK, question_page
from volunteer.web.signup_summary import summary

WITH_TYPED_ANSWERS = ("/name", "/contact")
"""Pages whose answers were typed, and may hold a slip of the finger: they are shown again at the end."""
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
    if is_chosen_here() or BACK in request.form:
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
    code = request.form.get(BUTTON)
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
        if "enrolled" not in stored:
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
            connect_card(uow, candidate, request.form)
            stored = {"enrolled": candidate.id.hex, "token": token, **blank_card.spend(uow, draft.blank_card)}
            # The answers are gone from here on; only what a second press needs stays, for minutes.
            drafts.save(uow, cookie, stored, lasts=REPEAT_LASTS)
        candidate_id = UUID(stored["enrolled"])
        device, known_by = this_device.welcome(uow, candidate_id)
    open_for_candidate(candidate_id, token=stored["token"], device=device)
    reply = redirect(blank_card.way_on(stored), code=303)
    this_device.keep(reply, known_by)
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
    more = _shown_besides(step, draft)
    return question_page(
        step,
        draft.shown(step),
        errors or (),
        has_back=draft.before(step) is not None,
        number=step.number,
        total=COUNTED,
        **more,
    )


def _shown_besides(step: Step, draft: SignUpDraft) -> dict[str, object]:
    if step is CHECK:
        rows = summary(draft)
        came_by_desk = draft.answers.get("channel") == Channel.DESK
        typed_in = WITH_TYPED_ANSWERS[:1] if came_by_desk else WITH_TYPED_ANSWERS
        typed_rows = [row for row in rows if row[2].partition("?")[0].endswith(typed_in)]
        with current_core().units.read() as uow:
            card = card_to_file.card_to_ask(uow)
        rest = [row for row in rows if row not in typed_rows]
        return {"rows": typed_rows, "more_rows": rest, "card": card, "card_field": card_to_file.FIELD}
    return {"how_often": choices.commitments()} if step is WHEN else {}


def _to(step: Step) -> Response:
    return redirect(url_for(".step", step=step.slug), code=303)

"""Beginning with a blank card that a support worker handed out: it opens nothing, and asks for no name."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.services import blank_cards, drafts
from volunteer.web import blank_card, draft_cookie
from volunteer.web.auth import candidate_in_session, still_holds
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.signup_steps import CHECK, SignUpDraft
from volunteer.web.language import gettext as _

blueprint = Blueprint("blank_cards", __name__)


@blueprint.get("/k/<code>")
@limiter.limit("60 per minute")
def by_code(code: str) -> ResponseReturnValue:
    """The square on the card leads to what it is for; the redirect takes the code out of the address."""
    with current_core().units.read() as uow:
        return blank_card.lead_on(uow, code) or _does_not_work()


@blueprint.get("/with-card")
def show() -> ResponseReturnValue:
    """What this card is for, the same whether it was used or not: only who finishes learns that."""
    with current_core().units.read() as uow:
        card = blank_card.held(uow)
        if card is None:
            return _does_not_work()
        return render_template(
            "signup/with_card.html",
            organisation=card.group.organisation.name,
            who=card.group.account.name,
            has_file=_has_file(),
            wipe_url=url_for("me.leave"),
        )


@blueprint.post("/with-card")
@limiter.limit("60 per minute")
def begin() -> ResponseReturnValue:
    """Begin to sign up, or go on where one was; whose file is open here is asked about the support worker."""
    cookie = draft_cookie.read() or drafts.new_cookie()
    with current_core().units.write() as uow:
        card = blank_card.held(uow)
        if card is None:
            return _does_not_work()
        if _has_file():
            blank_card.forget()
            blank_card.ask(card.group_id)
            return redirect(url_for("me.may_help"), code=303)
        draft = SignUpDraft.stored(drafts.load(uow, cookie, for_change=True))
        if draft.blank_card != card.id.hex:
            blank_cards.note_begun(uow, card)
        if not draft.is_begun:
            # A cookie that no draft of ours stands behind may have been planted: make a new one.
            cookie = drafts.new_cookie()
        draft.blank_card = card.id.hex
        drafts.save(uow, cookie, draft.to_store(), lasts=draft_cookie.lasts())
    first = draft.missing_before(CHECK) or CHECK
    reply = redirect(url_for("signup.step", step=first.slug), code=303)
    draft_cookie.write(reply, cookie)
    return reply


def _has_file() -> bool:
    candidate_id = candidate_in_session()
    return candidate_id is not None and still_holds(candidate_id)


def _does_not_work() -> Response:
    """The same words for a code that never was, and for a group that is over or was stopped."""
    flash(_("This card does not work, or not any more. You can sign up without it."), "warning")
    return redirect(url_for("start.home"), code=303)

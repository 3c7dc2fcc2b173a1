"""The talk of a referrer with the desk."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError
from volunteer.domain.organisations import Approval, Turn
from volunteer.domain.teams import REFERRING
from volunteer.services import organisation_talk
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import gettext as _
from volunteer.web.organisation_talk import lines
from volunteer.web.support_team import our_referrer
from volunteer.web.views.support.blueprint import blueprint, owned

_INVALID = 422


@blueprint.get("/approval")
@for_support_workers
def approval() -> ResponseReturnValue:
    """What the desk and the team said to each other."""
    return _page()


@blueprint.post("/approval")
@for_support_workers
def answer_desk() -> ResponseReturnValue:
    """Answer the desk, or say something more."""
    referrer, answers = owned(), forms.turn(request.form)
    try:
        with current_core().units.write() as uow:
            words = text(answers, "words")
            organisation_talk.take(uow, referrer.id, Turn.ANSWER, words=words, account_id=staff().account_id)
    except DomainError as error:
        return _page(answers, error)
    flash(_("Thank you. The info desk reads it."), "success")
    return redirect(url_for("support.approval"), code=303)


def _page(answers: Answers | None = None, error: DomainError | None = None) -> ResponseReturnValue:
    referrer = our_referrer()
    with current_core().units.read() as uow:
        state = Approval(organisation_talk.held(uow, referrer.id).approval)
        talk = lines(organisation_talk.talk_with(uow, referrer.id))
    page = render_template(
        "organisation/approval.html",
        team=referrer,
        side=REFERRING.code,
        may_write=referrer.is_owner,
        state=state,
        talk=talk,
        answers=answers or {},
        errors=form_errors([error], field="words") if error else [],
    )
    return page, _INVALID if error else 200

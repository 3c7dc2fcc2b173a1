"""At the end of signing up with a blank card: may the support worker of the group help? Nothing is ticked."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.support import SCOPE_LASTS
from volunteer.services import blank_cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import blank_card, kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.dates import spoken_day
from volunteer.web.extensions import current_core
from volunteer.web.forms import confirming as forms
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.language import gettext as _
from volunteer.web.support_words import asked
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/me/may-help")
@for_candidates
def may_help() -> ResponseReturnValue:
    """Each thing a support worker may do, asked apart."""
    with current_core().units.read() as uow:
        return _page(uow, {})


@blueprint.post("/me/may-help")
@for_candidates
def say_who_may_help() -> ResponseReturnValue:
    """What was ticked is allowed; without any tick nothing ties the two together."""
    given = typed(request.form, texts=forms.FIELDS)
    if is_chosen_here():
        with current_core().units.read() as uow:
            return in_another_language(lambda: _page(uow, given))
    with current_core().units.write() as uow:
        group = blank_card.asked_about(uow)
        if group is not None:
            link = blank_cards.let_help(
                uow,
                own_file(uow),
                group.id,
                forms.scopes(given),
                language=current_language(),
                given_how=kiosk.given_how(),
            )
            said = _("Thank you. You can take it back at any time, in your file.")
            flash(said if link else _("That is fine. They see nothing of you."), "success")
        elif blank_card.is_asked():
            flash(_("This card does not work any more. So they see nothing of you."), "warning")
    blank_card.answered()
    return redirect(url_for("my_suggestions.show"), code=303)


def _page(uow: UnitOfWork, given: Answers) -> ResponseReturnValue:
    group = blank_card.asked_about(uow)
    if group is None:
        return redirect(url_for("my_suggestions.show"), code=303)
    ends = uow.now + SCOPE_LASTS
    return render_template(
        "me/may_help.html",
        who=group.account.name,
        organisation=group.organisation.name,
        scopes=asked(),
        until=f"{spoken_day(ends)} {ends.year}",
        answers=given,
        form_id="help-form",
        wipe_url=url_for(".leave"),
    )

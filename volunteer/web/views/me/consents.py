"""What a person agrees to: every yes apart, taken back and given again with one button; and the journal."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import NECESSARY, Purpose, shared_with
from volunteer.services import agreements
from volunteer.web import journal, kiosk
from volunteer.web.agreement_rows import agreements_of, who_knows
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.deed_words import done_for
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.me.blueprint import blueprint

_GIVEN_HERE = frozenset({Purpose.FOLLOW_UP, Purpose.STATISTICS})
"""The others are needed for a file, or asked with the questions they are about."""


@blueprint.get("/me/consents")
@for_candidates
def consents() -> ResponseReturnValue:
    """Every yes with its words, when it was given, and what taking it back does."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/consents.html",
            agreements=agreements_of(uow, candidate),
            who_knows=who_knows(uow, candidate),
            journal_url=url_for(".read_journal"),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
        )


@blueprint.post("/me/consents/<purpose>/take-back")
@for_candidates
def take_consent_back(purpose: str) -> ResponseReturnValue:
    """The person takes back this yes, and what hangs on it goes at once."""
    _known(purpose)
    if purpose in NECESSARY:
        return redirect(url_for(".erase"), code=303)
    with current_core().units.write() as uow:
        agreements.take_back(uow, own_file(uow), purpose)
    flash(_taken_back(purpose), "success")
    return redirect(url_for(".consents"), code=303)


@blueprint.post("/me/consents/<purpose>/give")
@for_candidates
def give_consent(purpose: str) -> ResponseReturnValue:
    """The person says yes again, in the words of this page."""
    _known(purpose)
    if purpose not in _GIVEN_HERE:
        return redirect(url_for(".change", step="helps"), code=303)
    with current_core().units.write() as uow:
        agreements.give(
            uow,
            own_file(uow),
            Purpose(purpose),
            language=current_language(),
            given_how=kiosk.given_how(),
        )
    flash(_("Thank you. You can take it back here at any time."), "success")
    return redirect(url_for(".consents"), code=303)


@blueprint.get("/me/journal")
@for_candidates
def read_journal() -> ResponseReturnValue:
    """Who opened what helps this person, and every yes with what became of it."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/journal.html",
            readings=journal.readings(uow, candidate),
            yeses=journal.yeses(uow, candidate),
            deeds=done_for(uow, candidate.id),
            back_url=url_for(".consents"),
            wipe_url=url_for(".leave"),
        )


def _known(purpose: str) -> None:
    """Stop with "not found" for what nobody can agree to."""
    try:
        is_known = purpose in set(Purpose) or shared_with(purpose) is not None
    except ValueError:
        is_known = False
    if not is_known:
        abort(404)


def _taken_back(purpose: str) -> str:
    if purpose == Purpose.NEEDS:
        return _("Erased. We do not know any more what helps you.")
    if purpose == Purpose.FOLLOW_UP:
        return _("Stopped. We do not contact you unasked any more.")
    if purpose == Purpose.STATISTICS:
        return _("Done. From now on we count without you.")
    return _("Stopped. They see nothing of you any more.")

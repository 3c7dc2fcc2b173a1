"""Who helps this person: what each may do and until when, what they did, and taking it back in one press."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.domain.support import Scope
from volunteer.services import pending_files, support_links
from volunteer.web import kiosk
from volunteer.web.auth import for_candidates, own_file, show_token
from volunteer.web.card_panel import own_fresh_card, replaced
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.support_words import journal_of, supporters_of
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/me/support")
@for_candidates
def support() -> ResponseReturnValue:
    """Every support worker, each thing they may do, and the journal."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/support.html",
            supporters=supporters_of(uow, candidate),
            journal=journal_of(uow, candidate),
            my_card=own_fresh_card(),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
        )


@blueprint.post("/me/support/<uuid:link_id>/<scope>/give")
@for_candidates
def allow(link_id: UUID, scope: str) -> ResponseReturnValue:
    """The person says yes to one thing, in the words of this page."""
    chosen = _known(scope)
    with current_core().units.write() as uow:
        link = support_links.own_link(uow, own_file(uow), link_id)
        support_links.give(uow, link, {chosen}, language=current_language(), given_how=kiosk.given_how())
    flash(_("Thank you. You can take it back here at any time."), "success")
    return _back()


@blueprint.post("/me/support/<uuid:link_id>/<scope>/take-back")
@for_candidates
def take_back_scope(link_id: UUID, scope: str) -> ResponseReturnValue:
    """The person takes one thing back, and it ends at once."""
    chosen = _known(scope)
    with current_core().units.write() as uow:
        support_links.take_back(uow, support_links.own_link(uow, own_file(uow), link_id), {chosen})
    flash(_("Stopped. They cannot do this any more."), "success")
    return _back()


@blueprint.post("/me/support/<uuid:link_id>/stop")
@for_candidates
def stop_supporter(link_id: UUID) -> ResponseReturnValue:
    """The person wants nothing more of this support worker: all of it ends at once."""
    with current_core().units.write() as uow:
        token = support_links.end(uow, support_links.own_link(uow, own_file(uow), link_id))
    flash(_("Stopped. They see nothing of you any more."), "success")
    return _back_with_card(token)


@blueprint.post("/me/support/<uuid:link_id>/not-mine")
@for_candidates
def contest_supporter(link_id: UUID) -> ResponseReturnValue:
    """The person did not ask for this support worker: it ends, and the desk hears of it."""
    with current_core().units.write() as uow:
        link = support_links.own_link(uow, own_file(uow), link_id)
        token = pending_files.contest_link(uow, link, language=current_language())
    flash(_("Stopped. The info desk hears of it."), "success")
    return _back_with_card(token)


def _known(scope: str) -> Scope:
    return Scope(scope) if scope in set(Scope) else abort(404)


def _back_with_card(token: str | None) -> Response:
    """Show the card that came instead of every older one, if there is one."""
    if token is not None:
        show_token(token)
        flash(replaced(), "warning")
    return _back()


def _back() -> Response:
    return redirect(url_for(".support"), code=303)

"""A candidate's own file: what became of their wishes, what they told us, and leaving without a trace."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.queries.support_links import links_of_person
from volunteer.services import candidates, introductions, shortlists
from volunteer.web import draft_cookie, kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.extensions import csrf, current_core
from volunteer.web.file_summary import own_rows
from volunteer.web.gathering_parties import own_gatherings
from volunteer.web.incident_words import own_incidents
from volunteer.web.language import gettext as _
from volunteer.web.market_words import own_cards
from volunteer.web.own_introductions import IntroductionCard, introduction_cards
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/me")
@for_candidates
def file() -> ResponseReturnValue:
    """The person's own file: what became of their questions, and what they told us; needs stay closed."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        answers = candidates.answers_of(uow, candidate)
        cards = introduction_cards(uow, candidate)
        return render_template(
            "me/file.html",
            person=candidate.first_name,
            next_step=_next_step(cards),
            is_quiet=any(each.withdraw_url for each in cards),
            introductions=cards,
            gatherings=own_gatherings(uow, candidate.id),
            market_cards=own_cards(uow, candidate.id),
            incidents=own_incidents(uow, candidate),
            saved=len(shortlists.saved(uow, candidate.id)),
            rows=own_rows(answers, uow.today, with_contact=False),
            suggestions_url=url_for("my_suggestions.show"),
            answers_url=url_for(".answers"),
            has_helper=bool(links_of_person(uow.session, candidate.id)),
            consents_url=url_for(".consents"),
            data_url=url_for(".data"),
            wipe_url=url_for(".leave"),
        )


@blueprint.post("/me/introductions/<uuid:introduction_id>/withdraw")
@for_candidates
def withdraw(introduction_id: UUID) -> ResponseReturnValue:
    """The person changed their mind."""
    with current_core().units.write() as uow:
        introductions.withdraw(uow, own_file(uow), introduction_id)
    flash(_("Stopped. That is all right."), "success")
    return redirect(url_for(".file"), code=303)


@blueprint.post("/me/leave")
@csrf.exempt
def leave() -> ResponseReturnValue:
    """Ready, wipe everything: the draft on the server, the session, and what the browser kept."""
    draft_cookie.forget()
    reply = redirect(url_for("start.home"), code=303)
    kiosk.wipe(reply)
    return reply


def _next_step(cards: list[IntroductionCard]) -> str:
    """What happens now, in one sentence or two."""
    if any(each.times for each in cards):
        return _("An organisation would like to meet you. Choose a time below.")
    if any(each.state.name == "accepted" for each in cards):
        return _("An organisation says yes to you. Below you read what they write.")
    started = [each for each in cards if each.state.name == "started"]
    if any(each.withdraw_url for each in cards if each not in started):
        return _("We wait for an answer. You do not have to do anything now.")
    if started:
        return _("You volunteer at %(organisation)s.", organisation=started[0].organisation)
    return _("Look at your suggestions. Choose whom you want to meet.")

"""The day of a support worker: what waits, for whom, and what comes next. Nothing about needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotAllowed
from volunteer.domain.support import Scope
from volunteer.messages.spoken import is_to_tell
from volunteer.models import Candidate, Message, Organisation, SupportLink
from volunteer.queries.card_groups import groups_of
from volunteer.services import (
    blank_cards,
    follow_ups,
    passing_on,
    pending_files,
    proposals,
    referrers,
    support_links,
    workshop_pack,
)
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.card_panel import issued_token
from volunteer.web.dates import spoken_day
from volunteer.web.extensions import current_core
from volunteer.web.forms import organisation as forms
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.market_visitor_rows import coming_markets
from volunteer.web.support_team import CHOSEN, our_referrer, our_referrers
from volunteer.web.support_words import words_in
from volunteer.web.views.support.blueprint import blueprint


@dataclass(slots=True)
class Person:
    """Somebody who allows this support worker something; how far things are stands elsewhere."""

    name: str
    link_id: UUID
    allows: list[str]
    """What they said yes to, in the reader's language."""
    has_messages: bool = False
    """Whether something waits to be passed on to them, and they want it so."""
    choose_until: list[str] = field(default_factory=list)
    """The last day of each choice of times that waits, where this support worker may pass the answer on."""
    is_asked_how: bool = False
    """Whether they are asked how it goes, and this support worker may pass the answer on."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Somebody who has not said yes to their file yet."""

    name: str
    until: str
    link_id: UUID
    has_card: bool
    """Whether a card was made minutes ago, and can be printed still."""


@blueprint.get("")
@for_support_workers
def home() -> ResponseReturnValue:
    """What comes first, who allows it, what waits for an answer, what to pass on, what to print."""
    referrer = our_referrer()
    with current_core().units.read() as uow:
        waiting = _waiting(uow, referrer.id)
        return render_template(
            "support/home.html",
            team=referrer,
            teams=our_referrers(),
            lack=referrers.standing(uow, uow.session.get_one(Organisation, referrer.id)).lacks(),
            people=_people(uow, referrer.id),
            waiting=waiting,
            papers=_papers(uow, referrer.id, waiting),
            markets=coming_markets(uow, referrer.id),
        )


@blueprint.post("/choose")
@for_support_workers
def choose() -> ResponseReturnValue:
    """Go on with another referrer of the same person."""
    chosen = forms.organisation(request.form)
    if chosen is None or chosen not in {each.id for each in our_referrers()}:
        raise NotAllowed("This page is for others. Ask at the info desk if you need it.")
    session[CHOSEN] = chosen.hex
    return redirect(url_for("support.home"), code=303)


def _people(uow: UnitOfWork, referrer_id: UUID) -> list[Person]:
    """Who allows something through this referrer now, by first name: a first name, and what they allow."""
    people = [
        each
        for each in support_links.people_of(uow, staff().account_id)
        if each[0].organisation_id == referrer_id
    ]
    waits: dict[UUID, list[Message]] = {}
    for message in passing_on.waiting_for(uow, _who_gave(Scope.IS_CHANNEL, people)):
        waits.setdefault(message.recipient_id, []).append(message)
    helped = _who_gave(Scope.HELPS_ANSWER, people)
    choose: dict[UUID, list[str]] = {}
    for candidate_id, over_at in proposals.waiting_of(uow, helped):
        choose.setdefault(candidate_id, []).append(spoken_day(over_at))
    asked_how = set(follow_ups.people_asked(uow, helped))
    found = [
        Person(
            candidate.first_name,
            link.id,
            [words_in(scope, current_language())[0] for scope in may],
            has_messages=any(is_to_tell(uow, each) for each in waits.get(candidate.id, ())),
            choose_until=choose.get(candidate.id, []),
            is_asked_how=candidate.id in asked_how,
        )
        for link, candidate, may in people
    ]
    return sorted(found, key=lambda each: each.name)


def _who_gave(scope: Scope, people: Sequence[tuple[SupportLink, Candidate, Collection[Scope]]]) -> list[UUID]:
    return [candidate.id for _link, candidate, may in people if scope in may]


def _waiting(uow: UnitOfWork, referrer_id: UUID) -> list[Unconfirmed]:
    """Whom this support worker signed up for this referrer and who has not confirmed yet."""
    return [
        Unconfirmed(
            candidate.first_name,
            spoken_day(candidate.expires_at) if candidate.expires_at else "",
            link.id,
            has_card=issued_token(candidate.id) is not None,
        )
        for link, candidate in pending_files.waiting_of(uow, staff().account_id)
        if link.organisation_id == referrer_id
    ]


def _papers(uow: UnitOfWork, referrer_id: UUID, waiting: Collection[Unconfirmed]) -> list[tuple[str, str]]:
    """What can be printed now, and where: for the person beside you, for a class, for the referrer."""
    found = [
        (_("The card of %(name)s (PDF)", name=each.name), url_for("pending.card", link_id=each.link_id))
        for each in waiting
        if each.has_card
    ]
    for group in groups_of(uow.session, staff().account_id, referrer_id):
        if blank_cards.works(uow, group):
            sheet = url_for("card_groups.paper", group_id=group.id)
            found.append((_("Cards of %(group)s (PDF)", group=group.name), sheet))
    language = current_language() if current_language() in workshop_pack.LANGUAGES else "en"
    found.append((_("Workshop pack (PDF)"), url_for("law.workshop", language=language)))
    found.append((_("Agreement on data (PDF)"), url_for("support.agreement_paper")))
    return found

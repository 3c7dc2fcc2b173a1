"""Gatherings for who has an account: a support worker books for a group, a team for itself."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import OPEN_TO, GatheringKind, PartyKind
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_sign_ups, gatherings
from volunteer.services.gathering_sign_ups import Several
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.auth import for_members, for_support_workers, staff
from volunteer.web.chosen_team import of_form
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import gathering_sign_ups as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import own_row, seat_path
from volunteer.web.gathering_sign_up import offers, status_for
from volunteer.web.kiosk import given_how
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.support_team import Referrer, our_referrer
from volunteer.web.views.gatherings.blueprints import of_organisation, of_support
from volunteer.web.views.organisation.blueprint import Team, our_team

FOR_SUPPORT = frozenset({GatheringKind.CANDIDATE_WORKSHOP, GatheringKind.SUPPORT_INFO_SESSION})
FOR_TEAMS = frozenset({GatheringKind.ORGANISATION_TRAINING, GatheringKind.COMPANY_DAY})
_SIGN_UP = {
    PartyKind.GROUP: gathering_sign_ups.sign_up_group,
    PartyKind.TEAM: gathering_sign_ups.sign_up_team,
}


@of_support.get("")
@for_support_workers
def index() -> ResponseReturnValue:
    """What a group or a support worker can come to, and what they signed up for."""
    return _index(our_referrer(), FOR_SUPPORT, "support_gatherings")


@of_support.get("/<uuid:gathering_id>")
@for_support_workers
def book(gathering_id: UUID) -> ResponseReturnValue:
    """How many come, in which languages, and what would help them."""
    return _form(our_referrer(), FOR_SUPPORT, gathering_id, {})


@of_support.post("/<uuid:gathering_id>")
@for_support_workers
def send(gathering_id: UUID) -> ResponseReturnValue:
    """They come, or wait for seats."""
    return _book(of_form(our_referrer()), FOR_SUPPORT, gathering_id)


@of_organisation.get("", endpoint="index")
@for_members
def index_of_team() -> ResponseReturnValue:
    """Trainings and company days, and what this team signed up for."""
    return _index(our_team(), FOR_TEAMS, "organisation_gatherings")


@of_organisation.get("/<uuid:gathering_id>", endpoint="book")
@for_members
def book_team(gathering_id: UUID) -> ResponseReturnValue:
    """How many of the team come."""
    return _form(our_team(), FOR_TEAMS, gathering_id, {})


@of_organisation.post("/<uuid:gathering_id>", endpoint="send")
@for_members
def send_team(gathering_id: UUID) -> ResponseReturnValue:
    """They come, or wait for seats."""
    return _book(of_form(our_team()), FOR_TEAMS, gathering_id)


def _index(team: Referrer | Team, kinds: frozenset[GatheringKind], pages: str) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        every = queries.coming_gatherings(uow.session, now=uow.now)
        coming = [each for each in every if GatheringKind(each.kind) in kinds]
        theirs = queries.of_organisation(uow.session, team.id, since=uow.now)
        return render_template(
            "gatherings/team.html",
            team=team,
            pages=pages,
            coming=listed(uow, coming),
            booked={each.gathering_id for each in theirs if each.account_id == staff().account_id},
            theirs=[
                (listed(uow, [each.gathering])[0], own_row(uow, each), seat_path(each))
                for each in theirs
                if GatheringKind(each.gathering.kind) in kinds
            ],
        )


def _book(team: Referrer | Team, kinds: frozenset[GatheringKind], gathering_id: UUID) -> ResponseReturnValue:
    answers = forms.group(request.form)
    try:
        size, companions = forms.size(answers)
        several = Several(
            account_id=staff().account_id,
            organisation_id=team.id,
            size=size,
            companions=companions,
            languages=forms.chosen(answers, "languages"),
            expertise=forms.chosen(answers, "expertise"),
        )
        asked = forms.asked(answers, given_how=given_how(), form_id=form_id())
        with current_core().units.write() as uow:
            kind = _party_kind(_for_them(uow, kinds, gathering_id))
            said = _said(_SIGN_UP[kind](uow, gathering_id, several, asked))
    except (InvalidValue, ImpossibleStep, NotAllowed) as error:
        return _form(team, kinds, gathering_id, answers, error)
    flash(said, "success")
    return redirect(url_for(".index"), code=303)


def _form(
    team: Referrer | Team,
    kinds: frozenset[GatheringKind],
    gathering_id: UUID,
    answers: Answers,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        gathering = _for_them(uow, kinds, gathering_id)
        who = (GatheringParty.account_id == staff().account_id) & (GatheringParty.organisation_id == team.id)
        standing = queries.live_party(uow.session, gathering.id, who)
        page = render_template(
            "gatherings/book.html",
            found=listed(uow, [gathering])[0],
            team=team,
            is_group=_party_kind(gathering) is PartyKind.GROUP,
            standing=own_row(uow, standing) if standing else None,
            seat_url=seat_path(standing) if standing else None,
            answers=answers or {"size": "1"},
            errors=form_errors([error], field="size") if error else [],
            spoken_languages=[*choices.spoken_languages(), *choices.other_languages()],
            **offers(gathering),
        )
    return page, status_for(error) if error else 200


def _for_them(uow: UnitOfWork, kinds: frozenset[GatheringKind], gathering_id: UUID) -> Gathering:
    """One that this side may sign up for. Raises :class:`NotFound`."""
    gathering = gatherings.shown(uow, gathering_id)
    if GatheringKind(gathering.kind) not in kinds:
        raise NotFound("This activity is not there any more.")
    return gathering


def _party_kind(gathering: Gathering) -> PartyKind:
    may = OPEN_TO[GatheringKind(gathering.kind)]
    return PartyKind.GROUP if PartyKind.GROUP in may else PartyKind.TEAM


def _said(party: GatheringParty) -> str:
    if party.state == SeatState.WAITING:
        return _("It is full. You wait, and we tell you when there are seats.")
    return _("You have seats. We look forward to seeing you.")

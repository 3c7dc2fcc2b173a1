"""The agenda: what comes, for everybody to read; signing up with or without a file of one's own."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from volunteer.domain.accounts import OF_THE_CENTRE, SEEING, SUPPORTING, Role
from volunteer.domain.errors import ConsentMissing, DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import OPEN_TO, GatheringKind, PartyKind
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.queries.market_visitors import open_markets
from volunteer.services import gathering_sign_ups, gatherings
from volunteer.translation import SAID_EVERYWHERE
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import candidate_in_session, for_candidates, own_file, staff_if_any
from volunteer.web.errors import Complaints, form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import gathering_sign_ups as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import to_seat
from volunteer.web.gathering_sign_up import offers, status_for
from volunteer.web.gathering_words import kind_names, seat_state, seats_left
from volunteer.web.language import current_language, in_another_language, is_chosen_here, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.market_words import market_page
from volunteer.web.once import form_id
from volunteer.web.views.gatherings.blueprints import for_all
from volunteer.web.views.gatherings.exports import structured
from volunteer.web.views.gatherings.teams import FOR_SUPPORT, FOR_TEAMS


@for_all.get("/agenda")
def index() -> ResponseReturnValue:
    """What comes, the first one first; one kind or one language alone, when that is chosen."""
    kind, language = request.args.get("kind", ""), request.args.get("in", "")
    with current_core().units.read() as uow:
        every = queries.coming_gatherings(uow.session, now=uow.now)
        shown = [
            each
            for each in every
            if (not kind or each.kind == kind)
            and (not language or language in {*each.languages, *each.interpreters})
        ]
        spoken = {code for each in every for code in (*each.languages, *each.interpreters)}
        return render_template(
            "agenda/index.html",
            coming=listed(uow, shown),
            markets=[market_page(uow, each) for each in open_markets(uow.session, now=uow.now)],
            kind=kind,
            language=language,
            kinds=[pair for pair in kind_names().items() if pair[0] in {each.kind for each in every}],
            spoken=[
                (code, LANGUAGES[code].label(current_language())) for code in LANGUAGES if code in spoken
            ],
        )


@for_all.get("/agenda/<uuid:gathering_id>")
def show(gathering_id: UUID) -> ResponseReturnValue:
    """One of them: when and where, what helps there, how many seats, and the way in."""
    with current_core().units.read() as uow:
        gathering = gatherings.shown(uow, gathering_id)
        standing = _own_party(uow, gathering)
        found = listed(uow, [gathering])[0]
        return render_template(
            "agenda/show.html",
            found=found,
            seats_said=seats_left(found.free, len(queries.line_of(uow.session, gathering.id))),
            mine=seat_state(standing) if standing else None,
            ways=_ways(gathering),
            team_url=_team_url(gathering),
            at_desk=_staff_holds(*OF_THE_CENTRE),
            structured=structured(uow, gathering),
        )


@for_all.post("/agenda/<uuid:gathering_id>/mine")
@for_candidates
@limiter.limit("30 per minute")
def sign_up_own(gathering_id: UUID) -> ResponseReturnValue:
    """Whose file is open here comes; pressed again, they are where they were."""
    try:
        with current_core().units.write() as uow:
            asked = gathering_sign_ups.Asked(given_how=kiosk.given_how())
            party = gathering_sign_ups.sign_up_person(uow, gathering_id, own_file(uow), asked)
            return _to_seat(party)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    return redirect(url_for(".show", gathering_id=gathering_id), code=303)


@for_all.get("/agenda/<uuid:gathering_id>/my-seat")
@for_candidates
def own_seat(gathering_id: UUID) -> ResponseReturnValue:
    """From the own file to the page of that seat."""
    with current_core().units.read() as uow:
        standing = _own_party(uow, gatherings.shown(uow, gathering_id))
        if standing is None:
            raise NotFound("This is not there any more.")
        return to_seat(standing)


@for_all.get("/agenda/<uuid:gathering_id>/join")
def join(gathering_id: UUID) -> ResponseReturnValue:
    """A name and one way to reach somebody: no file, no account."""
    return _form(gathering_id, {})


@for_all.post("/agenda/<uuid:gathering_id>/join")
@limiter.limit("60 per hour", exempt_when=is_chosen_here)
def send(gathering_id: UUID) -> ResponseReturnValue:
    """They come, or wait for a seat; the same form again is the same sign-up."""
    answers = forms.visitor(request.form)
    if is_chosen_here():
        return in_another_language(lambda: _form(gathering_id, answers))
    complaints = Complaints()
    told = forms.told(answers, current_language(), complaints)
    if told is None:
        return _form(gathering_id, answers, *complaints.errors)
    try:
        with current_core().units.write() as uow:
            asked = forms.asked(answers, given_how=kiosk.given_how(), form_id=form_id())
            return _to_seat(gathering_sign_ups.sign_up_visitor(uow, gathering_id, told, asked))
    except (InvalidValue, ConsentMissing, ImpossibleStep) as error:
        return _form(gathering_id, answers, error)


def _form(gathering_id: UUID, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        gathering = gatherings.shown(uow, gathering_id)
        found = listed(uow, [gathering])[0]
        page = render_template(
            "agenda/join.html",
            found=found,
            seats_said=seats_left(found.free, len(queries.line_of(uow.session, gathering.id))),
            may_join=PartyKind.VISITOR in OPEN_TO[GatheringKind(gathering.kind)],
            answers=answers,
            errors=form_errors(errors, field="name"),
            **offers(gathering),
        )
    return page, status_for(errors[0]) if errors else 200


def _to_seat(party: GatheringParty) -> ResponseReturnValue:
    if party.state == SeatState.IN:
        flash(_("You are in. We look forward to seeing you."), "success")
    return to_seat(party)


def _own_party(uow: UnitOfWork, gathering: Gathering) -> GatheringParty | None:
    """The sign-up of whose file is open here."""
    candidate_id = candidate_in_session()
    if candidate_id is None:
        return None
    return queries.live_party(uow.session, gathering.id, GatheringParty.candidate_id == candidate_id)


def _ways(gathering: Gathering) -> set[str]:
    """Who may sign up here by themselves."""
    return {str(kind) for kind in OPEN_TO[GatheringKind(gathering.kind)]} | (
        {"own_file"} if candidate_in_session() else set()
    )


def _staff_holds(*roles: Role) -> bool:
    found = staff_if_any()
    return found is not None and found.holds(*roles)


def _team_url(gathering: Gathering) -> str | None:
    """Where who works in a team signs up for it; who is not logged in is asked to there.

    None for who reads this as a candidate: a file is open here, or the language is one that no team reads;
    and for who is logged in and works on the other side.
    """
    if candidate_in_session() or current_language() not in SAID_EVERYWHERE:
        return None
    is_logged_in = current_user.is_authenticated
    for kinds, roles, page in (
        (FOR_SUPPORT, SUPPORTING, "support_gatherings.book"),
        (FOR_TEAMS, SEEING, "organisation_gatherings.book"),
    ):
        if GatheringKind(gathering.kind) in kinds and (not is_logged_in or _staff_holds(*roles)):
            return url_for(page, gathering_id=gathering.id)
    return None

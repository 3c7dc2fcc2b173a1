"""Organisations at the desk: who waits for a yes, and the talk with each of them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import SEEING, SUPPORTING
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.interests import SECTORS
from volunteer.domain.organisations import WAITING_FOR_DESK, Approval, Turn
from volunteer.domain.referrers import PUBLICS
from volunteer.domain.teams import side_of
from volunteer.models import Account, Organisation
from volunteer.queries import joining as queries
from volunteer.queries.accounts import members_of
from volunteer.queries.referrers import agreements_of
from volunteer.services import contacts, joining, organisation_talk, organisations, other_side, teams
from volunteer.services.enterprise_numbers import spoken
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.dates import spoken_ago, spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.organisation_talk import lines
from volunteer.web.views.organisation.venues import spoken_place

blueprint = Blueprint("desk_organisations", __name__, url_prefix="/desk/organisations")

_INVALID = 422
_SHOWN = 20


@blueprint.get("")
@for_desk
def index() -> ResponseReturnValue:
    """Those that wait for us first, the one that waits longest on top."""
    with current_core().units.read() as uow:
        rows = [_row(uow, each) for each in queries.in_talk(uow.session)]
        approved = [_row(uow, each) for each in queries.lately_approved(uow.session, limit=_SHOWN)]
        asking = [
            {
                "id": each.id,
                "person": each.person,
                "email": teams.email_of(uow, each) or "",
                "organisation_id": each.organisation_id,
                "name": name,
                "ago": spoken_ago(each.created_at, uow.now),
            }
            for each, name in queries.asking_the_desk(uow.session)
        ]
        more = [
            {
                "id": organisation.id,
                "name": organisation.name,
                "side": each.side,
                "ago": spoken_ago(each.asked_at, uow.now),
            }
            for each, organisation in queries.side_requests(uow.session)
        ]
    return render_template("desk/organisations.html", rows=rows, approved=approved, asking=asking, more=more)


@blueprint.post("/asking/<uuid:invitation_id>")
@for_desk
def decide(invitation_id: UUID) -> ResponseReturnValue:
    """Let somebody into a team that has no owner, as its owner; or not."""
    pressed, account_id = request.form.get("do"), staff().account_id
    with current_core().units.write() as uow:
        if pressed == "let_in":
            teams.let_in_first(uow, invitation_id, account_id=account_id)
        else:
            found = teams.asked_of_desk(uow, invitation_id)
            side = side_of(found.role)
            teams.take_back(uow, found.organisation_id, found.id, account_id=account_id, side=side)
    flash(_("The invitation is on its way.") if pressed == "let_in" else _("Done."), "success")
    return redirect(url_for("desk_organisations.index"), code=303)


@blueprint.get("/<uuid:organisation_id>")
@for_desk
def show(organisation_id: UUID) -> ResponseReturnValue:
    """One organisation: what it says it is, and what was said."""
    return _page(organisation_id)


@blueprint.post("/<uuid:organisation_id>")
@for_desk
def say(organisation_id: UUID) -> ResponseReturnValue:
    """Approve, ask or refuse."""
    answers = forms.turn(request.form)
    try:
        turn = _turn(answers)
        with current_core().units.write() as uow:
            organisation_talk.take(
                uow,
                organisation_id,
                turn,
                words=text(answers, "words"),
                account_id=staff().account_id,
            )
    except DomainError as error:
        return _page(organisation_id, answers, error)
    flash(_("Done. The team hears of it by mail."), "success")
    return redirect(url_for("desk_organisations.index"), code=303)


@blueprint.post("/<uuid:organisation_id>/other-side")
@for_desk
def decide_on_side(organisation_id: UUID) -> ResponseReturnValue:
    """Yes or no to doing the other half too; what it does already goes on."""
    answers = forms.turn(request.form)
    try:
        with current_core().units.write() as uow:
            other_side.decide(
                uow,
                organisation_id,
                agrees=text(answers, "do") == Turn.APPROVE,
                words=text(answers, "words"),
                account_id=staff().account_id,
            )
    except (ImpossibleStep, InvalidValue) as error:
        return _page(organisation_id, answers, error)
    flash(_("Done."), "success")
    return redirect(url_for("desk_organisations.index"), code=303)


def _side(uow: UnitOfWork, organisation_id: UUID) -> dict[str, object] | None:
    """What it would like to do too, while that waits."""
    found = queries.side_request_of(uow.session, organisation_id)
    if found is None:
        return None
    language = current_language()
    return {
        "code": found.side,
        "publics": [PUBLICS[each].label(language) for each in found.publics if each in PUBLICS],
        "ago": spoken_ago(found.asked_at, uow.now),
        "asker": uow.session.get_one(Account, found.account_id).name,
    }


def _turn(answers: Answers) -> Turn:
    chosen = text(answers, "do")
    if chosen not in {Turn.APPROVE, Turn.ASK, Turn.REFUSE}:
        raise InvalidValue("Press one of the buttons.", field="words")
    return Turn(chosen)


def _row(uow: UnitOfWork, organisation: Organisation) -> dict[str, object]:
    since = organisation.approval_since or organisation.created_at
    return {
        "id": organisation.id,
        "name": organisation.name,
        "activity": organisation.activity or "",
        "state": organisation.approval,
        "is_referrer": organisation.is_referrer,
        "waits": organisation.approval in WAITING_FOR_DESK,
        "ago": spoken_ago(since, uow.now),
    }


def _agreed(uow: UnitOfWork, organisation: Organisation) -> str:
    """Who said yes to the agreement on data, and when."""
    accepted = agreements_of(uow.session, organisation.id)
    if not accepted:
        return _("Nobody said yes to it yet.")
    by, day = accepted[0].author, spoken_day(accepted[0].accepted_at)
    said = _("%(name)s said yes on %(day)s.", name=by, day=day)
    return f"{said} {_('Version %(version)s', version=accepted[0].version)}"


def _page(
    organisation_id: UUID, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    language = current_language()
    with current_core().units.read() as uow:
        organisation = organisation_talk.held(uow, organisation_id)
        number = organisation.enterprise_number
        others = joining.alike(uow, organisation.name, number)
        context: dict[str, object] = {
            "organisation": _row(uow, organisation),
            "state": Approval(organisation.approval),
            "is_suspended": organisation.suspended_at is not None,
            "legal_form": organisation.legal_form,
            "number": spoken(number) if number else "",
            "aim": organisation.aim or "",
            "sectors": [SECTORS[each].label(language) for each in organisation.sectors if each in SECTORS],
            "venues": [spoken_place(each) for each in queries.venues_of(uow.session, organisation.id)],
            "members": [each.name for each in members_of(uow.session, organisation.id, roles=SEEING)],
            "contact_name": organisation.contact_name or "",
            "email": organisations.email_of(uow, organisation) or "",
            "phone": contacts.spoken_phone(organisations.phone_of(uow, organisation) or ""),
            "team_of_support": [
                each.name for each in members_of(uow.session, organisation.id, roles=SUPPORTING)
            ],
            "is_referrer": organisation.is_referrer,
            "publics": [PUBLICS[each].label(language) for each in organisation.publics if each in PUBLICS],
            "agreed": _agreed(uow, organisation) if organisation.is_referrer else "",
            "others": [(each.id, each.name) for each in others if each.id != organisation.id],
            "side": _side(uow, organisation.id),
            "talk": lines(organisation_talk.talk_with(uow, organisation.id)),
        }
    page = render_template(
        "desk/organisation.html",
        answers=answers or {},
        errors=form_errors([error], field="words") if error else [],
        **context,
    )
    return page, _INVALID if error else 200

"""Gatherings at the desk: the list, one with everyone who signed up, publishing it and calling it off."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import (
    FIRST_LANGUAGE,
    LONGEST_REASON,
    OPEN_TO,
    GatheringKind,
    GatheringState,
    PartyKind,
)
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.plain_language import advise
from volunteer.models import Gathering
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_sign_ups, gatherings
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import gatherings as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import party_row
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.views.gatherings.blueprints import at_desk
from volunteer.web.views.gatherings.writing import filled_page, written_in

_INVALID = 422
_TO_PREPARE = "prepare the day"
"""Why what helps is opened here, in the journal."""


@at_desk.get("")
@for_desk
def index() -> ResponseReturnValue:
    """What comes, what is still being written, and what is past."""
    with current_core().units.read() as uow:
        every = listed(uow, queries.every_gathering(uow.session))
    drafts = [each for each in every if each.card.state is GatheringState.DRAFT]
    published = [each for each in every if each.card.state is GatheringState.PUBLISHED]
    coming = [each for each in published if not each.card.is_over]
    past = [each for each in every if each not in (*drafts, *coming)]
    return render_template("gatherings/index.html", coming=coming[::-1], drafts=drafts[::-1], past=past)


@at_desk.get("/<uuid:gathering_id>")
@for_desk
def show(gathering_id: UUID) -> ResponseReturnValue:
    """What it is, and everyone who signed up, in the order of arrival."""
    with current_core().units.read() as uow:
        return _page(uow, gatherings.found(uow, gathering_id))


@at_desk.post("/<uuid:gathering_id>/help")
@for_desk
def show_help(gathering_id: UUID) -> ResponseReturnValue:
    """What those who come asked for on that day, added up; that it was read is written down."""
    with current_core().units.write() as uow:
        gathering = gatherings.found(uow, gathering_id)
        reader = f"account:{staff().account_id}"
        asked = Counter(
            code
            for party in queries.parties_of(uow.session, gathering.id, live=True)
            for code in gathering_sign_ups.read_help(uow, party, reader=reader, purpose=_TO_PREPARE)
        )
        return _page(uow, gathering, asked)


@at_desk.get("/<uuid:gathering_id>/preview")
@for_desk
def preview(gathering_id: UUID) -> ResponseReturnValue:
    """The page as everybody will read it, with a hint on how it reads."""
    with current_core().units.read() as uow:
        gathering = gatherings.found(uow, gathering_id)
        said = gathering.texts.get(FIRST_LANGUAGE, {})
        words = [said[name] for name in forms.WORDS if said.get(name)]
        return render_template(
            "gatherings/preview.html",
            found=listed(uow, [gathering])[0],
            advice=advise(words, FIRST_LANGUAGE) if words else None,
            may_change=_may_change(uow, gathering),
        )


@at_desk.post("/<uuid:gathering_id>/publish")
@for_desk
def publish(gathering_id: UUID) -> ResponseReturnValue:
    """Let everybody read it; what is missing is said on the form."""
    try:
        with current_core().units.write() as uow:
            gatherings.publish(uow, gathering_id)
    except InvalidValue as error:
        return filled_page(gathering_id, [error])
    except ImpossibleStep as error:
        return _back(gathering_id, said_to_reader(error), "warning")
    return _back(gathering_id, _("It is published. People can sign up now."))


@at_desk.get("/<uuid:gathering_id>/cancel")
@for_desk
def cancel_form(gathering_id: UUID) -> ResponseReturnValue:
    """Why does it not go on?"""
    return _cancel_page(gathering_id, {})


@at_desk.post("/<uuid:gathering_id>/cancel")
@for_desk
def cancel(gathering_id: UUID) -> ResponseReturnValue:
    """Call it off; everyone who signed up is told why."""
    answers = forms.reason(request.form, written_in())
    try:
        with current_core().units.write() as uow:
            gatherings.cancel(uow, gathering_id, forms.reasons(answers, written_in()))
    except InvalidValue as error:
        return _cancel_page(gathering_id, answers, error)
    except ImpossibleStep as error:
        return _back(gathering_id, said_to_reader(error), "warning")
    return _back(gathering_id, _("It is called off. Everyone who signed up is told."))


def _page(uow: UnitOfWork, gathering: Gathering, asked: Counter[str] | None = None) -> ResponseReturnValue:
    parties = queries.parties_of(uow.session, gathering.id)
    rows = [party_row(uow, each) for each in parties]
    began = uow.today >= gathering.starts_at.astimezone(uow.zone).date()
    return render_template(
        "gatherings/show.html",
        found=listed(uow, [gathering])[0],
        live=[each for each in rows if each.state_code in LIVE],
        ended=[each for each in rows if each.state_code not in LIVE],
        may_count=began and gathering.state == GatheringState.PUBLISHED,
        may_change=_may_change(uow, gathering),
        takes_people=_takes_people(uow, gathering),
        not_said_in=[
            LANGUAGES[code].own
            for code in written_in()
            if not {"title", "about"} <= gathering.texts.get(code, {}).keys()
        ],
        has_help=any(each.help_sealed for each in parties if SeatState(each.state) in LIVE),
        asked=[
            (code, FEATURES[code].label(current_language()), asked[code])
            for code in FEATURES
            if code in asked
        ]
        if asked is not None
        else None,
    )


def _takes_people(uow: UnitOfWork, gathering: Gathering) -> bool:
    """Whether the desk can write somebody in who has no file."""
    goes_on = gathering.ends_at > uow.now and gathering.state == GatheringState.PUBLISHED
    return goes_on and PartyKind.VISITOR in OPEN_TO[GatheringKind(gathering.kind)]


def _may_change(uow: UnitOfWork, gathering: Gathering) -> bool:
    return gathering.starts_at > uow.now and gathering.state != GatheringState.CANCELLED


def _cancel_page(
    gathering_id: UUID, answers: Answers, error: DomainError | None = None
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        found = listed(uow, [gatherings.found(uow, gathering_id)])[0]
    page = render_template(
        "gatherings/cancel.html",
        found=found,
        answers=answers,
        errors=form_errors([error]) if error else [],
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        longest=LONGEST_REASON,
    )
    return page, _INVALID if error else 200


def _back(gathering_id: UUID, said: str, kind: str = "success") -> ResponseReturnValue:
    flash(said, kind)
    return redirect(url_for("desk_gatherings.show", gathering_id=gathering_id), code=303)

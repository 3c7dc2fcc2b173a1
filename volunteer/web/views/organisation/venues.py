"""The addresses of an organisation."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Venue
from volunteer.queries import joining as queries
from volunteer.services import spent_forms
from volunteer.services import venues as service
from volunteer.web.auth import for_members
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.joining_choices import municipalities
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, team_of_form

_INVALID = 422


def _writing() -> Team:
    """The team, for those who speak for it. Raises :class:`NotAllowed`."""
    team = our_team()
    if not team.may_answer:
        raise NotAllowed("A colleague who answers for your team can change this.")
    return team


def spoken_place(venue: Venue) -> str:
    """An address on one line."""
    known = MUNICIPALITIES.get(venue.municipality or "")
    town = " ".join(filter(None, (venue.postal_code, known.label(current_language()) if known else None)))
    return ", ".join(filter(None, (venue.street, town)))


@blueprint.get("/venues")
@for_members
def venues() -> ResponseReturnValue:
    """Every address, and how to get there."""
    team = our_team()
    with current_core().units.read() as uow:
        rows = [
            {
                "id": each.id,
                "place": spoken_place(each),
                "getting_there": each.getting_there,
                "roles": queries.roles_at(uow.session, each.id),
            }
            for each in queries.venues_of(uow.session, team.id)
        ]
    return render_template("organisation/venues.html", team=team, venues=rows)


@blueprint.get("/venues/new")
@for_members
def new_venue() -> ResponseReturnValue:
    """A further address."""
    return _form(_writing(), None, {})


@blueprint.post("/venues/new")
@for_members
def add_venue() -> ResponseReturnValue:
    """Write a further address down."""
    team_of_form()
    team, answers = _writing(), forms.venue(request.form)
    try:
        place = forms.place(answers)
        way_in = service.clean_way_in(text(answers, "getting_there"))
        with current_core().units.write() as uow:
            if spent_forms.spend(uow, form_id()):
                service.add(uow, team.id, place, getting_there=way_in)
    except InvalidValue as error:
        return _form(team, None, answers, error)
    return _done(_("The venue is there. Say now what is possible at it."))


@blueprint.get("/venues/<uuid:venue_id>")
@for_members
def venue(venue_id: UUID) -> ResponseReturnValue:
    """One address, to change it."""
    team = _writing()
    with current_core().units.read() as uow:
        found = service.venue_in(uow, team.id, venue_id)
        names = ("street", "postal_code", "municipality", "getting_there")
        answers: Answers = {name: getattr(found, name) or "" for name in names}
    return _form(team, venue_id, answers)


@blueprint.post("/venues/<uuid:venue_id>")
@for_members
def change_venue(venue_id: UUID) -> ResponseReturnValue:
    """Write it again, or take it away."""
    team, answers = _writing(), forms.venue(request.form)
    try:
        with current_core().units.write() as uow:
            if request.form.get("do") == "remove":
                service.remove(uow, team.id, venue_id)
            else:
                place = forms.place(answers)
                way_in = service.clean_way_in(text(answers, "getting_there"))
                service.change(uow, team.id, venue_id, place, getting_there=way_in)
    except (InvalidValue, ImpossibleStep) as error:
        return _form(team, venue_id, answers, error)
    return _done(_("Saved."))


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("organisation.venues"), code=303)


def _form(
    team: Team, venue_id: UUID | None, answers: Answers, error: DomainError | None = None
) -> ResponseReturnValue:
    page = render_template(
        "organisation/venue.html",
        team=team,
        venue_id=venue_id,
        answers=answers,
        municipalities=municipalities(),
        errors=form_errors([error], field="street") if error else [],
    )
    return page, _INVALID if error else 200

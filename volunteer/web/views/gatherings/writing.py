"""Writing a gathering at the desk: one form, whose draft nobody else sees."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, FEATURES, Dimension
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gatherings import (
    FIRST_LANGUAGE,
    LONGEST_ABOUT,
    LONGEST_LINE,
    LONGEST_REASON,
    LONGEST_TITLE,
    Details,
    GatheringState,
)
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.models import Gathering
from volunteer.services import gatherings, spent_forms
from volunteer.web import choices
from volunteer.web.access_page import group_title
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import Complaints, form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import gatherings as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_words import for_whom, kind_names
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.views.gatherings.blueprints import at_desk

_SEATS = "20"
"""What an empty form proposes."""
_NOT_ASKED = ("question", "afterwards", "expertise_offered", "expertise_asked")
"""What the form leaves as it is."""


@at_desk.get("/new")
@for_desk
def new() -> ResponseReturnValue:
    """An empty form."""
    return form_page(None, {"seats": _SEATS, "languages": [FIRST_LANGUAGE]})


@at_desk.post("/new")
@for_desk
def add() -> ResponseReturnValue:
    """Keep it as a draft; the same form again makes no second one."""
    answers, complaints = forms.gathering(request.form, written_in()), Complaints()
    told = _told(answers, complaints, None)
    if told is None:
        return form_page(None, answers, complaints.errors)
    try:
        with current_core().units.write() as uow:
            if not spent_forms.spend(uow, form_id()):
                return redirect(url_for(".index"), code=303)
            made = gatherings.make(uow, told, account_id=staff().account_id).id
    except InvalidValue as error:
        return form_page(None, answers, [error])
    return _done(made, _("Saved as a draft. Only the desk sees it."))


@at_desk.get("/<uuid:gathering_id>/change")
@for_desk
def change_form(gathering_id: UUID) -> ResponseReturnValue:
    """The form, with what was said before; nothing more is said of what was called off."""
    with current_core().units.read() as uow:
        if gatherings.found(uow, gathering_id).state == GatheringState.CANCELLED:
            flash(_("This activity was called off."), "warning")
            return redirect(url_for(".show", gathering_id=gathering_id), code=303)
    return filled_page(gathering_id)


@at_desk.post("/<uuid:gathering_id>/change")
@for_desk
def change(gathering_id: UUID) -> ResponseReturnValue:
    """Say something else; who signed up hears of another time or place."""
    answers, complaints = forms.gathering(request.form, written_in()), Complaints()
    with current_core().units.read() as uow:
        before = gatherings.found(uow, gathering_id)
    told = _told(answers, complaints, before)
    if told is None:
        return form_page(before, answers, complaints.errors)
    try:
        with current_core().units.write() as uow:
            gatherings.change(uow, gathering_id, told, partner_id=before.organisation_id)
    except (InvalidValue, ImpossibleStep) as error:
        return form_page(before, answers, [error])
    return _done(gathering_id, _("Saved."))


def filled_page(gathering_id: UUID, errors: Sequence[DomainError] = ()) -> ResponseReturnValue:
    """The form of what is there, with these complaints about it. Raises :class:`NotFound`."""
    with current_core().units.read() as uow:
        gathering = gatherings.found(uow, gathering_id)
        return form_page(gathering, forms.filled(gathering, uow.zone), errors)


def form_page(
    gathering: Gathering | None, answers: Answers, errors: Sequence[DomainError] = ()
) -> ResponseReturnValue:
    """The form with what was typed."""
    chosen = {*answers.get("languages", []), *answers.get("interpreters", [])} - SIGN_LANGUAGES
    spoken = choices.spoken_languages()
    spoken += [pair for pair in choices.other_languages() if pair[0] in chosen]
    page = render_template(
        "gatherings/form.html",
        gathering_id=gathering.id if gathering else None,
        is_published=gathering is not None and gathering.state == GatheringState.PUBLISHED,
        answers=answers,
        errors=form_errors([forms.placed(each) for each in errors], field="kind"),
        kinds=[(kind, name, for_whom(kind)) for kind, name in kind_names().items()],
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        spoken_languages=spoken,
        other_languages=[
            pair for pair in choices.other_languages() if pair not in spoken and pair[0] not in SIGN_LANGUAGES
        ],
        sign_languages=[(code, LANGUAGES[code].own) for code in LANGUAGES if code in SIGN_LANGUAGES],
        municipalities=choices.municipalities(),
        access_groups=access_groups(),
        longest={
            "title": LONGEST_TITLE,
            "about": LONGEST_ABOUT,
            "directions": LONGEST_REASON,
            "line": LONGEST_LINE,
        },
    )
    return page, status_of(errors[0]) if errors else 200


def written_in() -> tuple[str, ...]:
    """The languages in which a gathering is written about, the one that is needed first."""
    every = current_core().settings.centre.languages
    return (FIRST_LANGUAGE, *(code for code in every if code != FIRST_LANGUAGE))


def _told(answers: Answers, complaints: Complaints, before: Gathering | None) -> Details | None:
    said = gatherings.details_of(before) if before else None
    kept = {name: getattr(said, name) for name in _NOT_ASKED} if said else {}
    with current_core().units.read() as uow:
        return forms.details(answers, uow.zone, written_in(), complaints, kept=kept)


def access_groups() -> list[tuple[str, list[choices.Choice]]]:
    """What can be true of a venue and of a day, in three groups."""
    reader = current_language()
    return [
        (
            group_title(group),
            [
                choices.Choice(code, FEATURES[code].label(reader))
                for code in ASKED_OF_ORGANISATIONS
                if FEATURES[code].dimension is group
            ],
        )
        for group in Dimension
    ]


def _done(gathering_id: UUID, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".show", gathering_id=gathering_id), code=303)

"""Everything about one person on one page; what helps them only after a press, which is written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.access import Strength
from volunteer.domain.candidates import CandidateState
from volunteer.domain.deeds import DeedKind
from volunteer.domain.retention import ErasureAsked
from volunteer.models import Candidate
from volunteer.services import deeds, duplicates, erasure, introductions, needs
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import typed_at_desk
from volunteer.web.agreed_at_desk import agreed
from volunteer.web.auth import for_desk, staff
from volunteer.web.card_panel import card_panel
from volunteer.web.enrolment_page import need_parts
from volunteer.web.errors import FormError
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import Answers
from volunteer.web.found_people import person_rows
from volunteer.web.language import gettext as _
from volunteer.web.passed_at_desk import passed_for
from volunteer.web.person_page import ideas_of, needs_in_words, person_page
from volunteer.web.person_prints import person_prints
from volunteer.web.person_work import person_work
from volunteer.web.support_words import helper_of
from volunteer.web.views.people.blueprint import blueprint, page_of, person

READ_FOR = "desk_conversation"


@blueprint.get("/<uuid:candidate_id>")
@for_desk
def show(candidate_id: UUID) -> ResponseReturnValue:
    """The page of one person; the address of a file that was merged leads to where it went."""
    with current_core().units.read() as uow:
        candidate = person(uow, candidate_id)
        if candidate.id != candidate_id:
            return redirect(page_of(candidate.id), code=303)
        return whole_page(uow, candidate)


@blueprint.post("/<uuid:candidate_id>/needs")
@for_desk
def show_needs(candidate_id: UUID) -> ResponseReturnValue:
    """What helps this person, for this once: the reading is in the journal."""
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id)
        return whole_page(uow, candidate, opened=needs_opened(uow, candidate))


@blueprint.get("/<uuid:candidate_id>/suggestions")
@for_desk
@limiter.exempt
def newest_suggestions(candidate_id: UUID) -> ResponseReturnValue:
    """The suggestions alone, while they are being made."""
    with current_core().units.read() as uow:
        candidate = person(uow, candidate_id)
        return render_template(
            "desk/_ideas.html",
            ideas=ideas_of(uow, candidate),
            candidate_id=candidate.id,
            print_url=url_for("papers.desk_suggestions", candidate_id=candidate.id),
        )


@blueprint.post("/<uuid:candidate_id>/introductions/<uuid:introduction_id>/withdraw")
@for_desk
def withdraw(candidate_id: UUID, introduction_id: UUID) -> ResponseReturnValue:
    """The person, who is here or on the phone, takes it back."""
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id)
        introductions.withdraw(uow, candidate, introduction_id)
        deeds.note(uow, candidate.id, DeedKind.WITHDRAWN, account_id=staff().account_id)
    flash(_("Taken back, as they asked."), "success")
    return redirect(page_of(candidate_id), code=303)


@blueprint.get("/<uuid:candidate_id>/erase")
@for_desk
def erase(candidate_id: UUID) -> ResponseReturnValue:
    """What goes when this file goes, before it does."""
    with current_core().units.read() as uow:
        page = person_page(uow, person(uow, candidate_id))
        return render_template("desk/erase.html", page=page, back_url=page_of(candidate_id))


@blueprint.post("/<uuid:candidate_id>/erase")
@for_desk
def erase_now(candidate_id: UUID) -> ResponseReturnValue:
    """Erase it, because the person asked."""
    with current_core().units.write() as uow:
        erasure.erase(
            uow,
            person(uow, candidate_id, hold=True),
            asked_by=ErasureAsked.DESK,
            account_id=staff().account_id,
        )
    flash(_("Erased. Nothing of this person is left here."), "success")
    return redirect(url_for("desk.today"), code=303)


@blueprint.post("/<uuid:candidate_id>/others")
@for_desk
def somebody_else(candidate_id: UUID) -> ResponseReturnValue:
    """Every file that looks like this one is of somebody else: do not ask again."""
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id)
        others = [each.id for each in duplicates.others_like(uow, candidate)]
        duplicates.tell_apart(uow, candidate, others, account_id=staff().account_id)
    flash(_("Noted: these are different people."), "success")
    return redirect(page_of(candidate_id), code=303)


def needs_opened(uow: UnitOfWork, candidate: Candidate) -> dict[str, Strength]:
    """What helps this person, opened for a conversation; the reading is in the journal."""
    return needs.read(uow, candidate, reader=f"account:{staff().account_id}", purpose=READ_FOR)


def whole_page(
    uow: UnitOfWork,
    candidate: Candidate,
    *,
    opened: Mapping[str, Strength] | None = None,
    typed: Answers | None = None,
    errors: Collection[FormError] = (),
) -> str:
    """The page; with what helps, once it was ``opened``, or as it was ``typed`` in a form that came back."""
    answers = typed
    if answers is None and opened is not None:
        said = {f"need_{code}": str(strength) for code, strength in opened.items()}
        # What was typed before this file was found waits to be kept.
        answers = {**said, **typed_at_desk.needs_for(uow, candidate.id)}
    is_confirmed = candidate.state == CandidateState.CONFIRMED
    return render_template(
        "desk/person.html",
        page=person_page(uow, candidate),
        helps=needs_in_words(dict(opened)) if opened is not None else None,
        need_answers=answers,
        need_parts=need_parts() if answers is not None else [],
        errors=errors,
        agreed=agreed(uow, candidate),
        has_typed=typed_at_desk.kept_for(uow, candidate.id) is not None,
        alike=person_rows(uow, duplicates.others_like(uow, candidate)),
        card=card_panel(uow, candidate) if is_confirmed else None,
        helper=helper_of(uow, candidate),
        passed=passed_for(uow, candidate),
        work=person_work(uow, candidate),
        prints=person_prints(uow, candidate) if is_confirmed else None,
    )

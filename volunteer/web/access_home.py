"""What the first page of an organisation says of access: changes that open most, plans, and questions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import NotFound
from volunteer.domain.figures import Kind
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import WAITS_FOR_ANSWER
from volunteer.queries.access import open_plans
from volunteer.queries.figures import ShownFigure
from volunteer.queries.questions import asked_questions
from volunteer.services import access_check, figures, question_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import access_page
from volunteer.web.dates import spoken_day
from volunteer.web.figure_lines import Line, openings
from volunteer.web.language import current_language


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One sentence of what a change would do, and the page on which it becomes one."""

    text: str
    people: int
    url: str
    is_asked: bool
    """They never told us; otherwise they said no."""
    is_about_languages: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Something they mean to make possible."""

    id: UUID
    label: str
    code: str
    day: str
    who: str
    where: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A question that can be answered with one press."""

    id: UUID
    code: str
    label: str
    where: str
    language: str
    role_id: UUID
    is_about_languages: bool


def parts(uow: UnitOfWork, organisation_id: UUID) -> dict[str, object]:
    """What the template wants of access."""
    found = figures.of_organisation(uow, organisation_id)
    said = openings(found)
    pairs = [
        *zip(found.of(Kind.ARRANGE), said.arrange, strict=True),
        *zip(found.of(Kind.TELL), said.tell, strict=True),
    ]
    return {
        "would_open": said,
        "what_if": [_what_if(figure, line) for figure, line in pairs],
        "plans": _plans(uow, organisation_id),
        "questions": _questions(uow, organisation_id),
    }


def _what_if(figure: ShownFigure, line: Line) -> WhatIf:
    is_language = figure.code not in FEATURES
    url = (
        url_for("roles.index")
        if is_language
        else url_for("access_changes.change", scope=figure.scope, scope_id=figure.scope_id, code=figure.code)
    )
    return WhatIf(line.text, line.people, url, figure.kind == Kind.TELL, is_language)


def _plans(uow: UnitOfWork, organisation_id: UUID) -> list[Plan]:
    found = []
    for plan in open_plans(uow.session, organisation_id):
        try:
            place = access_check.place_of(uow, organisation_id, Scope(plan.scope), plan.scope_id)
        except NotFound:
            continue
        found.append(
            Plan(
                id=plan.id,
                label=FEATURES[plan.code].label(current_language()),
                code=plan.code,
                day=spoken_day(plan.by_when),
                who=plan.who or "",
                where=access_page.here(uow, place)[0],
                is_due=plan.by_when <= uow.today,
            )
        )
    return found


def _questions(uow: UnitOfWork, organisation_id: UUID) -> list[AskedHere]:
    return [
        AskedHere(
            id=each.id,
            code=each.code,
            label=FEATURES[each.code].label(current_language()),
            where=question_links.where(uow, each),
            language=each.opportunity.language,
            role_id=each.opportunity_id,
            is_about_languages=FEATURES[each.code].derived,
        )
        for each in asked_questions(uow.session, organisation_id, asked_after=uow.today - WAITS_FOR_ANSWER)
    ]

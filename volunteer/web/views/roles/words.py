"""What a role says in each language, side by side, with who wrote it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Opportunity
from volunteer.services import opportunity_texts
from volunteer.services.opportunity_texts import WrittenBy
from volunteer.web.auth import for_members
from volunteer.web.dates import spoken_day
from volunteer.web.errors import FormError, form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.language import gettext as _
from volunteer.web.views.roles.blueprint import blueprint, role_to_change

_INVALID = 422
_FIELDS = ("title", "description", "written_by", "writer")


@dataclass(frozen=True, slots=True)
class Side:
    """One language beside the original."""

    code: str
    own: str
    answers: Answers
    about: str | None
    """Who wrote it and when; None where nothing is written yet."""
    is_older: bool
    errors: list[FormError]


@blueprint.get("/organisation/roles/<uuid:role_id>/words")
@for_members
def words(role_id: UUID) -> ResponseReturnValue:
    """Title and description in every language."""
    return _page(role_id)


@blueprint.post("/organisation/roles/<uuid:role_id>/words/<language>")
@for_members
def say(role_id: UUID, language: str) -> ResponseReturnValue:
    """Keep the words of one language, or take them out."""
    if language not in opportunity_texts.LANGUAGES:
        raise NotFound("There is nothing at this address.")
    answers = _own_fields(language)
    try:
        with current_core().units.write() as uow:
            opportunity = role_to_change(uow, role_id)
            if request.form.get("then") == "remove":
                opportunity_texts.unsay(opportunity, language)
            else:
                opportunity_texts.say(
                    uow,
                    opportunity,
                    language,
                    title=answers.get("title", ""),
                    description=answers.get("description", ""),
                    written_by=_written_by(answers),
                    writer=answers.get("writer", ""),
                )
    except InvalidValue as error:
        error.field = f"{error.field}_{language}"
        return _page(role_id, language, answers, form_errors([error])), _INVALID
    flash(_("Kept. People who read this language see it from now on."), "success")
    return redirect(url_for("roles.words", role_id=role_id) + f"#in-{language}", code=303)


def _own_fields(language: str) -> Answers:
    given = typed(request.form, texts=[f"{name}_{language}" for name in _FIELDS])
    return {name.removesuffix(f"_{language}"): value for name, value in given.items()}


def _written_by(answers: Answers) -> WrittenBy:
    return WrittenBy.PERSON if answers.get("written_by") == WrittenBy.PERSON else WrittenBy.TEAM


def _page(
    role_id: UUID,
    language: str = "",
    answers: Answers | None = None,
    errors: list[FormError] | None = None,
) -> str:
    with current_core().units.write() as uow:
        opportunity = role_to_change(uow, role_id)
        sides = [
            _side(opportunity, code, answers if code == language else None, errors or [])
            for code in opportunity_texts.LANGUAGES
            if code != opportunity.language
        ]
        return render_template(
            "roles/words.html",
            role=opportunity,
            own=LANGUAGES[opportunity.language].own,
            team_name=opportunity.organisation.name,
            about=_about_original(opportunity),
            sides=sides,
            errors=errors or [],
        )


def _side(opportunity: Opportunity, code: str, typed_now: Answers | None, errors: list[FormError]) -> Side:
    text = next((each for each in opportunity.texts if each.language == code), None)
    kept: Answers = {}
    if text is not None:
        kept = {name: getattr(text, name) or "" for name in _FIELDS}
    return Side(
        code=code,
        own=LANGUAGES[code].own,
        answers=kept if typed_now is None else typed_now,
        about=_about(WrittenBy(text.written_by), text.writer, text.written_at) if text else None,
        is_older=text is not None and opportunity_texts.is_older(opportunity, text),
        errors=errors if typed_now is not None else [],
    )


def _about_original(opportunity: Opportunity) -> str:
    written_at = opportunity_texts.words_written_at(opportunity)
    return _about(opportunity_texts.original_by(opportunity), None, written_at)


def _about(written_by: WrittenBy, writer: str | None, written_at: datetime) -> str:
    day = spoken_day(written_at)
    match written_by:
        case WrittenBy.TEAM:
            return _("Written by your team on %(day)s.", day=day)
        case WrittenBy.PERSON:
            return _("Written by %(name)s on %(day)s.", name=writer or "", day=day)
        case WrittenBy.IMPORTED:
            return _("Came with a list or a program on %(day)s.", day=day)

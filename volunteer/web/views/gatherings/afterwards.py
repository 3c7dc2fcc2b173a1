"""After a gathering: material and one question for who was there; what the desk writes and reads of it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.afterwards import Answer
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gatherings import LONGEST_ABOUT, LONGEST_LINE, said_in, text_in
from volunteer.domain.languages import LANGUAGES
from volunteer.links import Purpose
from volunteer.models import GatheringParty
from volunteer.services import afterwards, gathering_links, gatherings
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import afterwards as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_words import words_of
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.gatherings.blueprints import at_desk, for_all


@for_all.get("/after/<token>")
@limiter.limit("60 per minute")
def after(token: str) -> ResponseReturnValue:
    """What there is to read, and the question. Opening it answers nothing: mail scanners open links too."""
    with current_core().units.read() as uow:
        return _page(uow, _party(uow, token))


@for_all.post("/after/<token>")
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """The answer; a later one takes the place of the one before."""
    answers = forms.answer(request.form)
    try:
        with current_core().units.write() as uow:
            party = _party(uow, token)
            afterwards.answer(uow, party.id, forms.chosen(answers), str(answers.get("words", "")))
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, _party(uow, token), answers, error)
    flash(_("Thank you. We read it."), "success")
    return redirect(url_for(".after", token=token), code=303)


@at_desk.get("/<uuid:gathering_id>/afterwards")
@for_desk
def afterwards_form(gathering_id: UUID) -> ResponseReturnValue:
    """What is sent the day after, and what came back."""
    return _desk_page(gathering_id)


@at_desk.post("/<uuid:gathering_id>/afterwards")
@for_desk
def say_afterwards(gathering_id: UUID) -> ResponseReturnValue:
    """Write it; who opens the link reads it as it is then."""
    written_in = _written_in()
    answers = forms.typed(request.form, written_in)
    try:
        with current_core().units.write() as uow:
            gatherings.say_afterwards(
                uow,
                gathering_id,
                afterwards=forms.material(answers, written_in),
                question=forms.question(answers, written_in),
            )
    except InvalidValue as error:
        return _desk_page(gathering_id, answers, error)
    flash(_("Saved."), "success")
    return redirect(url_for("desk_gatherings.show", gathering_id=gathering_id), code=303)


def _party(uow: UnitOfWork, token: str) -> GatheringParty:
    return gathering_links.party_of(uow, *current_core().links.read(Purpose.AFTERWARDS, token))


def _page(
    uow: UnitOfWork,
    party: GatheringParty,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    gathering, language = party.gathering, current_language()
    page = render_template(
        "agenda/after.html",
        found=listed(uow, [gathering])[0],
        words=words_of(gathering.afterwards, "words"),
        link=text_in(gathering.afterwards, "link", language),
        question=afterwards.question_of(gathering, language),
        is_open=afterwards.is_asked(uow, party),
        answer_names=_names(),
        answered=party.answer,
        answers=answers or {"answer": party.answer, "words": afterwards.words_of(uow, party)},
        errors=form_errors([error], field="answer") if error else [],
    )
    return page, status_of(error) if error else 200


def _desk_page(
    gathering_id: UUID, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        gathering = gatherings.found(uow, gathering_id)
        given = afterwards.answers_of(uow, gathering_id)
        reader = current_language()
        page = render_template(
            "gatherings/afterwards.html",
            found=listed(uow, [gathering])[0],
            answers=forms.answers_of(gathering) if answers is None else answers,
            question=said_in(gathering.question, reader) or afterwards.question_of(gathering, reader),
            given=[(name, given.counts[Answer(code)]) for code, name in _names()],
            sentences=given.sentences,
            written_in=[(code, LANGUAGES[code].own) for code in _written_in()],
            longest={"words": LONGEST_ABOUT, "question": LONGEST_LINE},
            errors=form_errors([error]) if error else [],
        )
    return page, status_of(error) if error else 200


def _names() -> list[tuple[str, str]]:
    """The answers, as they stand on the buttons."""
    return [
        (Answer.YES.value, _("Yes")),
        (Answer.PARTLY.value, _("A little")),
        (Answer.NOT_YET.value, _("Not yet")),
    ]


def _written_in() -> tuple[str, ...]:
    return current_core().settings.centre.languages

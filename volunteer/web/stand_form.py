"""The page with the form of a stand: the same for an organisation and for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import DomainError
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.domain.stands import (
    LONGEST_HOSTS,
    LONGEST_OFFER,
    LONGEST_WORDS,
    MOST_SEATS,
    ON_THE_DAY,
    Application,
)
from volunteer.models import Market
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.choices import Choice
from volunteer.web.errors import Complaints, form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import stands as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.stand_words import market_line

SUGGESTED = "1"
"""How many come to the training, before anybody says it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a form said: as it was typed, as it is meant, and what is wrong with it."""

    answers: Answers
    application: Application | None
    complaints: Complaints


def read(market: Market, kept: Application) -> Told:
    """The form that was sent now."""
    answers = forms.application(request.form, languages=written_in(), asked=asked_of(market))
    complaints = Complaints()
    said = forms.told(
        answers,
        complaints,
        languages=written_in(),
        asked=asked_of(market),
        kept=kept,
        rounds=market.round_count,
    )
    return Told(answers, said, complaints)


def page(
    uow: UnitOfWork,
    market: Market,
    answers: Answers,
    errors: Sequence[DomainError] = (),
    **context: object,
) -> ResponseReturnValue:
    """The form with what was typed; ``context``: ``at_desk``, ``back_url``, ``is_new`` and more."""
    chosen = set(answers.get("tasks", []))
    spoken = {*answers.get("languages", [])} - SIGN_LANGUAGES
    open_ones = choices.spoken_languages()
    open_ones += [pair for pair in choices.other_languages() if pair[0] in spoken]
    rendered = render_template(
        "markets/stand_form.html",
        market=market_line(uow, market),
        answers={"training_size": SUGGESTED, **answers},
        errors=form_errors(errors, field=f"offer_{FIRST_LANGUAGE}"),
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        task_groups=[(_("Chosen most often"), choices.first_tasks()), *choices.task_groups()],
        chosen_tasks=[
            Choice(code, TASKS[code].label(current_language())) for code in TASKS if code in chosen
        ],
        spoken_languages=open_ones,
        sign_languages=[(code, LANGUAGES[code].own) for code in LANGUAGES if code in SIGN_LANGUAGES],
        other_languages=[
            pair
            for pair in choices.other_languages()
            if pair not in open_ones and pair[0] not in SIGN_LANGUAGES
        ],
        helps=[Choice(code, FEATURES[code].label(current_language())) for code in asked_of(market)],
        most_seats=MOST_SEATS,
        longest={"offer": LONGEST_OFFER, "hosts": LONGEST_HOSTS, "words": LONGEST_WORDS},
        **context,
    )
    return rendered, status_of(errors[0]) if errors else 200


def asked_of(market: Market) -> list[str]:
    """Access codes of which each stand says whether they are so: not those that are, in the whole hall."""
    return [code for code in ON_THE_DAY if code not in market.access]


def written_in() -> tuple[str, ...]:
    """The languages in which a stand is written about, the one that is needed first."""
    every = current_core().settings.centre.languages
    return (FIRST_LANGUAGE, *(code for code in every if code != FIRST_LANGUAGE))

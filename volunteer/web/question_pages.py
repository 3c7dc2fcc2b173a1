"""One question a page: shown while somebody signs up, and again when they change one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import render_template, url_for

from volunteer.domain.errors import DomainError
from volunteer.web import choices, neighbourhoods
from volunteer.web.errors import form_errors
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.signup_steps import Step

BACK = "back"
"""Name of the button that leaves a page without sending it."""


def question_page(
    step: Step, answers: Answers, errors: Iterable[DomainError] = (), *, has_back: bool, **more: object
) -> str:
    """The page of ``step`` with these answers; ``more`` is what its template is given besides."""
    if step.dimension:
        answers = {**answers, "needs_unknown": answers.get(f"needs_unknown_{step.dimension}")}
    return render_template(
        step.template,
        step=step.slug,
        answers=answers,
        errors=form_errors(errors, field=step.names[0] if step.names else "main"),
        has_back=has_back,
        form_id="question-form",
        **{"wipe_url": url_for("me.leave"), **_offered(step), **more},
    )


def _offered(step: Step) -> dict[str, object]:
    """What this page offers to choose from."""
    if step.dimension:
        return {"part": step.dimension.value, "need_groups": choices.need_groups(step.dimension)}
    offers: Mapping[str, Callable[[], dict[str, object]]] = {
        "where": lambda: {"municipalities": choices.municipalities(), "towns": neighbourhoods.towns()},
        "tasks": lambda: {"first_tasks": choices.first_tasks(), "task_groups": choices.task_groups()},
        "often": lambda: {"how_often": choices.commitments()},
        "languages": lambda: {
            "spoken_languages": choices.spoken_languages(),
            "other_languages": choices.other_languages(),
        },
    }
    return offers[step.slug]() if step.slug in offers else {}

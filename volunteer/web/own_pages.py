"""Ways from one of a person's own pages to another, where that page is there."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, url_for

ALL_ANSWERS, ONE_ANSWER = "me.answers", "me.change"
SLIP = "papers.slip"
SUGGESTIONS_ON_PAPER = "papers.suggestions"


def answers_url() -> str | None:
    """Where somebody changes what they answered."""
    return url_for(ALL_ANSWERS) if ALL_ANSWERS in current_app.view_functions else None


def answer_url(step: str) -> str | None:
    """Where somebody changes what they answered to this question of signing up."""
    return url_for(ONE_ANSWER, step=step) if ONE_ANSWER in current_app.view_functions else None


def slip_url(suggestion_id: UUID) -> str | None:
    """A slip of paper about one suggestion, to take along."""
    return url_for(SLIP, about_id=suggestion_id) if SLIP in current_app.view_functions else None


def print_url() -> str | None:
    """The whole list on paper."""
    return url_for(SUGGESTIONS_ON_PAPER) if SUGGESTIONS_ON_PAPER in current_app.view_functions else None

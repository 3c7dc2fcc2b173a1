"""Answers that follow from other facts of the same role; they overrule what was said."""

from __future__ import annotations

from volunteer.domain.access import (
    ABOUT_THE_VENUE,
    FEATURES,
    NO_DUTCH_NEEDED,
    NO_PAPERS_ASKED,
    Answer,
)
from volunteer.domain.matching_facts import RoleFacts

DUTCH = "nl"


def closed_answers(role: RoleFacts) -> dict[str, Answer]:
    """Return the answers of a role with everything its other facts imply.

    Work from home has no door, stairs or stop; an extract is a paper; who needs Dutch cannot
    also need none, unless they say they can arrange it. Codes that follow from the languages
    a person speaks are left out: they differ per person (``people.answers_for``).
    """
    answers = {code: answer for code, answer in role.answers.items() if not FEATURES[code].derived}
    if role.is_remote:
        answers.update(dict.fromkeys(ABOUT_THE_VENUE, Answer.YES))
    if role.languages_needed.get(DUTCH, 0) > 0 and answers.get(NO_DUTCH_NEEDED) is not Answer.ARRANGEABLE:
        answers[NO_DUTCH_NEEDED] = Answer.NO
    if role.extract_required:
        answers[NO_PAPERS_ASKED] = Answer.NO
    return answers

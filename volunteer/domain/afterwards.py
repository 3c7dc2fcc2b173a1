"""After a gathering: one question, its three answers, and what may be shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from volunteer.domain.figures import STEP

ASKED_FOR = timedelta(days=30)
"""So long after the day the question can be answered, and answered otherwise."""
LONGEST_SAID = 300


class Answer(StrEnum):
    """What somebody says to it; a sentence may stand beside it."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"


def takes_answers(ended_at: datetime, now: datetime) -> bool:
    """Whether it is the time for an answer."""
    return ended_at <= now < ended_at + ASKED_FOR


def shown(answers: Iterable[str]) -> Mapping[Answer, int | None]:
    """How often each answer was given; ``None`` below five.

    Nothing is shown of all together: from it and two of the figures the third one would follow.
    """
    given = list(answers)
    counts = {answer: given.count(answer) for answer in Answer}
    return {answer: count if count >= STEP else None for answer, count in counts.items()}


def sentences_shown(said: Sequence[str]) -> Sequence[str]:
    """What was written beside the answers, in no order of people; nothing while fewer than five wrote."""
    return sorted(said) if len(said) >= STEP else []

"""How long organisations take to answer somebody who wants to meet them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import Introduction

RECENT = timedelta(days=180)
"""Older answers say nothing about the people who answer now."""
FEWEST_ANSWERS = 3
"""Below this a median is an accident, and the organisation counts as unknown."""
_A_DAY = timedelta(days=1)


def answer_days(
    session: Session, *, day_began: datetime, only: Collection[UUID] | None = None
) -> dict[UUID, float]:
    """Median days from being told to answering, yes or no, by organisation; unknown ones are left out.

    It looks back from ``day_began``, the beginning of the present day: so the same answers count all day
    long, and only a new answer changes anything. ``only`` names the organisations that matter.
    """
    answered = select(Introduction.organisation_id, Introduction.sent_at, Introduction.answered_at).where(
        Introduction.sent_at.is_not(None), Introduction.answered_at >= day_began - RECENT
    )
    if only is not None:
        answered = answered.where(Introduction.organisation_id.in_(only))
    taken: dict[UUID, list[timedelta]] = defaultdict(list)
    for organisation_id, sent_at, answered_at in session.execute(answered):
        taken[organisation_id].append(answered_at - sent_at)
    return {
        organisation_id: median(times) / _A_DAY
        for organisation_id, times in taken.items()
        if len(times) >= FEWEST_ANSWERS
    }

"""How long organisations take to answer somebody who wants to meet them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from volunteer.models import Introduction
from volunteer.queries.introductions import WAITS_SINCE

RECENT = timedelta(days=180)
"""Older answers say nothing about the people who answer now."""
FEWEST_ANSWERS = 3
"""Below this a median is an accident, and the organisation counts as unknown."""
_SECONDS_A_DAY = timedelta(days=1).total_seconds()


def answer_days(
    session: Session, *, day_began: datetime, only: Collection[UUID] | None = None
) -> dict[UUID, float]:
    """Median days from being told to answering, yes or no, by organisation; unknown ones are left out.

    It looks back from ``day_began``, the beginning of the present day: so the same answers count all day
    long, and only a new answer changes anything. ``only`` names the organisations that matter.
    """
    owner = Introduction.organisation_id
    taken = extract("epoch", Introduction.answered_at) - extract("epoch", WAITS_SINCE)
    answered = select(
        owner.label("owner"),
        taken.label("taken"),
        func.row_number().over(partition_by=owner, order_by=taken).label("place"),
        func.count().over(partition_by=owner).label("many"),
    ).where(Introduction.sent_at.is_not(None), Introduction.answered_at >= day_began - RECENT)
    if only is not None:
        answered = answered.where(owner.in_(only))
    each = answered.subquery().c
    # Of an odd number the one in the middle, of an even number the mean of the two.
    middle = (each.place * 2).between(each.many, each.many + 2)
    enough = each.many >= FEWEST_ANSWERS
    medians = select(each.owner, func.avg(each.taken)).where(enough, middle).group_by(each.owner)
    return {owner: float(seconds) / _SECONDS_A_DAY for owner, seconds in session.execute(medians)}

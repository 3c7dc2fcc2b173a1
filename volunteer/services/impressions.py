"""Impressions: a role that was shown to a person, and what came of it. What weights are learned from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from volunteer.models import NeedReading
from volunteer.models.base import field_name
from volunteer.queries import impressions as queries
from volunteer.unit_of_work import UnitOfWork

RIPENS = timedelta(days=14)
"""What was shown later than this may still be chosen, so it says nothing yet."""
_DETAIL = field_name("suggestions", "detail_sealed")
_READER = "learning"
_PURPOSE = "learn"


class Outcome(IntEnum):
    """What came of it, from nothing to the best. The numbers are grades and are compared."""

    NOTHING = 0
    ASKED = 1
    """The person wanted to meet them."""
    MET = 2
    """The organisation said yes."""


@dataclass(frozen=True, slots=True)
class Impression:
    """One role that one person saw at one place of a list."""

    candidate_id: UUID
    opportunity_id: UUID
    organisation_id: UUID
    list_id: UUID
    weights_version: str
    rank: int
    tier: str
    shown_at: datetime
    values: Mapping[str, float]
    """The value between 0 and 1 of each term the person told us enough for."""
    needs: frozenset[str]
    """Never a feature: only to see that nobody who has needs loses."""
    outcome: Outcome


def collect(uow: UnitOfWork) -> list[Impression]:
    """What people who agreed to learning were shown, in order of time, each role once for each person.

    A role that stood on several lists counts where it was last seen before the wish to meet them; without a
    wish, where it was last seen. Opening the details tells something of needs, so it is written in the
    journal of each of these people.
    """
    wishes = _wishes(uow)
    last: dict[tuple[UUID, UUID], Impression] = {}
    for row in queries.shown_suggestions(uow.session, before=uow.now - RIPENS, now=uow.now):
        asked_at, outcome = wishes.get((row.candidate_id, row.opportunity_id), (None, Outcome.NOTHING))
        if asked_at is not None and row.shown_at > asked_at:
            continue
        detail = json.loads(uow.keyring.open(row.detail_sealed, field=_DETAIL))
        if not detail.get("values"):
            continue  # made before values were kept
        key = row.candidate_id, row.opportunity_id
        last.pop(key, None)  # so that the order stays that of time
        last[key] = Impression(
            candidate_id=row.candidate_id,
            opportunity_id=row.opportunity_id,
            organisation_id=row.organisation_id,
            list_id=row.list_id,
            weights_version=row.weights_version,
            rank=row.rank,
            tier=detail["tier"],
            shown_at=row.shown_at,
            values=detail["values"],
            needs=frozenset(detail["needs"]),
            outcome=outcome,
        )
    found = list(last.values())
    for candidate_id in dict.fromkeys(each.candidate_id for each in found):
        reading = NeedReading(candidate_id=candidate_id, reader=_READER, purpose=_PURPOSE, read_at=uow.now)
        uow.session.add(reading)
    return found


def _wishes(uow: UnitOfWork) -> dict[tuple[UUID, UUID], tuple[datetime, Outcome]]:
    """When each person first asked to meet each role, and the best that came of it."""
    wishes: dict[tuple[UUID, UUID], tuple[datetime, Outcome]] = {}
    for row in queries.outcomes(uow.session, now=uow.now):
        key = row.candidate_id, row.opportunity_id
        outcome = Outcome.MET if row.met else Outcome.ASKED
        asked_at, best = wishes.get(key, (row.asked_at, outcome))
        wishes[key] = min(asked_at, row.asked_at), max(best, outcome)
    return wishes

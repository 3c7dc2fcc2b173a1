"""Rows of what teams wrote in their own words with a "not now": somebody reads it before the person does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from volunteer.domain.introductions import DeclineReason
from volunteer.models import Remark
from volunteer.services import remarks
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago
from volunteer.web.desk.rows import Row, is_late
from volunteer.web.language import gettext as _

LATE_AFTER = timedelta(days=2)
"""The person heard "not now" at once; what the team added grows old quickly."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """Words of a team, opened for the desk."""

    words: str
    role: str
    candidate_id: UUID
    person: str
    given: str
    """The reason that the team chose, which the person was told."""
    reasons: list[tuple[str, str]]
    """What can be said instead."""


def row_of(uow: UnitOfWork, remark: Remark) -> Row:
    """One row of the column "to look at"."""
    introduction = remark.introduction
    role, person = introduction.opportunity, introduction.candidate
    return Row(
        kind="remarks",
        id=remark.id,
        name=role.organisation.name,
        age=spoken_ago(remark.written_at, uow.now),
        why=_("Wrote something for %(name)s. Read it first.", name=person.first_name),
        icon="message",
        late=is_late(remark.written_at, uow.now, LATE_AFTER),
        detail=ToRead(
            words=remarks.words_of(uow, remark),
            role=role.title,
            candidate_id=person.id,
            person=person.first_name,
            given=introduction.decline_reason or "",
            reasons=[(str(code), said) for code, said in standard_reasons().items()],
        ),
    )


def standard_reasons() -> dict[DeclineReason, str]:
    """Reasons about the offer, as the desk says them."""
    return {
        DeclineReason.NO_SPOT_NOW: _("There is no spot free right now"),
        DeclineReason.NO_TIME_TO_WELCOME: _("They have no time now to welcome somebody well"),
        DeclineReason.ROLE_CHANGED: _("The role changed or stopped"),
        DeclineReason.HOURS_CHANGED: _("The hours changed"),
    }

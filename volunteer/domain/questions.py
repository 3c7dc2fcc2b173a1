"""Questions to organisations: where an answer belongs once it is given."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from volunteer.domain.access import is_about_the_venue
from volunteer.domain.opportunities import Scope


class QuestionState(StrEnum):
    """An open question waits for the organisation."""

    OPEN = "open"
    ANSWERED = "answered"


def where_it_belongs(code: str, *, opportunity_id: UUID, venue_id: UUID | None) -> tuple[Scope, UUID]:
    """A step at the door is asked once for the venue; what concerns the work, once for the role."""
    if venue_id is not None and is_about_the_venue(code):
        return Scope.VENUE, venue_id
    return Scope.OPPORTUNITY, opportunity_id

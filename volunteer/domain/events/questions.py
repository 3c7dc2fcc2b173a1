"""What happened to questions to organisations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """The organisation answered."""

    question_id: UUID

"""What happened to questions to organisations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class QuestionsMailed(Event):
    """An organisation is asked some questions together."""

    mail_id: UUID


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """The organisation answered."""

    question_id: UUID


@dataclass(frozen=True, slots=True)
class QuestionLeftToDesk(Event):
    """Nobody answered the mails, or there is nobody to write to: the desk calls."""

    question_id: UUID


@dataclass(frozen=True, slots=True)
class QuestionDropped(Event):
    """A question was not answered, and nobody waits for it."""

    question_id: UUID

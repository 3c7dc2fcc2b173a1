"""What organisations ask of a person, as far as a support worker may pass the answer on."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from volunteer.models import Candidate, FollowUp, Introduction
from volunteer.queries.introductions import introductions_of
from volunteer.services import follow_ups, introductions, proposals
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.calendar_reply import said_moment
from volunteer.web.proposed_times import buttons
from volunteer.web.role_words import role_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """One introduction: what was written, and what can be answered now."""

    id: UUID
    organisation: str
    title: str
    language: str | None
    """Of the title, where it is not the reader's."""
    words: str
    times: list[tuple[str, str]] = field(default_factory=list)
    """The value of each button, and the time in words."""
    agreed: str = ""
    """The moment on which they agreed, while it is to come."""
    how_id: UUID | None = None
    """The open question of how it goes."""


def answers_of(uow: UnitOfWork, candidate: Candidate) -> list[ToAnswer]:
    """Where an organisation wrote something, or waits for an answer; the newest first."""
    asked = follow_ups.open_for(uow, candidate.id)
    found = (
        _to_answer(uow, each, asked.get(each.id)) for each in introductions_of(uow.session, candidate.id)
    )
    return [each for each in found if each.words or each.times or each.agreed or each.how_id]


def _to_answer(uow: UnitOfWork, introduction: Introduction, asked: FollowUp | None) -> ToAnswer:
    words = role_words(introduction.opportunity)
    agreed = introduction.agreed_at if proposals.has_appointment(uow, introduction) else None
    return ToAnswer(
        id=introduction.id,
        organisation=introduction.opportunity.organisation.name,
        title=words.title,
        language=words.language,
        words=introductions.reply_to(uow, introduction),
        times=buttons(uow, introduction),
        agreed=said_moment(agreed) if agreed else "",
        how_id=asked.id if asked else None,
    )

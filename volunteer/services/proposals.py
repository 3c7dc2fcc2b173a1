"""Several times at once: an organisation proposes them, the person takes one, or says that none suits.

While a proposal stands the introduction is still ``sent``, and it is the person's turn: the organisation is
not late. Every step holds the introduction first, so that of two at the same moment one comes too late.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

from volunteer.domain import proposals as rules
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.introductions import (
    IntroductionAccepted,
    TimeChosen,
    TimesExpired,
    TimesProposed,
    TimesTurnedDown,
    TimesUnanswered,
)
from volunteer.domain.introductions import IntroductionState, Step, after
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Candidate, Introduction, Proposal
from volunteer.models.base import field_name
from volunteer.queries import proposals as queries
from volunteer.queries.organisations import gets_people
from volunteer.services import appointments, introductions
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 50
_REPLY = field_name("introductions", "reply_sealed")


def propose(
    uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, *, times: Sequence[datetime], words: str
) -> None:
    """The organisation says yes to one of these times; earlier ones are proposed no more.

    Raises as :func:`introductions.answerable`, ``rules.check``, for the words, and
    :class:`ImpossibleStep` for what was answered or taken back.
    """
    introduction = introductions.answerable(uow, organisation_id, introduction_id, to_welcome=True)
    after(IntroductionState(introduction.state), Step.PROPOSE)
    reply = clean_words(words, longest=introductions.LONGEST_WORDS, field="reply")
    moments = [each.astimezone(UTC) for each in rules.check(times, now=uow.now)]
    introduction.proposal = None
    uow.session.flush()
    introduction.proposal = Proposal(
        candidate_id=introduction.candidate_id,
        times=[each.isoformat() for each in moments],
        proposed_at=uow.now,
        remind_at=rules.reminder_due(moments, proposed_at=uow.now),
        over_at=moments[-1],
    )
    introduction.reply_sealed = uow.keyring.seal(reply, field=_REPLY) if reply else None
    introduction.answered_at = uow.now
    uow.record(TimesProposed(introduction.id))


def choose(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID, moment: datetime) -> None:
    """The person takes this time, and with it they have an appointment.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for a time that is past or not proposed any more,
    where something was agreed or taken back already, while the organisation gets nobody, and while the role
    is closed.
    """
    introduction, proposal = _theirs(uow, candidate, introduction_id)
    agreed = rules.chosen(proposal.moments, moment, now=uow.now)
    introductions.take(uow, introduction, Step.CHOOSE, IntroductionAccepted(introduction.id))
    appointments.agree_on(uow, introduction, agreed)
    uow.record(TimeChosen(introduction.id))


def turn_down(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> None:
    """None of the times suits: the organisation is asked for others. Raises as :func:`choose`."""
    introduction, _proposal = _theirs(uow, candidate, introduction_id)
    _give_back(uow, introduction)
    uow.record(TimesTurnedDown(introduction.id))


def cannot_come(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> None:
    """The agreed moment does not suit after all: the organisation is asked for others.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` without a moment to come, or while the organisation
    gets nobody.
    """
    introduction = _held(uow, candidate, introduction_id)
    if not has_appointment(uow, introduction):
        raise ImpossibleStep("There is no appointment any more. Look at what stands there now.")
    _check_gets_people(uow, introduction)
    _give_back(uow, introduction, Step.CANNOT_COME)
    introduction.agreed_at = None
    uow.record(TimesTurnedDown(introduction.id))


def has_appointment(uow: UnitOfWork, introduction: Introduction) -> bool:
    """Whether they agreed on a moment that is to come."""
    agreed = introduction.agreed_at
    return introduction.state == IntroductionState.ACCEPTED and agreed is not None and agreed > uow.now


def still_open(uow: UnitOfWork, introduction: Introduction) -> list[datetime]:
    """The times that the person can choose from now, the first one first."""
    if introduction.proposal is None or is_closed(introduction):
        return []
    if not gets_people(uow.session, introduction.organisation_id):
        return []
    return rules.still_open(introduction.proposal.moments, now=uow.now)


def waiting_of(uow: UnitOfWork, candidate_ids: Collection[UUID]) -> Sequence[tuple[UUID, datetime]]:
    """Which of these people can choose a time now, and the last of their times, the first over first."""
    return queries.waiting_of(uow.session, candidate_ids, now=uow.now) if candidate_ids else []


def is_closed(introduction: Introduction) -> bool:
    """Whether nobody is welcomed in this role until it is opened again."""
    return introduction.opportunity.state == OpportunityState.CLOSED


def remind(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Ask people once more who have not chosen for a while; returns how many."""
    waiting = queries.to_remind_of(uow.session, uow.now, limit=limit)
    for introduction in waiting:
        if introduction.proposal is not None:
            introduction.proposal.remind_at = None
            uow.record(TimesUnanswered(introduction.id))
    return len(waiting)


def expire(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Times of which the last is past are proposed no more, and it is the organisation's turn again."""
    over = queries.over_by(uow.session, uow.now, limit=limit)
    for introduction in over:
        _give_back(uow, introduction)
        uow.record(TimesExpired(introduction.id))
    return len(over)


def _theirs(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> tuple[Introduction, Proposal]:
    introduction = _held(uow, candidate, introduction_id)
    if introduction.state == IntroductionState.ACCEPTED:
        if introduction.agreed_at is None:
            raise ImpossibleStep("They answered in another way meanwhile. Look at what stands there now.")
        raise ImpossibleStep("You agreed on a time already.")
    if introduction.proposal is None:
        raise ImpossibleStep("These times are not proposed any more. Look at what stands there now.")
    _check_gets_people(uow, introduction)
    if is_closed(introduction):
        raise ImpossibleStep("This role is closed for now. You can look at other roles, or call us.")
    return introduction, introduction.proposal


def _held(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> Introduction:
    introduction = uow.session.get(
        Introduction, introduction_id, with_for_update=True, populate_existing=True
    )
    if introduction is None or introduction.candidate_id != candidate.id:
        raise NotFound("This introduction is not there any more.")
    return introduction


def _check_gets_people(uow: UnitOfWork, introduction: Introduction) -> None:
    if not gets_people(uow.session, introduction.organisation_id):
        raise ImpossibleStep("We are looking into something first. Until then this introduction waits.")


def _give_back(uow: UnitOfWork, introduction: Introduction, step: Step = Step.TURN_DOWN) -> None:
    """From now on the organisation is waited for, as if it had not answered."""
    introduction.state = after(IntroductionState(introduction.state), step)
    introduction.proposal = introduction.answered_at = introduction.reply_sealed = None
    introduction.nudged_at, introduction.returned_at = None, uow.now

"""Asking both sides how it goes, four weeks and three months after somebody started."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from volunteer.domain.consent import Purpose
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.events.follow_ups import FollowUpAnswered, FollowUpAsked
from volunteer.domain.follow_ups import ASKED_AFTER, ASKED_FOR, Going, Moment, Outcome, Side
from volunteer.domain.introductions import IntroductionState, Step
from volunteer.models import FollowUp, Introduction
from volunteer.queries import follow_ups as queries
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.organisations import gets_people
from volunteer.services import candidates, introductions, opportunity_links, placements
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 50


def ask_due(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Ask whoever it is time to ask; returns how many questions were made.

    Both sides are asked, and only with the person's consent to hear from us later. What is long past is not
    asked any more.
    """
    made = 0
    for moment, after in ASKED_AFTER.items():
        due = queries.to_ask(
            uow.session,
            moment,
            started_after=uow.now - after - ASKED_FOR,
            started_by=uow.now - after,
            now=uow.now,
            limit=limit,
        )
        for introduction in due:
            for side in (Side.PERSON, Side.ORGANISATION):
                _ask(uow, introduction, moment, side)
                made += 1
    return made


def answer(
    uow: UnitOfWork,
    follow_up_id: UUID,
    going: Going,
    outcomes: Collection[Outcome] = (),
    *,
    answered_by: str,
) -> None:
    """One side says how it goes. "Stopped" ends the introduction as that side would end it.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when it was answered before or is too long ago.
    """
    follow_up = found(uow, follow_up_id, hold=True)
    if not is_open(uow, follow_up):
        raise ImpossibleStep("This was answered already. Thank you.")
    follow_up.going, follow_up.answered_at, follow_up.answered_by = going, uow.now, answered_by
    if follow_up.side == Side.PERSON:
        follow_up.outcomes = sorted(outcomes)
    uow.record(FollowUpAnswered(follow_up.id))
    if going is Going.STOPPED:
        _stop(uow, follow_up)


def reopen(uow: UnitOfWork, follow_up: FollowUp) -> None:
    """The answer was not theirs, or not what they meant: it is asked again, from now."""
    follow_up.going = follow_up.answered_at = follow_up.answered_by = None
    follow_up.outcomes = []
    follow_up.asked_at = uow.now
    uow.record(FollowUpAsked(follow_up.id))


def found(uow: UnitOfWork, follow_up_id: UUID, *, hold: bool = False) -> FollowUp:
    """One question. Raises :class:`NotFound`."""
    follow_up = uow.session.get(FollowUp, follow_up_id, with_for_update=hold or None, populate_existing=hold)
    if follow_up is None:
        raise NotFound("This is not there any more.")
    return follow_up


def is_open(uow: UnitOfWork, follow_up: FollowUp) -> bool:
    """Whether it still waits for an answer, and can have one.

    Nobody is asked about what stopped meanwhile, and no person who agrees no longer to be asked.
    """
    introduction = follow_up.introduction
    waits = follow_up.answered_at is None and follow_up.asked_at > uow.now - ASKED_FOR
    if not waits or introduction.state != IntroductionState.STARTED:
        return False
    return follow_up.side != Side.PERSON or _agrees(uow, introduction)


def open_for(uow: UnitOfWork, candidate_id: UUID) -> dict[UUID, FollowUp]:
    """What this person is asked and can answer, by introduction."""
    waiting = queries.open_for(uow.session, candidate_id, asked_after=uow.now - ASKED_FOR)
    return {each.introduction_id: each for each in waiting if is_open(uow, each)}


def people_asked(uow: UnitOfWork, candidate_ids: Collection[UUID]) -> Sequence[UUID]:
    """Which of these people are asked how it goes and can answer, the longest waiting first."""
    if not candidate_ids:
        return []
    after = uow.now - ASKED_FOR
    return queries.people_asked(uow.session, candidate_ids, asked_after=after, now=uow.now)


def by_link(uow: UnitOfWork, follow_up_id: UUID, proof: str) -> FollowUp:
    """The question of a link, good as long as it was sent to whoever is asked now.

    Raises :class:`NotFound`, and :class:`NotAllowed` where it is somebody else by now.
    """
    follow_up = found(uow, follow_up_id)
    introduction = follow_up.introduction
    if follow_up.side == Side.PERSON:
        is_theirs = proof == candidates.address_proof(introduction.candidate)
    else:
        is_theirs = opportunity_links.is_good(uow, introduction.opportunity, proof)
    if not is_theirs:
        raise NotAllowed("This link does not work any more. Log in instead.", code="link_invalid")
    return follow_up


def _agrees(uow: UnitOfWork, introduction: Introduction) -> bool:
    """Whether the person wants to hear from us later."""
    found = consents_in_force(uow.session, introduction.candidate_id, Purpose.FOLLOW_UP, now=uow.now)
    return bool(found)


def _ask(uow: UnitOfWork, introduction: Introduction, moment: Moment, side: Side) -> None:
    follow_up = FollowUp(
        id=uuid4(),
        introduction_id=introduction.id,
        candidate_id=introduction.candidate_id,
        moment=moment,
        side=side,
        asked_at=uow.now,
        outcomes=[],
    )
    uow.session.add(follow_up)
    uow.record(FollowUpAsked(follow_up.id))


def _stop(uow: UnitOfWork, follow_up: FollowUp) -> None:
    """The other side may have ended it already, and while an organisation is held back nothing moves."""
    introduction = follow_up.introduction
    if introduction.state != IntroductionState.STARTED or not gets_people(
        uow.session, introduction.organisation_id
    ):
        return
    if follow_up.side == Side.PERSON:
        introductions.withdraw(uow, introduction.candidate, introduction.id)
    else:
        placements.tell(uow, introduction.organisation_id, introduction.id, Step.STOP)

"""Erasing a file at once, with everything that hangs on it. What is left leads to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from volunteer.domain.consent import without_whom
from volunteer.domain.events.candidates import CandidateErased
from volunteer.domain.events.introductions import IntroductionWithdrawn
from volunteer.domain.introductions import EXPECTED
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import Erased, ErasureAsked
from volunteer.models import (
    Candidate,
    Consent,
    ConsentProof,
    Delivery,
    Erasure,
    FollowUp,
    GatheringParty,
    Introduction,
    MarketVisitor,
    MergedFile,
    Message,
    MutedTopic,
    OutboxEvent,
    SuggestionList,
    Visit,
)
from volunteer.queries.introductions import introductions_of
from volunteer.services import drafts, gathering_seats, market_visitors, messages
from volunteer.unit_of_work import UnitOfWork

_NAMING = (
    "candidate_id",
    "introduction_id",
    "message_id",
    "list_id",
    "follow_up_id",
    "party_id",
    "visitor_id",
    "visit_id",
)
"""What events call the ids that lead to a person."""
_UNDONE = ("waiting", "claimed", "stuck")


def erase(
    uow: UnitOfWork, candidate: Candidate, *, asked_by: ErasureAsked, account_id: UUID | None = None
) -> None:
    """Erase this file now: answers, contact, needs, cards, lists, introductions, messages and what waits.

    Organisations that expect the person hear that somebody stops, without a name or a reason. Counts stay,
    with a proof of each consent that names nobody, and a keyed hash by which a restored copy goes again.
    ``account_id`` is who did it at the desk: beside the hash, so that a colleague can be asked.
    """
    uow.session.flush()
    candidate_id = candidate.id
    _hold(uow, candidate_id)
    found = introductions_of(uow.session, candidate_id)
    expecting = [each for each in found if each.state in EXPECTED]
    gathering_seats.leave_all(uow, candidate_id)
    market_visitors.leave_all(uow, candidate_id)
    _leave_proofs(uow, candidate_id)
    _mark(uow, [candidate_id, *_merged_into(uow, candidate_id)], asked_by, account_id=account_id)
    _drop_what_waits(uow, candidate_id, [each.id for each in found])
    drafts.forget_enrolled(uow, candidate_id)
    # Everything else hangs on the file by a foreign key that cascades; a test compares that with the tables.
    uow.session.execute(delete(Candidate).where(Candidate.id == candidate_id))
    uow.record(CandidateErased(candidate_id))
    if asked_by is not ErasureAsked.RESTORE:
        _tell_who_expects(uow, expecting)


def mark_needs_erased(uow: UnitOfWork, candidate_id: UUID) -> None:
    """Remember that these needs were erased, should a back-up bring them back."""
    _mark(uow, [candidate_id], ErasureAsked.CANDIDATE, what=Erased.NEEDS)


def fingerprint(uow: UnitOfWork, candidate_id: UUID, what: Erased) -> bytes:
    """What stands for an erasure: it cannot be turned back, and needs the key ring to be compared."""
    return uow.keyring.fingerprint(candidate_id.hex, kind=f"erased {what}")


def _hold(uow: UnitOfWork, candidate_id: UUID) -> None:
    """Let nobody write anything more for this person, and wait for who is writing now.

    Introductions come first: who changes one holds it before anything of the file.
    """
    own = select(Introduction.id).where(Introduction.candidate_id == candidate_id)
    uow.session.execute(own.order_by(Introduction.asked_at, Introduction.id).with_for_update())
    uow.session.execute(select(Candidate.id).where(Candidate.id == candidate_id).with_for_update())


def _merged_into(uow: UnitOfWork, candidate_id: UUID) -> Sequence[UUID]:
    """Files that went into this one: an older back-up knows the person by their ids."""
    return uow.session.scalars(select(MergedFile.old_id).where(MergedFile.candidate_id == candidate_id)).all()


def _leave_proofs(uow: UnitOfWork, candidate_id: UUID) -> None:
    for consent in uow.session.scalars(select(Consent).where(Consent.candidate_id == candidate_id)):
        ended = [moment for moment in (consent.withdrawn_at, consent.until, uow.now) if moment is not None]
        uow.session.add(
            ConsentProof(
                purpose=without_whom(consent.purpose),
                text_version=consent.text_version,
                language=consent.language,
                given_how=consent.given_how,
                given_on=_day(uow, consent.given_at),
                ended_on=_day(uow, min(ended)),
            )
        )


def _day(uow: UnitOfWork, moment: datetime) -> date:
    return moment.astimezone(uow.zone).date()


def _mark(
    uow: UnitOfWork,
    candidate_ids: Iterable[UUID],
    asked_by: ErasureAsked,
    *,
    what: Erased = Erased.FILE,
    account_id: UUID | None = None,
) -> None:
    by = f"account:{account_id}" if account_id else None
    for candidate_id in candidate_ids:
        known = fingerprint(uow, candidate_id, what)
        uow.session.merge(
            Erasure(fingerprint=known, what=what, asked_by=asked_by, done_by=by, erased_at=uow.now)
        )


def _drop_what_waits(uow: UnitOfWork, candidate_id: UUID, introduction_ids: Sequence[UUID]) -> None:
    """Erase messages to the person and about their introductions, and work that is still to be done."""
    asked = uow.session.scalars(select(FollowUp.id).where(FollowUp.candidate_id == candidate_id)).all()
    signed_up = select(GatheringParty.id).where(GatheringParty.candidate_id == candidate_id)
    cards = select(MarketVisitor.id).where(MarketVisitor.candidate_id == candidate_id)
    visits = select(Visit.id).where(Visit.visitor_id.in_(cards))
    chosen = (signed_up, cards, visits)
    met = [each for one in chosen for each in uow.session.scalars(one)]
    named = (candidate_id, *introduction_ids, *asked, *met)
    about = select(Message.id).where(or_(Message.recipient_id == candidate_id, Message.about_id.in_(named)))
    message_ids = uow.session.scalars(about.order_by(Message.id).with_for_update()).all()
    lists = uow.session.scalars(select(SuggestionList.id).where(SuggestionList.candidate_id == candidate_id))
    known = {str(each) for each in (*named, *message_ids, *lists)}
    waits = (
        select(Delivery.id)
        .join(OutboxEvent, Delivery.event_id == OutboxEvent.id)
        .where(
            Delivery.state.in_(_UNDONE),
            or_(*(OutboxEvent.payload[name].as_string().in_(known) for name in _NAMING)),
        )
    )
    waiting = uow.session.scalars(waits).all()
    uow.session.execute(delete(Delivery).where(Delivery.id.in_(waiting)))
    messages.let_go(uow, message_ids)
    uow.session.execute(delete(Message).where(Message.id.in_(message_ids)))
    uow.session.execute(delete(MutedTopic).where(MutedTopic.recipient_id == candidate_id))


def _tell_who_expects(uow: UnitOfWork, expecting: Iterable[Introduction]) -> None:
    for introduction in expecting:
        messages.tell_members(
            uow,
            introduction.opportunity.organisation,
            MessageKind.NOT_EXPECTED,
            about_id=introduction.opportunity_id,
            cause_id=uow.record(IntroductionWithdrawn(introduction.id, was_accepted=True)),
        )

"""Reads of support links and of the journal about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from volunteer.domain.accounts import SUPPORTING
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.messages import MessageState
from volunteer.domain.support import EntryKind, Scope, consent_for
from volunteer.models import (
    Account,
    Candidate,
    Consent,
    Membership,
    Message,
    SentLink,
    SupportEntry,
    SupportLink,
)

_PURPOSES = [consent_for(scope) for scope in Scope]


def links_of_person(session: Session, candidate_id: UUID) -> Sequence[SupportLink]:
    """Everyone who ever enrolled or supported this person, the newest first."""
    return session.scalars(
        select(SupportLink)
        .where(SupportLink.candidate_id == candidate_id)
        .order_by(SupportLink.opened_at.desc(), SupportLink.id)
    ).all()


def link_between(session: Session, account_id: UUID, candidate_id: UUID) -> SupportLink | None:
    """The newest link of this support worker with that person that nobody ended."""
    return session.scalar(
        select(SupportLink)
        .where(
            SupportLink.account_id == account_id,
            SupportLink.candidate_id == candidate_id,
            SupportLink.ended_at.is_(None),
        )
        .order_by(SupportLink.opened_at.desc(), SupportLink.id)
        .limit(1)
    )


def links_of_account(session: Session, account_id: UUID) -> Sequence[tuple[SupportLink, Candidate]]:
    """Everyone whom this support worker is linked with, confirmed or not, by first name."""
    rows = session.execute(
        select(SupportLink, Candidate)
        .join(Candidate, Candidate.id == SupportLink.candidate_id)
        .where(SupportLink.account_id == account_id, SupportLink.ended_at.is_(None))
        .order_by(func.lower(Candidate.first_name), SupportLink.opened_at, SupportLink.id)
    )
    return [(row[0], row[1]) for row in rows]


def scopes_given(session: Session, link_ids: Collection[UUID]) -> Sequence[Consent]:
    """Every consent for a scope in one of these links, taken back or not, the oldest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.support_link_id.in_(link_ids), Consent.purpose.in_(_PURPOSES))
        .order_by(Consent.given_at, Consent.id)
    ).all()


def works_for(session: Session, account_id: UUID, organisation_id: UUID) -> bool:
    """Whether this account still helps people for that referrer."""
    found = session.scalar(
        select(Membership.id)
        .where(
            Membership.account_id == account_id,
            Membership.organisation_id == organisation_id,
            Membership.role.in_(SUPPORTING),
        )
        .limit(1)
    )
    return found is not None


def supporters_of(session: Session, candidate_id: UUID) -> Sequence[UUID]:
    """The accounts that support this person, and everyone who works for the same referrers."""
    theirs = select(SupportLink.organisation_id).where(
        SupportLink.candidate_id == candidate_id, SupportLink.ended_at.is_(None)
    )
    linked = select(SupportLink.account_id).where(
        SupportLink.candidate_id == candidate_id, SupportLink.ended_at.is_(None)
    )
    colleagues = (
        select(Account.id)
        .join(Membership)
        .where(and_(Membership.organisation_id.in_(theirs), Membership.role.in_(SUPPORTING)))
    )
    return session.scalars(linked.union(colleagues)).all()


def journal_of(session: Session, candidate_id: UUID, *, limit: int) -> Sequence[SupportEntry]:
    """What support workers did and looked at for this person, the newest first."""
    return session.scalars(
        select(SupportEntry)
        .where(SupportEntry.candidate_id == candidate_id)
        .order_by(SupportEntry.done_at.desc(), SupportEntry.id)
        .limit(limit)
    ).all()


def is_by_card(session: Session, link_id: UUID) -> bool:
    """Whether this link came of a blank card, and not of signing up together."""
    kinds = select(SupportEntry.kind).where(SupportEntry.link_id == link_id).distinct()
    found = set(session.scalars(kinds))
    return EntryKind.BY_CARD in found and EntryKind.ENROLLED not in found


def count_links_to(session: Session, address_hash: bytes, *, since: datetime) -> int:
    """How many links went to this number or address since then."""
    chosen = select(func.count()).where(SentLink.address_hash == address_hash, SentLink.sent_at >= since)
    return session.scalar(chosen) or 0


def count_links_by(session: Session, account_id: UUID, *, since: datetime) -> int:
    """How many links this account sent since then."""
    chosen = select(func.count()).where(SentLink.account_id == account_id, SentLink.sent_at >= since)
    return session.scalar(chosen) or 0


def unconfirmed_in_time(session: Session, *, now: datetime) -> Sequence[SupportLink]:
    """Links of files whose time to be confirmed is over."""
    return session.scalars(
        select(SupportLink)
        .join(Candidate, Candidate.id == SupportLink.candidate_id)
        .where(
            Candidate.state == CandidateState.PENDING,
            Candidate.expires_at <= now,
            SupportLink.ended_at.is_(None),
        )
        .order_by(SupportLink.opened_at, SupportLink.id)
    ).all()


def messages_through_support(session: Session, candidate_ids: Collection[UUID]) -> Sequence[Message]:
    """What waits to be told to these people through their support worker, the longest waiting first."""
    return session.scalars(
        select(Message)
        .where(
            Message.recipient_id.in_(candidate_ids),
            Message.channel == Channel.SUPPORT_WORKER,
            Message.state == MessageState.TO_DO,
        )
        .order_by(Message.created_at, Message.id)
    ).all()

"""Reads around what people wrote back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind
from volunteer.models import Candidate, Delivery, FollowUp, Message, OutboxEvent, Reply
from volunteer.queues import SENDING


def unread_replies(session: Session, *, limit: int) -> Sequence[Reply]:
    """What nobody read yet, the longest waiting first."""
    return session.scalars(
        select(Reply).where(Reply.read_at.is_(None)).order_by(Reply.received_at, Reply.id).limit(limit)
    ).all()


def replies_of(session: Session, candidate_id: UUID) -> Sequence[Reply]:
    """What this person wrote back, the newest first."""
    return session.scalars(
        select(Reply).where(Reply.candidate_id == candidate_id).order_by(Reply.received_at.desc(), Reply.id)
    ).all()


def people_behind(session: Session, contact_hash: bytes) -> Sequence[Candidate]:
    """Whoever we reach by text message at this number: one person, or several who share a phone."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.contact_hash == contact_hash, Candidate.channel == Channel.SMS)
        .order_by(Candidate.id)
        .with_for_update(read=True, key_share=True)
    ).all()


def asked_by_text(session: Session, candidate_ids: Collection[UUID], *, after: datetime) -> list[FollowUp]:
    """The questions that a text message put to these people since then, answered or not, the newest first."""
    return list(
        session.scalars(
            select(FollowUp)
            .join(Message, Message.about_id == FollowUp.id)
            .where(
                FollowUp.candidate_id.in_(candidate_ids),
                FollowUp.asked_at > after,
                Message.kind == MessageKind.HOW_IS_IT,
                Message.channel == Channel.SMS,
                Message.handed_at.is_not(None),
            )
            .order_by(FollowUp.asked_at.desc(), FollowUp.id)
        )
    )


def newest_text_to(session: Session, candidate_ids: Collection[UUID]) -> Message | None:
    """The text message that was handed to the gateway last for any of these people."""
    return session.scalars(
        select(Message)
        .where(
            Message.recipient_id.in_(candidate_ids),
            Message.channel == Channel.SMS,
            Message.handed_at.is_not(None),
        )
        .order_by(Message.handed_at.desc(), Message.id)
        .limit(1)
    ).first()


def delivery_of(session: Session, message: Message) -> Delivery | None:
    """The work that sent this message, held; the newest where it was sent more than once."""
    return session.scalars(
        select(Delivery)
        .join(OutboxEvent, Delivery.event_id == OutboxEvent.id)
        .where(
            Delivery.handler.in_(SENDING),
            OutboxEvent.payload["message_id"].as_string() == str(message.id),
            OutboxEvent.occurred_at >= message.created_at,
        )
        .order_by(OutboxEvent.seq.desc())
        .limit(1)
        .with_for_update(of=Delivery)
    ).first()

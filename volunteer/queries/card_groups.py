"""Reads of blank cards and their groups."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.models import BlankCard, CardGroup


def groups_of(session: Session, account_id: UUID, organisation_id: UUID) -> Sequence[CardGroup]:
    """Every group that this support worker made for that referrer, the newest first."""
    return session.scalars(
        select(CardGroup)
        .where(CardGroup.account_id == account_id, CardGroup.organisation_id == organisation_id)
        .order_by(CardGroup.made_at.desc(), CardGroup.id)
    ).all()


def cards_of(session: Session, group_id: UUID) -> Sequence[BlankCard]:
    """Every card of this group, in the order of its number."""
    return session.scalars(
        select(BlankCard).where(BlankCard.group_id == group_id).order_by(BlankCard.number)
    ).all()


def printed(session: Session, group_id: UUID) -> int:
    """How many cards this group has."""
    return session.scalar(select(func.count()).where(BlankCard.group_id == group_id)) or 0


def used(session: Session, group_id: UUID) -> int:
    """With how many of its cards somebody began a file and finished it."""
    chosen = select(func.count()).where(BlankCard.group_id == group_id, BlankCard.is_used.is_(True))
    return session.scalar(chosen) or 0


def card_with(session: Session, code_hash: bytes) -> BlankCard | None:
    """The card with this code, if any."""
    return session.scalar(select(BlankCard).where(BlankCard.code_hash == code_hash))

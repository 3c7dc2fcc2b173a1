"""What somebody can do without, as their own pages show it and turn it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask import request

from volunteer.domain.errors import InvalidValue
from volunteer.domain.messages import Recipient, Topic
from volunteer.services import subscriptions
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic, and whether it is sent."""

    topic: str
    is_sent: bool
    consents_url: str | None = None
    """Where somebody agrees first to hear of this at all; ``None`` when they do."""


def topic_rows(
    uow: UnitOfWork,
    reader_id: UUID,
    topics: Collection[Topic],
    *,
    agree_first: dict[Topic, str] | None = None,
) -> list[TopicRow]:
    """Each topic as this reader chose; ``agree_first`` are those nobody agreed to, with where one does."""
    muted = set(subscriptions.muted(uow, reader_id))
    first = agree_first or {}
    return [TopicRow(each, each not in muted and each not in first, first.get(each)) for each in topics]


def turn(uow: UnitOfWork, recipient: Recipient, reader_id: UUID, topics: Collection[Topic]) -> bool:
    """Do what the button says; harmless to repeat. Returns whether these messages are sent from now on.

    Raises :class:`InvalidValue` for a button or a topic that is not on the page.
    """
    said, does = request.form.get("topic", ""), request.form.get("do")
    if said not in topics or does not in {"stop", "again"}:
        raise InvalidValue("Press one of the buttons.", field="topic")
    if does == "stop":
        subscriptions.mute(uow, recipient, reader_id, Topic(said))
    else:
        subscriptions.unmute(uow, reader_id, Topic(said))
    return does == "again"

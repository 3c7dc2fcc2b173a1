"""Rows of the fourth column: what people wrote back to a message, for somebody to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import url_for

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts
from volunteer.models import Account, Candidate, FollowUp, Message, Organisation, Reply
from volunteer.services import accounts, replies
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago
from volunteer.web.desk.reached import Reached, person, team
from volunteer.web.desk.rows import Row, is_late
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

LATE_AFTER = timedelta(days=2)
_ASKING = frozenset({MessageKind.HOW_IS_IT, MessageKind.HOW_IS_IT_TEAM})


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """What opens of it: their words, what they answer, and how they are reached."""

    words: str
    about: str
    """The subject of the message they answer; empty when that is not known."""
    reached: Reached
    candidate_id: UUID | None
    how_url: str | None
    """Where it is written down how it goes, when they were asked that."""


def written_back(uow: UnitOfWork, found: Sequence[Reply]) -> list[Row]:
    """These replies as rows."""
    return [_row(uow, each) for each in found]


def how_url(uow: UnitOfWork, message: Message | None) -> str | None:
    """Where an answer to this message is written down; ``None`` when it asks nothing that is, or no more."""
    if message is None or message.kind not in _ASKING or not uow.session.get(FollowUp, message.about_id):
        return None
    return url_for("follow_ups.at_desk", follow_up_id=message.about_id)


def _row(uow: UnitOfWork, reply: Reply) -> Row:
    message = uow.session.get(Message, reply.message_id) if reply.message_id else None
    name, reached = _who(uow, reply, message)
    return Row(
        kind="replies",
        id=reply.id,
        name=name,
        age=spoken_ago(reply.received_at, uow.now),
        why=_("Wrote back by text message.") if reply.channel == Channel.SMS else _("Wrote back by mail."),
        icon="device-mobile-message" if reply.channel == Channel.SMS else "mail",
        late=is_late(reply.received_at, uow.now, LATE_AFTER),
        detail=WrittenBack(
            words=replies.words_of(uow, reply),
            about=_subject(message),
            reached=reached,
            candidate_id=reply.candidate_id,
            how_url=how_url(uow, message),
        ),
    )


def _who(uow: UnitOfWork, reply: Reply, message: Message | None) -> tuple[str, Reached]:
    if reply.candidate_id is not None:
        candidate = uow.session.get_one(Candidate, reply.candidate_id)
        return candidate.first_name, person(uow, candidate).reached
    if message is not None and message.recipient == Recipient.ACCOUNT:
        account = uow.session.get(Account, message.recipient_id)
        if account is not None:
            return account.name, Reached(email=accounts.email_of(uow, account))
    if message is not None and message.recipient == Recipient.ORGANISATION:
        organisation = uow.session.get(Organisation, message.recipient_id)
        if organisation is not None:
            return organisation.name, team(uow, organisation)
    return _("Somebody who left"), Reached()


def _subject(message: Message | None) -> str:
    if message is None:
        return ""
    facts = Facts(language=current_language(), centre=current_core().settings.centre, to_name="", link="")
    return COMPOSERS[MessageKind(message.kind)](facts).subject

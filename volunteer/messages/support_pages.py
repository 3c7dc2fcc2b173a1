"""Where somebody of a referrer's team goes on from a message that both sides of an organisation get."""

from __future__ import annotations

from collections.abc import Mapping

from volunteer.domain.messages import MessageKind
from volunteer.domain.teams import OFFERING, REFERRING, Side, side_of
from volunteer.models import Message, TeamInvitation
from volunteer.queries.accounts import members_of
from volunteer.unit_of_work import UnitOfWork

_OF_REFERRERS: Mapping[MessageKind, str] = {
    MessageKind.ORGANISATION_ASKED: "/support/approval",
    MessageKind.ORGANISATION_REFUSED: "/support/approval",
}


def page_of(uow: UnitOfWork, message: Message) -> str | None:
    """Where somebody of a referrer's team goes on from; ``None`` for all others."""
    kind = MessageKind(message.kind)
    if kind is MessageKind.ACCESS_ASKED:
        asked = uow.session.get(TeamInvitation, message.cause_id)
        return "/support/team" if asked and side_of(asked.role) is REFERRING else None
    if kind not in _OF_REFERRERS or _is_in(uow, message, OFFERING) or not _is_in(uow, message, REFERRING):
        return None
    return _OF_REFERRERS[kind]


def _is_in(uow: UnitOfWork, message: Message, side: Side) -> bool:
    members = members_of(uow.session, message.about_id, roles=side.roles)
    return message.recipient_id in {account.id for account in members}

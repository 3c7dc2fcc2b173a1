"""Whether what an organisation is told still concerns its reader: who left the team hears nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from volunteer.domain.accounts import SEEING, SUPPORTING
from volunteer.domain.messages import MessageKind
from volunteer.models import AccessPlan, FollowUp, Introduction, Message, Opportunity, QuestionMail, Stand
from volunteer.queries.accounts import members_of
from volunteer.unit_of_work import UnitOfWork

_Concerned = Introduction | Opportunity | QuestionMail | AccessPlan | Stand

_WITH_ORGANISATION: Mapping[MessageKind, type[_Concerned]] = {
    MessageKind.INTRODUCTION_RECEIVED: Introduction,
    MessageKind.WAITS_FOR_ANSWER: Introduction,
    MessageKind.WITHDRAWN: Introduction,
    MessageKind.TEAM_REMINDER: Introduction,
    MessageKind.TIME_CHOSEN: Introduction,
    MessageKind.NO_TIME_LEFT: Introduction,
    MessageKind.NOT_EXPECTED: Opportunity,
    MessageKind.STILL_TRUE: Opportunity,
    MessageKind.ROLE_LAPSED: Opportunity,
    MessageKind.QUESTIONS: QuestionMail,
    MessageKind.PLAN_DUE: AccessPlan,
    MessageKind.STAND_CONFIRMED: Stand,
    MessageKind.STAND_DAY_MOVED: Stand,
    MessageKind.STAND_DAY_CANCELLED: Stand,
    MessageKind.STAND_REFUSED: Stand,
    MessageKind.STAND_THANKS: Stand,
    MessageKind.STAND_TOMORROW: Stand,
}
"""Kinds that are about something of one organisation, and what that is."""

_ORGANISATIONS = frozenset(
    {
        MessageKind.SUSPENDED,
        MessageKind.REINSTATED,
        MessageKind.ORGANISATION_APPROVED,
    }
)
"""Kinds that are about an organisation itself."""
_OF_EITHER_SIDE = frozenset(
    {
        MessageKind.ACCESS_ASKED,
        MessageKind.REFERRER_APPROVED,
        MessageKind.ORGANISATION_ASKED,
        MessageKind.ORGANISATION_REFUSED,
    }
)
"""Kinds that the team of a referrer hears as well."""


def still_theirs(uow: UnitOfWork, message: Message) -> bool:
    """Whether an account that is told this still sees what that organisation receives.

    What is about no organisation, or about something that is not there any more, anybody may hear.
    """
    organisation_id = _organisation_of(uow, message)
    if organisation_id is None:
        return True
    roles = SEEING | SUPPORTING if message.kind in _OF_EITHER_SIDE else SEEING
    members = members_of(uow.session, organisation_id, roles=roles)
    return message.recipient_id in {account.id for account in members}


def _organisation_of(uow: UnitOfWork, message: Message) -> UUID | None:
    kind = MessageKind(message.kind)
    if kind in _ORGANISATIONS | _OF_EITHER_SIDE:
        return message.about_id
    if kind is MessageKind.HOW_IS_IT_TEAM:
        asked = uow.session.get(FollowUp, message.about_id)
        return asked.introduction.organisation_id if asked else None
    found = _WITH_ORGANISATION.get(kind)
    concerned = uow.session.get(found, message.about_id) if found else None
    return concerned.organisation_id if isinstance(concerned, _Concerned) else None

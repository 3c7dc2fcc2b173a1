"""What was told to whom, without its words: for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts
from volunteer.models import Account, Base, Candidate, JoinRequest, Message, Organisation, TeamInvitation
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Logged:
    """One row."""

    day: str
    name: str
    """Who was told: a first name, somebody of a team, an organisation; empty when they are gone."""
    candidate_id: UUID | None
    kind: str
    channel: str
    state: str
    is_lost: bool


def logged(uow: UnitOfWork, message: Message) -> Logged:
    """A message as a row of the log."""
    recipient = Recipient(message.recipient)
    moment = message.finished_at or message.created_at
    return Logged(
        day=f"{spoken_day(moment)}, {spoken_hour(moment)}",
        name=_name(uow, recipient, message.recipient_id),
        candidate_id=message.recipient_id if recipient is Recipient.CANDIDATE else None,
        kind=_said(MessageKind(message.kind)),
        channel=_channels().get(message.channel, message.channel),
        state=_states()[MessageState(message.state)],
        is_lost=message.state == MessageState.BOUNCED,
    )


_NAMED: dict[Recipient, tuple[type[Base], str]] = {
    Recipient.CANDIDATE: (Candidate, "first_name"),
    Recipient.ACCOUNT: (Account, "name"),
    Recipient.ORGANISATION: (Organisation, "name"),
    Recipient.JOINER: (JoinRequest, "person"),
    Recipient.INVITEE: (TeamInvitation, "person"),
}
"""Where the name of each stands."""


def _name(uow: UnitOfWork, recipient: Recipient, recipient_id: UUID) -> str:
    """Their name; what they are to us where we keep no name, and nothing when they are gone."""
    if recipient in _NAMED:
        table, column = _NAMED[recipient]
        if row := uow.session.get(table, recipient_id):
            return str(getattr(row, column))
    return _nameless().get(recipient, "")


def _nameless() -> dict[Recipient, str]:
    return {
        Recipient.REPORTER: _("somebody who reported something"),
        Recipient.VISITOR: _("somebody who comes to an activity"),
        Recipient.MARKET: _("somebody who comes to a market"),
        Recipient.JOINER: _("somebody who joins"),
        Recipient.INVITEE: _("somebody who joins"),
    }


def _said(kind: MessageKind) -> str:
    """What the kind is called: its subject, which names nobody."""
    centre = current_core().settings.centre
    return COMPOSERS[kind](Facts(language=current_language(), centre=centre, to_name="", link="")).subject


def _channels() -> dict[str, str]:
    return {
        "sms": _("Text message"),
        "phone": _("Phone"),
        "email": _("Mail"),
        "letter": _("Letter"),
        "support_worker": _("Support worker"),
        "desk": _("At the desk"),
    }


def _states() -> dict[MessageState, str]:
    return {
        MessageState.QUEUED: _("On its way"),
        MessageState.SENT: _("Sent"),
        MessageState.BOUNCED: _("Did not arrive"),
        MessageState.BUNDLED: _("Sent with others"),
        MessageState.TO_DO: _("For the desk"),
        MessageState.DONE: _("Told by the desk"),
        MessageState.DROPPED: _("Not needed any more"),
    }

"""Whom messages about joining go to, and whether they are still true when they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.organisations import Approval, InvitationState
from volunteer.links import Links, Purpose
from volunteer.messages.words import Facts
from volunteer.models import JoinRequest, Message, Organisation, TeamInvitation
from volunteer.services import joining, teams
from volunteer.unit_of_work import UnitOfWork

IN_THE_TALK: Mapping[str, Approval] = {
    MessageKind.ORGANISATION_APPROVED: Approval.APPROVED,
    MessageKind.REFERRER_APPROVED: Approval.APPROVED,
    MessageKind.REFERRER_APPROVED: Approval.APPROVED,
    MessageKind.ORGANISATION_ASKED: Approval.ASKED,
    MessageKind.ORGANISATION_REFUSED: Approval.REFUSED,
}
"""Messages about the talk with the desk, and how far it is when they are true."""


def newcomer(
    uow: UnitOfWork, message: Message, links: Links, facts: Facts
) -> tuple[str | None, Facts] | None:
    """The address and the facts of somebody without an account yet; ``None`` when it is over.

    Anybody can type a name beside any address: before the desk knows them, our mail carries none of it.
    """
    if message.recipient == Recipient.JOINER:
        request = uow.session.get(JoinRequest, message.recipient_id)
        if request is None:
            return None
        link = links.make(Purpose.CONFIRM_JOINING, request.id)
        known = replace(facts, to_name=request.person, link=link, from_stranger=True)
        return joining.email_of(uow, request), known
    invitation = uow.session.get(TeamInvitation, message.recipient_id)
    if invitation is None or invitation.state != InvitationState.INVITED:
        return None
    link = links.make(Purpose.JOIN_TEAM, invitation.id, proof=teams.proof_of(invitation))
    is_approved = teams.organisation_of(uow, invitation).approval == Approval.APPROVED
    known = replace(facts, to_name=invitation.person, link=link, from_stranger=not is_approved)
    return teams.email_of(uow, invitation), known


def talk_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether the talk with the desk is still where this message says."""
    organisation = uow.session.get(Organisation, message.about_id)
    return organisation is not None and organisation.approval == IN_THE_TALK[message.kind]


def newcomer_waits(uow: UnitOfWork, message: Message) -> bool:
    """Whether somebody is still to confirm their address, or still invited."""
    if message.kind == MessageKind.CONFIRM_JOINING:
        return uow.session.get(JoinRequest, message.recipient_id) is not None
    invitation = uow.session.get(TeamInvitation, message.recipient_id)
    return invitation is not None and invitation.state == InvitationState.INVITED

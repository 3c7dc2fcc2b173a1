"""Reads of organisations that join, of teams, and of what was said about both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from volunteer.domain.organisations import WAITING_FOR_DESK, Approval, EntryKind, InvitationState
from volunteer.domain.teams import OFFERING, REFERRING, Side
from volunteer.models import (
    Account,
    JoinRequest,
    Membership,
    Opportunity,
    Organisation,
    OrganisationEntry,
    SideRequest,
    TeamInvitation,
    Venue,
)


def every_name(session: Session) -> Sequence[tuple[UUID, str, str | None]]:
    """Id, name and number of every organisation, by name."""
    chosen = select(Organisation.id, Organisation.name, Organisation.enterprise_number)
    found = session.execute(chosen.order_by(func.lower(Organisation.name), Organisation.id))
    return [(row.id, row.name, row.enterprise_number) for row in found]


def has_number(session: Session, number: str, *, but_not: UUID | None = None) -> bool:
    """Whether another organisation has this enterprise number."""
    chosen = select(Organisation.id).where(Organisation.enterprise_number == number)
    return any(each != but_not for each in session.scalars(chosen))


def stale_requests(session: Session, *, before: datetime) -> Sequence[JoinRequest]:
    """Requests that nobody confirmed."""
    return session.scalars(select(JoinRequest).where(JoinRequest.asked_at < before)).all()


def stale_invitations(session: Session, *, before: datetime) -> Sequence[TeamInvitation]:
    """Invitations that nobody took up."""
    chosen = select(TeamInvitation).where(
        TeamInvitation.state == InvitationState.INVITED, TeamInvitation.sent_at < before
    )
    return session.scalars(chosen.with_for_update(skip_locked=True)).all()


def asking_the_desk(session: Session) -> Sequence[tuple[TeamInvitation, str]]:
    """Who would like to join a team that has no owner, and its name; the longest waiting first."""
    has_owner = exists().where(
        Membership.organisation_id == TeamInvitation.organisation_id,
        Membership.role
        == case((TeamInvitation.role.in_(REFERRING.roles), REFERRING.owner), else_=OFFERING.owner),
    )
    found = session.execute(
        select(TeamInvitation, Organisation.name)
        .join(Organisation, Organisation.id == TeamInvitation.organisation_id)
        .where(TeamInvitation.state == InvitationState.ASKED, ~has_owner)
        .order_by(TeamInvitation.created_at, TeamInvitation.id)
    )
    return [(invitation, name) for invitation, name in found]


def in_talk(session: Session) -> Sequence[Organisation]:
    """Every organisation the desk has not approved: those that wait for it first, then the oldest."""
    waits_for_team = case((Organisation.approval.in_(WAITING_FOR_DESK), 0), else_=1)
    return session.scalars(
        select(Organisation)
        .where(Organisation.approval != Approval.APPROVED)
        .order_by(waits_for_team, Organisation.approval_since, Organisation.id)
    ).all()


def side_request_of(session: Session, organisation_id: UUID) -> SideRequest | None:
    """What this organisation would like to do too, while the desk looks."""
    return session.scalar(select(SideRequest).where(SideRequest.organisation_id == organisation_id))


def side_requests(session: Session) -> Sequence[tuple[SideRequest, Organisation]]:
    """Organisations that would like to do the other half too; the longest waiting first."""
    found = session.execute(
        select(SideRequest, Organisation)
        .join(Organisation, Organisation.id == SideRequest.organisation_id)
        .order_by(SideRequest.asked_at, SideRequest.id)
    )
    return [(request, organisation) for request, organisation in found]


def waiting_for_desk(session: Session) -> int:
    """How many organisations wait for the desk, with who would like to join one that has no owner,
    and those that would like to do the other half too.
    """
    waiting = select(func.count()).select_from(Organisation)
    newcomers = session.scalar(waiting.where(Organisation.approval.in_(WAITING_FOR_DESK))) or 0
    return newcomers + len(asking_the_desk(session)) + len(side_requests(session))


def lately_approved(session: Session, *, limit: int) -> Sequence[Organisation]:
    """Those the desk said yes to, the last one first."""
    return session.scalars(
        select(Organisation)
        .where(Organisation.approval == Approval.APPROVED, Organisation.approved_at.is_not(None))
        .order_by(Organisation.approved_at.desc(), Organisation.id)
        .limit(limit)
    ).all()


def entries_of(
    session: Session, organisation_id: UUID, kinds: Collection[EntryKind]
) -> Sequence[OrganisationEntry]:
    """What was said or done, the oldest first."""
    return session.scalars(
        select(OrganisationEntry)
        .where(OrganisationEntry.organisation_id == organisation_id, OrganisationEntry.kind.in_(kinds))
        .order_by(OrganisationEntry.happened_at, OrganisationEntry.id)
    ).all()


def memberships_in(session: Session, organisation_id: UUID, side: Side = OFFERING) -> Sequence[Membership]:
    """Who is in this team, in the order in which they came."""
    return session.scalars(
        select(Membership)
        .join(Account)
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(side.roles))
        .order_by(Membership.created_at, Membership.id)
    ).all()


def count_owners(session: Session, organisation_id: UUID, side: Side = OFFERING) -> int:
    """How many owners a team has."""
    owners = select(func.count(Membership.account_id.distinct())).where(
        Membership.organisation_id == organisation_id, Membership.role == side.owner
    )
    return session.scalar(owners) or 0


def open_invitations(
    session: Session, organisation_id: UUID, side: Side = OFFERING
) -> Sequence[TeamInvitation]:
    """Who asks to come into this team, and who was invited, in that order."""
    return session.scalars(
        select(TeamInvitation)
        .where(
            TeamInvitation.organisation_id == organisation_id,
            TeamInvitation.role.in_(side.roles),
            TeamInvitation.state.in_({InvitationState.ASKED, InvitationState.INVITED}),
        )
        .order_by(TeamInvitation.state, TeamInvitation.created_at, TeamInvitation.id)
    ).all()


def open_invitation_to(
    session: Session, organisation_id: UUID, email_hash: bytes, side: Side = OFFERING
) -> TeamInvitation | None:
    """What is open for this address in this team."""
    return session.scalar(
        select(TeamInvitation).where(
            TeamInvitation.organisation_id == organisation_id,
            TeamInvitation.email_hash == email_hash,
            TeamInvitation.role.in_(side.roles),
            TeamInvitation.state.in_({InvitationState.ASKED, InvitationState.INVITED}),
        )
    )


def venues_of(session: Session, organisation_id: UUID) -> Sequence[Venue]:
    """The addresses of an organisation, the oldest first."""
    return session.scalars(
        select(Venue).where(Venue.organisation_id == organisation_id).order_by(Venue.created_at, Venue.id)
    ).all()


def roles_at(session: Session, venue_id: UUID) -> int:
    """How many roles are done at this address, whatever their state."""
    return (
        session.scalar(select(func.count()).select_from(Opportunity).where(Opportunity.venue_id == venue_id))
        or 0
    )

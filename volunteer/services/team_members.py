"""Who is in a team of an organisation: what each may do, and who leaves."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from volunteer.domain.accounts import Role
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.organisations import EntryKind
from volunteer.domain.teams import OFFERING, Side, side_of
from volunteer.models import Account, ApiToken, Membership, TeamInvitation
from volunteer.queries import joining as queries
from volunteer.services import organisation_talk, other_side
from volunteer.unit_of_work import UnitOfWork


def change_role(
    uow: UnitOfWork, organisation_id: UUID, membership_id: UUID, role: Role, *, account_id: UUID
) -> None:
    """Let somebody do more or less in the team of this role.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for the last owner.
    """
    membership = _membership(uow, organisation_id, membership_id, side_of(role))
    if membership.role == role:
        return
    _keep_an_owner(uow, membership)
    if any(
        each.organisation_id == organisation_id and each.role == role
        for each in membership.account.memberships
    ):
        raise ImpossibleStep("This person has this role already.")
    membership.role = role
    note(uow, membership, EntryKind.ROLE_CHANGED, f"{membership.account.name}: {role}", account_id)
    uow.session.flush()
    other_side.drop_of(uow, organisation_id, membership.account_id, account_id=account_id)


def take_out(
    uow: UnitOfWork, organisation_id: UUID, membership_id: UUID, *, account_id: UUID, side: Side = OFFERING
) -> None:
    """Somebody is not of this team any more, from this moment on, nor are their programs.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for the last owner.
    """
    membership = _membership(uow, organisation_id, membership_id, side)
    _keep_an_owner(uow, membership)
    leaver = membership.account
    kind = EntryKind.LEFT if leaver.id == account_id else EntryKind.TAKEN_OUT
    note(uow, membership, kind, leaver.name, account_id)
    uow.session.delete(membership)
    uow.session.flush()
    uow.session.expire(leaver, ["memberships"])
    other_side.drop_of(uow, organisation_id, leaver.id, account_id=account_id)
    if side is OFFERING:
        _end_programs(uow, leaver.id, organisation_id)


def _end_programs(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> None:
    for token in uow.session.scalars(
        select(ApiToken).where(
            ApiToken.account_id == account_id,
            ApiToken.organisation_id == organisation_id,
            ApiToken.revoked_at.is_(None),
        )
    ):
        token.revoked_at = uow.now


def is_in(account: Account, organisation_id: UUID, side: Side) -> bool:
    """Whether this account is in this team."""
    return any(
        each.organisation_id == organisation_id and each.role in side.roles for each in account.memberships
    )


def note(
    uow: UnitOfWork, about: Membership | TeamInvitation, kind: EntryKind, text: str, account_id: UUID
) -> None:
    """Keep who changed what in the team this is about."""
    organisation_talk.note(
        uow, _team_of(about), kind, text=text, account_id=account_id, side=side_of(about.role)
    )


def _membership(uow: UnitOfWork, organisation_id: UUID, membership_id: UUID, side: Side) -> Membership:
    # The organisation is held first, so that two owners cannot take each other out at the same moment.
    organisation_talk.held(uow, organisation_id)
    found = uow.session.get(Membership, membership_id, populate_existing=True)
    if found is None or found.organisation_id != organisation_id or found.role not in side.roles:
        raise NotFound("This person is not in your team any more.")
    return found


def _keep_an_owner(uow: UnitOfWork, membership: Membership) -> None:
    side = side_of(membership.role)
    if membership.role == side.owner and queries.count_owners(uow.session, _team_of(membership), side) == 1:
        raise ImpossibleStep("A team needs an owner. Make somebody else owner first.")


def _team_of(found: Membership | TeamInvitation) -> UUID:
    if found.organisation_id is None:
        raise NotFound("This person is not in your team any more.")
    return found.organisation_id

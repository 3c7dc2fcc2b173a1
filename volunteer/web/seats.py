"""Whoever is logged in, and the roles they sit in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask_login import UserMixin

from volunteer.domain.accounts import Role
from volunteer.models import Account


@dataclass(frozen=True, slots=True)
class Seat:
    """One role of an account; without an organisation it is a role in the centre."""

    role: Role
    organisation_id: UUID | None
    organisation: str | None


@dataclass(frozen=True)
class Staff(UserMixin):
    """Whoever is logged in, detached from the database; templates know it as ``current_user``."""

    account_id: UUID
    name: str
    language: str
    epoch: int
    seats: tuple[Seat, ...]

    def get_id(self) -> str:
        """What the session keeps; it ends when the account's epoch is raised."""
        return f"{self.account_id.hex}:{self.epoch}"

    def holds(self, *roles: Role) -> bool:
        """Whether any seat has one of ``roles``."""
        return any(seat.role in roles for seat in self.seats)

    def organisations(self, *roles: Role) -> dict[UUID, str]:
        """The organisations in which this person holds one of ``roles`` (any, when none is named)."""
        return {
            seat.organisation_id: seat.organisation or ""
            for seat in self.seats
            if seat.organisation_id is not None and (not roles or seat.role in roles)
        }


def staff_of(account: Account) -> Staff:
    """What the web knows about an account."""
    return Staff(
        account_id=account.id,
        name=account.name,
        language=account.language,
        epoch=account.session_epoch,
        seats=tuple(
            Seat(Role(each.role), each.organisation_id, each.organisation.name if each.organisation else None)
            for each in account.memberships
        ),
    )

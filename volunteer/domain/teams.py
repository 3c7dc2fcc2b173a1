"""The two sides of an organisation: it looks for volunteers, it brings people. Each has its own team."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.accounts import SEEING, SUPPORTING, Role
from volunteer.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Side:
    """A team: nobody in it sees what the other one received."""

    code: str
    roles: frozenset[Role]
    owner: Role
    """Whoever decides who is in it; there is always one."""
    newcomer: Role
    """What somebody may do who asks to come in, unless an owner says otherwise."""


OFFERING = Side("offering", SEEING, Role.OWNER, Role.VIEWER)
REFERRING = Side("referring", SUPPORTING, Role.REFERRER_OWNER, Role.SUPPORT_WORKER)


def side_of(role: str) -> Side:
    """The team this role belongs to."""
    return REFERRING if role in REFERRING.roles else OFFERING


def check_role(text: str, side: Side = OFFERING) -> Role:
    """One of the roles of this team. Raises :class:`InvalidValue`."""
    if text not in side.roles:
        raise InvalidValue("Choose what this person may do.", field="role")
    return Role(text)

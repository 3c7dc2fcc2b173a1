"""Who may do what: one account is one human, memberships give it roles."""

from __future__ import annotations

from enum import StrEnum

from volunteer.domain.errors import InvalidValue

SHORTEST_PASSWORD = 12


class Role(StrEnum):
    """What a membership allows."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"
    REFERRER_OWNER = "referrer_owner"
    SUPPORT_WORKER = "support_worker"
    DESK_WORKER = "desk_worker"
    ADMIN = "admin"


OF_THE_CENTRE = frozenset({Role.DESK_WORKER, Role.ADMIN})
"""Roles in the support centre itself, without an organisation."""
ANSWERING = frozenset({Role.OWNER, Role.EDITOR})
"""Roles that speak for an organisation; a viewer only looks on."""
SEEING = ANSWERING | {Role.VIEWER}
"""Roles that see what an organisation received; a support worker of a referrer does not."""
SUPPORTING = frozenset({Role.REFERRER_OWNER, Role.SUPPORT_WORKER})
"""Roles on the side of a referrer: they help people, and see nothing of what an organisation received."""


def check_password(password: str) -> None:
    """Raise :class:`InvalidValue` when it is too short; no more is asked (NIST SP 800-63B, 3.1.1.2)."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidValue(
            "Use at least %(least)d letters or numbers. A short sentence is good.",
            field="password",
            values={"least": SHORTEST_PASSWORD},
        )

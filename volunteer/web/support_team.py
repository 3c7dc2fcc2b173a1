"""Which referrer the pages of a support worker speak for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.accounts import SUPPORTING, Role
from volunteer.web import chosen_team
from volunteer.web.auth import staff

CHOSEN = "referrer"


@dataclass(frozen=True, slots=True)
class Referrer:
    """The referrer this page speaks for."""

    id: UUID
    name: str
    is_owner: bool


def our_referrers() -> list[Referrer]:
    """The referrers this person works for, by name."""
    owned = staff().organisations(Role.REFERRER_OWNER)
    found = staff().organisations(*SUPPORTING)
    teams = (Referrer(team_id, name, team_id in owned) for team_id, name in found.items())
    return sorted(teams, key=lambda team: team.name)


def our_referrer() -> Referrer:
    """The referrer chosen before, or the first one."""
    return chosen_team.chosen(our_referrers(), CHOSEN)


def referrer_of_form() -> Referrer:
    """The present one. Raises :class:`ImpossibleStep` where the form that was sent is another team's."""
    return chosen_team.of_form(our_referrer())

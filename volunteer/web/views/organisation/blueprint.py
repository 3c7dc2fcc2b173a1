"""Where the pages of an organisation hang, and which organisation they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request, session

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.errors import ImpossibleStep
from volunteer.web.auth import staff

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

CHOSEN = "organisation"
MEMBERS = (*ANSWERING, Role.VIEWER)


@dataclass(frozen=True, slots=True)
class Team:
    """The organisation this page speaks for."""

    id: UUID
    name: str
    may_answer: bool


def our_teams() -> list[Team]:
    """The teams this person belongs to, by name."""
    answering = staff().organisations(*ANSWERING)
    found = staff().organisations(*MEMBERS)
    teams = (Team(team_id, name, team_id in answering) for team_id, name in found.items())
    return sorted(teams, key=lambda team: team.name)


def our_team() -> Team:
    """The team chosen before, or the first one."""
    teams = our_teams()
    return next((team for team in teams if team.id.hex == session.get(CHOSEN)), teams[0])


def team_of_form() -> Team:
    """The present team. Raises :class:`ImpossibleStep` where the form that was sent is another team's."""
    team = our_team()
    if request.form.get("team", team.id.hex) != team.id.hex:
        raise ImpossibleStep("You chose another team in the meantime. Go back, and choose this one again.")
    return team

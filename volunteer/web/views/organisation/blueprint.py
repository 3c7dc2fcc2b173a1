"""Where the pages of an organisation hang, and which organisation they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.web import chosen_team
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
    return chosen_team.chosen(our_teams(), CHOSEN)


def team_of_form() -> Team:
    """The present team. Raises :class:`ImpossibleStep` where the form that was sent is another team's."""
    return chosen_team.of_form(our_team())

"""The pages of an organisation."""

from volunteer.web.views.organisation import (
    home,
    introductions,
    profile,
    programs,
    team,
    venues,
)
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, our_teams

__all__ = [
    "Team",
    "blueprint",
    "home",
    "introductions",
    "our_team",
    "our_teams",
    "profile",
    "programs",
    "team",
    "venues",
]

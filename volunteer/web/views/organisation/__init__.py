"""The pages of an organisation."""

from volunteer.web.views.organisation import (
    formal_papers,
    home,
    introductions,
    other_side,
    profile,
    programs,
    team,
    venues,
)
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, our_teams

__all__ = [
    "Team",
    "blueprint",
    "formal_papers",
    "home",
    "introductions",
    "other_side",
    "our_team",
    "our_teams",
    "profile",
    "programs",
    "team",
    "venues",
]

"""The pages of an organisation."""

from volunteer.web.views.organisation import home, introductions, programs
from volunteer.web.views.organisation.blueprint import Team, blueprint, our_team, our_teams

__all__ = ["Team", "blueprint", "home", "introductions", "our_team", "our_teams", "programs"]

"""The pages of a referrer: the day of a support worker, the team, what it tells and agrees to."""

from volunteer.web.views.support import about, agreement, approval, home, other_side, team
from volunteer.web.views.support.blueprint import blueprint

__all__ = ["about", "agreement", "approval", "blueprint", "home", "other_side", "team"]

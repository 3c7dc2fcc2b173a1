"""The volunteer roles of a team: written, shown, changed, opened and closed."""

from volunteer.web.views.roles import overview, steps, still_true, words, writing  # noqa: F401 - declare their pages
from volunteer.web.views.roles.blueprint import blueprint

__all__ = ["blueprint"]

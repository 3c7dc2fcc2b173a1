"""The pages of gatherings: for everybody, at the desk, for support workers and for organisations."""

from volunteer.web.views.gatherings import (
    afterwards,
    agenda,
    attendance,
    desk,
    expertise,
    exports,
    parties,
    seat,
    teams,
    writing,
)
from volunteer.web.views.gatherings.blueprints import BLUEPRINTS

__all__ = [
    "BLUEPRINTS",
    "afterwards",
    "agenda",
    "attendance",
    "desk",
    "expertise",
    "exports",
    "parties",
    "seat",
    "teams",
    "writing",
]

"""Every actor, declared on the broker of this process."""

from workers import broker  # noqa: F401 - must be set before the first actor is declared
from workers.actors import deliver, fan_out, nothing  # noqa: F401 - declaring is the point

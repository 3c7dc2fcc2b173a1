"""Every actor, declared on the broker of this process."""

from workers import broker  # noqa: F401 - must be set before the first actor is declared
from workers.actors import (  # noqa: F401 - declaring is the point
    deliver,
    fan_out,
    keep_no_longer,
    learning,
    look_again,
    nothing,
    refresh_figures,
    send,
    solve,
)

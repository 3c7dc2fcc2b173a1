"""The demo city on this machine."""

from __future__ import annotations

from volunteer.config import Settings


def load_when_empty(settings: Settings) -> list[tuple[str, str, str]]:
    """Load the demo city into an empty database; returns (role, e-mail, password) of its log-ins."""
    del settings
    return []

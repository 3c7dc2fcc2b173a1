"""Running ``volunteer …`` in a test, as a person at a terminal does."""

from __future__ import annotations

from click.testing import CliRunner, Result

from volunteer.cli import main
from volunteer.config import Settings


def volunteer(settings: Settings, *arguments: str, given: str | None = None, fails: bool = False) -> Result:
    """Run a command on this installation; it must succeed, or with ``fails`` end with code 1."""
    environment = dict.fromkeys(("DATA", "KEYS")) | dict(settings.environment)
    result = CliRunner().invoke(main, list(arguments), env=environment, input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == int(fails), result.output
    return result

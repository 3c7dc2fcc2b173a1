"""Events: whatever one process stored, another one can read back."""

from __future__ import annotations

from pathlib import Path

from volunteer.domain import events


def test_every_module_of_events_is_read_with_the_package() -> None:
    """A worker imports the package alone: an event of a module that is left out would be unknown to it."""
    modules = {path.stem for path in Path(events.__file__).parent.glob("*.py")} - {"__init__", "event"}
    assert modules <= set(events.__all__)

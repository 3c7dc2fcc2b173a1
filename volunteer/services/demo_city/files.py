"""The files of the demo city, as they are written; ``volunteer/data/demo/README.md`` says how."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Every entry of every file, in the order of the files' names."""

    organisations: tuple[Entry, ...]
    referrers: tuple[Entry, ...]
    roles: tuple[Entry, ...]
    introductions: tuple[Entry, ...]
    people: Entry
    """What the candidates are made of, and the accounts."""
    desk: Entry
    """A day at the desk."""
    written: Entry
    """What the teams with a log-in are writing."""
    joining: Entry
    """Organisations that joined by themselves."""
    gatherings: tuple[Entry, ...]
    market: Entry
    """Two markets, their zones, and the organisations that have a stand there and no role."""


def read() -> DemoFiles:
    """Read the demo city that comes with the application."""
    return DemoFiles(
        organisations=_entries("organisations_", "organisation"),
        referrers=_entries("referrers", "referrer"),
        roles=_entries("roles_", "role"),
        introductions=_entries("introductions", "introduction"),
        people=_parsed("people.toml"),
        desk=_parsed("desk.toml"),
        written=_parsed("writing.toml"),
        joining=_parsed("joining.toml"),
        gatherings=_entries("gatherings", "gathering"),
        market=_parsed("market.toml"),
    )


def _entries(prefix: str, table: str) -> tuple[Entry, ...]:
    folder = resources.files("volunteer") / "data" / "demo"
    names = sorted(each.name for each in folder.iterdir() if each.name.startswith(prefix))
    return tuple(entry for name in names for entry in _parsed(name)[table])


def _parsed(name: str) -> Entry:
    file = resources.files("volunteer") / "data" / "demo" / name
    return tomllib.loads(file.read_text("utf-8"))

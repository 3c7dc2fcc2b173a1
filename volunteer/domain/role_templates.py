"""Roles to begin with: words and tasks that an organisation takes over and changes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import parse_tasks

LANGUAGES = ("nl", "fr", "en")
"""Every template is written in each of these."""


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """One of them. It has no dates and no place."""

    code: str
    tasks: tuple[str, ...]
    """The first one gives it its picture."""
    commitment: Commitment
    extract_required: bool
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]

    def title(self, language: str) -> str:
        """Its title in ``language``, in English where we have no other."""
        return self.titles.get(language) or self.titles["en"]

    def description(self, language: str) -> str:
        """What one does, in ``language``, in English where we have no other."""
        return self.descriptions.get(language) or self.descriptions["en"]


def _template(entry: Mapping[str, Any]) -> RoleTemplate:
    parse_tasks(entry["tasks"])
    texts = {language: entry["description"][language].strip() for language in LANGUAGES}
    return RoleTemplate(
        code=entry["code"],
        tasks=tuple(entry["tasks"]),
        commitment=Commitment(entry["commitment"]),
        extract_required=entry.get("extract", False),
        titles=MappingProxyType({language: entry["title"][language] for language in LANGUAGES}),
        descriptions=MappingProxyType(texts),
    )


def _read() -> Mapping[str, RoleTemplate]:
    file = resources.files("volunteer").joinpath("data", "role_templates.toml")
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["template"]
    return MappingProxyType({entry["code"]: _template(entry) for entry in entries})


TEMPLATES: Mapping[str, RoleTemplate] = _read()

"""Other services to turn to when nothing fits: a dated list that each centre keeps itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from volunteer.config import Settings
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.signals import SignalCause
from volunteer.domain.vocabulary import LABEL_LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherService:
    """One service: what it is called, what it is for, how one reaches it, and when that was checked."""

    code: str
    names: Mapping[str, str]
    what_for: Mapping[str, str]
    phone: str | None
    site: str | None
    languages: tuple[str, ...]
    """Codes of the languages that are spoken there."""
    causes: frozenset[SignalCause]
    """For whom it is shown first."""
    checked_on: date
    is_demo: bool
    """An example that came with us: it cannot be called, and the page says so."""

    def name(self, language: str) -> str:
        """Return what it is called in ``language``, in Dutch where that is missing."""
        return self.names.get(language) or self.names["nl"]

    def purpose(self, language: str) -> str:
        """Return what it is for in ``language``, in Dutch where that is missing."""
        return self.what_for.get(language) or self.what_for["nl"]


def other_services(settings: Settings) -> tuple[OtherService, ...]:
    """Return the services of this centre, in its own order; read once.

    Raises ``ValueError`` that names the entry that cannot be understood, and ``OSError`` for a file that is
    not there.
    """
    return _read(settings.centre.other_services)


def first_for(services: tuple[OtherService, ...], cause: SignalCause | None) -> tuple[OtherService, ...]:
    """Return the same services, those for this cause first; within that the order stays."""
    return tuple(sorted(services, key=lambda each: cause is not None and cause not in each.causes))


@lru_cache(maxsize=8)
def _read(path: Path | None) -> tuple[OtherService, ...]:
    packaged = resources.files("volunteer") / "data" / "other_services.toml"
    text = packaged.read_text("utf-8") if path is None else path.read_text("utf-8")
    entries = tomllib.loads(text).get("services", [])
    found = tuple(_service(entry, number) for number, entry in enumerate(entries, start=1))
    codes = [each.code for each in found]
    if len(set(codes)) != len(codes):
        raise ValueError("a code stands twice in the list of other services")
    return found


def _service(entry: Mapping[str, Any], number: int) -> OtherService:
    try:
        service = OtherService(
            code=str(entry["code"]),
            names=_words(entry["name"]),
            what_for=_words(entry["what_for"]),
            phone=entry.get("phone") or None,
            site=_site(entry.get("site") or None),
            languages=tuple(entry["languages"]),
            causes=frozenset(SignalCause(cause) for cause in entry.get("causes", ())),
            checked_on=entry["checked_on"],
            is_demo=entry.get("is_demo", False) is True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"other service number {number} cannot be understood: {error}") from error
    if not isinstance(service.checked_on, date):
        raise ValueError(f"other service number {number}: checked_on must be a date such as 2026-11-01")  # noqa: TRY004 - a setting that cannot be understood, like any other
    if unknown := set(service.languages) - LANGUAGES.keys():
        raise ValueError(f"other service number {number} speaks an unknown language: {sorted(unknown)}")
    return service


def _site(address: str | None) -> str | None:
    if address is not None and not address.startswith(("https://", "http://")):
        raise ValueError("a site begins with https://")
    return address


def _words(found: Mapping[str, str]) -> Mapping[str, str]:
    words = {language: found[language] for language in LABEL_LANGUAGES if found.get(language)}
    if "nl" not in words:
        raise ValueError("the Dutch words are missing")
    return MappingProxyType(words)

"""Referrers: whom they work with, what they agree to, and when their support workers may begin."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from volunteer.domain import vocabulary
from volunteer.domain.errors import InvalidValue
from volunteer.domain.organisations import Approval, has_yes

LANGUAGES = ("nl", "fr", "en")
"""In these the publics and the agreement are written."""


class Aim(StrEnum):
    """Why an organisation joins."""

    VOLUNTEERS = "volunteers"
    """It looks for volunteers."""
    BRINGS = "brings"
    """It brings people to volunteering."""
    BOTH = "both"

    @property
    def seeks(self) -> bool:
        """Whether it offers roles."""
        return self is not Aim.BRINGS

    @property
    def refers(self) -> bool:
        """Whether it is a referrer."""
        return self is not Aim.VOLUNTEERS


def parse_aim(text: str) -> Aim:
    """One of the three. Raises :class:`InvalidValue`."""
    try:
        return Aim(text)
    except ValueError:
        raise InvalidValue("Choose what you come for.", field="joins_for") from None


@dataclass(frozen=True, slots=True)
class Public:
    """A kind of people a referrer works with; it says nothing about any one of them."""

    code: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """Its name in ``language``, in English where we have no other."""
        return self.labels.get(language) or self.labels["en"]


PUBLICS: Mapping[str, Public] = MappingProxyType(
    {each["code"]: Public(each["code"], vocabulary.labels(each)) for each in vocabulary.read("publics.json")}
)


def parse_publics(codes: Iterable[str]) -> frozenset[str]:
    """The codes as a set. Raises :class:`InvalidValue` for one that is not known, or for none at all."""
    chosen = frozenset(codes)
    if not chosen or chosen - PUBLICS.keys():
        raise InvalidValue("Choose with whom you work.", field="publics")
    return chosen


@dataclass(frozen=True, slots=True)
class Article:
    """One matter of the agreement, by language."""

    titles: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One wording of what a referrer agrees to."""

    version: str
    valid_from: date
    articles: tuple[Article, ...]

    def said_in(self, language: str) -> list[tuple[str, str]]:
        """Title and text of each article in ``language``, in English where we have no other."""
        known = language if language in LANGUAGES else "en"
        return [(each.titles[known], each.texts[known]) for each in self.articles]


def agreement_on(day: date, among: Sequence[Agreement] | None = None) -> Agreement:
    """The wording that counts on ``day``: the newest whose day has come; the first one before that."""
    wordings = AGREEMENTS if among is None else among
    in_order = sorted(wordings, key=lambda each: (each.valid_from, each.version))
    return next((each for each in reversed(in_order) if each.valid_from <= day), in_order[0])


class Lack(StrEnum):
    """What a referrer still lacks before its support workers may begin, in the order in which it comes."""

    REFERRER = "referrer"
    """It does not bring anybody: it only looks for volunteers."""
    APPROVAL = "approval"
    LIFTING = "lifting"
    """It is suspended."""
    AGREEMENT = "agreement"
    """No owner accepted the wording that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a referrer is."""

    is_referrer: bool
    approval: Approval
    had_yes: bool
    """Whether the desk had said yes before this state: then it counts while they talk."""
    is_suspended: bool
    accepted_version: str | None
    """The wording an owner accepted last."""
    version: str
    """The wording that counts now."""

    def lacks(self) -> Lack | None:
        """What comes next; ``None`` when nothing is lacking."""
        if not self.is_referrer:
            return Lack.REFERRER
        if not has_yes(self.approval, had_yes=self.had_yes):
            return Lack.APPROVAL
        if self.is_suspended:
            return Lack.LIFTING
        return None if self.accepted_version == self.version else Lack.AGREEMENT


def may_enrol(standing: Standing) -> bool:
    """Whether its support workers may begin anything new; what was begun before is not touched."""
    return standing.lacks() is None


def _agreement(entry: Mapping[str, Any]) -> Agreement:
    articles = (
        Article(
            MappingProxyType({language: each["title"][language] for language in LANGUAGES}),
            MappingProxyType({language: each["text"][language] for language in LANGUAGES}),
        )
        for each in entry["article"]
    )
    return Agreement(entry["version"], entry["valid_from"], tuple(articles))


def _read() -> tuple[Agreement, ...]:
    file = resources.files("volunteer").joinpath("data", "referrer_agreement.toml")
    return tuple(_agreement(entry) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["agreement"])


AGREEMENTS: tuple[Agreement, ...] = _read()

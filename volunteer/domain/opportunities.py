"""Volunteer roles: their states and what a posting must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from volunteer.domain.access import Answer
from volunteer.domain.availability import UNKNOWN, Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import InvalidValue

LONGEST_TITLE = 160
LONGEST_DESCRIPTION = 6000
MOST_WANTED = 10_000


class OpportunityState(StrEnum):
    """Only an open role is suggested."""

    DRAFT = "draft"
    WAITING = "waiting"
    OPEN = "open"
    PAUSED = "paused"
    FULL = "full"
    CLOSED = "closed"


class Scope(StrEnum):
    """Where an access answer was given; the later of these overrides the earlier."""

    ORGANISATION = "organisation"
    VENUE = "venue"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a role is done; whatever is ``None`` is unknown."""

    street: str | None = None
    postal_code: str | None = None
    municipality: str | None = None
    district: str | None = None
    """Code of a district; where a point on the map is given, that counts."""
    latitude: float | None = None
    longitude: float | None = None

    def is_known(self) -> bool:
        """Whether anything at all was said."""
        return any(
            (self.street, self.postal_code, self.municipality, self.district, self.latitude is not None)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """The content of a role, understood and checked."""

    title: str
    description: str
    language: str
    tasks: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    wanted: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    commitment: Commitment | None = None
    """How often and how long somebody is asked to help; ``None`` is unknown."""
    times: Availability = UNKNOWN
    languages_needed: Mapping[str, int] = field(default_factory=dict)
    languages_spoken: frozenset[str] = frozenset()
    place: Place = field(default_factory=Place)
    access: Mapping[str, Answer] = field(default_factory=dict)
    """What is said about access for this role itself."""
    contact_name: str | None = None
    getting_there: str | None = None
    url: str | None = None
    is_remote: bool = False
    extract_required: bool = False
    external_id: str | None = None

    def check(self) -> None:
        """Raise :class:`InvalidValue` where the posting does not hold together."""
        if not self.title.strip():
            raise InvalidValue("Give the role a title.", field="title")
        if len(self.title) > LONGEST_TITLE:
            raise InvalidValue(
                "This is too long. Use at most %(most)d letters.",
                field="title",
                values={"most": LONGEST_TITLE},
            )
        if len(self.description) > LONGEST_DESCRIPTION:
            raise InvalidValue(
                "This is too long. Use at most %(most)d letters.",
                field="description",
                values={"most": LONGEST_DESCRIPTION},
            )
        if not 1 <= self.wanted <= MOST_WANTED:
            raise InvalidValue("The number of people wanted must be 1 or more.", field="wanted")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidValue("The end must not be before the start.", field="ends_on")
        if self.url and not self.url.startswith(("https://", "http://")):
            raise InvalidValue("A web address begins with https://.", field="url")

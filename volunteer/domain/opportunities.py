"""Volunteer roles: their states, the steps between them, and what a posting must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from volunteer.domain.access import Answer
from volunteer.domain.availability import UNKNOWN, Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import ImpossibleStep, InvalidValue

LONGEST_TITLE = 160
LONGEST_DESCRIPTION = 6000
LONGEST_NAME = 80
LONGEST_WAY = 1000
LONGEST_ADDRESS = 500
MOST_WANTED = 10_000
TRIAL = "sv.trial"
"""The access code that says: you can try it first."""
TRUE_FOR = timedelta(days=90)
"""After so long without a change or a confirmation, the team is asked whether a role still stands."""
TIME_TO_CONFIRM = timedelta(days=14)
"""After the question. Then a role that nobody confirmed closes."""


class OpportunityState(StrEnum):
    """Only an open role is suggested."""

    DRAFT = "draft"
    """Its team still writes it."""
    WAITING = "waiting"
    """Written, and waits for a day or for the approval of its organisation."""
    OPEN = "open"
    PAUSED = "paused"
    FULL = "full"
    CLOSED = "closed"


UNSEEN = frozenset({OpportunityState.DRAFT, OpportunityState.WAITING})
"""Nobody outside its team saw a role in these yet, or sees it now."""


class Step(StrEnum):
    """What can happen to a role."""

    WAIT = "wait"
    """It was published, and something stands before it."""
    OPEN = "open"
    TAKE_BACK = "take_back"
    PAUSE = "pause"
    FILL = "fill"
    CLOSE = "close"


_STEPS: Mapping[tuple[OpportunityState, Step], OpportunityState] = {
    (OpportunityState.DRAFT, Step.WAIT): OpportunityState.WAITING,
    (OpportunityState.DRAFT, Step.OPEN): OpportunityState.OPEN,
    (OpportunityState.DRAFT, Step.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.WAITING, Step.OPEN): OpportunityState.OPEN,
    (OpportunityState.WAITING, Step.TAKE_BACK): OpportunityState.DRAFT,
    (OpportunityState.WAITING, Step.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.OPEN, Step.PAUSE): OpportunityState.PAUSED,
    (OpportunityState.OPEN, Step.FILL): OpportunityState.FULL,
    (OpportunityState.OPEN, Step.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.PAUSED, Step.WAIT): OpportunityState.WAITING,
    (OpportunityState.PAUSED, Step.OPEN): OpportunityState.OPEN,
    (OpportunityState.PAUSED, Step.FILL): OpportunityState.FULL,
    (OpportunityState.PAUSED, Step.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.FULL, Step.WAIT): OpportunityState.WAITING,
    (OpportunityState.FULL, Step.OPEN): OpportunityState.OPEN,
    (OpportunityState.FULL, Step.CLOSE): OpportunityState.CLOSED,
    (OpportunityState.CLOSED, Step.WAIT): OpportunityState.WAITING,
    (OpportunityState.CLOSED, Step.OPEN): OpportunityState.OPEN,
}


def _not_now(state: OpportunityState) -> ImpossibleStep:
    """Why nothing of the kind can be done from here, and what to do first."""
    match state:
        case OpportunityState.DRAFT:
            return ImpossibleStep(
                "This role is a draft: nobody sees it yet. Publish it first.", field="state"
            )
        case OpportunityState.WAITING:
            return ImpossibleStep(
                "This role waits, so this cannot be done yet. You can take it back.", field="state"
            )
        case OpportunityState.OPEN:
            return ImpossibleStep("This role is open already.", field="state")
        case OpportunityState.PAUSED:
            return ImpossibleStep("This role is on hold. Open it again first.", field="state")
        case OpportunityState.FULL:
            return ImpossibleStep("This role is full. Open it again first.", field="state")
        case OpportunityState.CLOSED:
            return ImpossibleStep("This role is closed. Open it again first.", field="state")


def after(state: OpportunityState, step: Step) -> OpportunityState:
    """The state that ``step`` leads to. Raises :class:`ImpossibleStep` with what to do instead."""
    try:
        return _STEPS[state, step]
    except KeyError:
        raise _not_now(state) from None


def step_to(state: OpportunityState, wanted: OpportunityState) -> Step:
    """The step that leads from one to the other. Raises as :func:`after`."""
    for step in steps_from(state):
        if after(state, step) is wanted:
            return step
    raise _not_now(state)


def steps_from(state: OpportunityState) -> frozenset[Step]:
    """What can happen to a role in this state."""
    return frozenset(step for start, step in _STEPS if start is state)


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
    venue_id: UUID | None = None
    """A venue of the organisation, in place of an address."""
    opens_on: date | None = None
    """Shown to people from this day on; ``None`` is at once."""
    access: Mapping[str, Answer] = field(default_factory=dict)
    """What is said about access for this role itself."""
    contact_name: str | None = None
    getting_there: str | None = None
    url: str | None = None
    is_remote: bool = False
    extract_required: bool = False
    external_id: str | None = None

    def check(self, *, whole: bool = True) -> None:
        """Raise :class:`InvalidValue` where the posting does not hold together; a draft need not be whole."""
        if whole and not self.title.strip():
            raise InvalidValue("Give the role a title.", field="title")
        self._check_lengths()
        if not 1 <= self.wanted <= MOST_WANTED:
            raise InvalidValue("The number of people wanted must be 1 or more.", field="wanted")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidValue("The end must not be before the start.", field="ends_on")
        if self.opens_on and self.ends_on and self.ends_on < self.opens_on:
            raise InvalidValue("Show it to people before its last day.", field="opens_on")
        if self.url and not self.url.startswith(("https://", "http://")):
            raise InvalidValue("A web address begins with https://.", field="url")

    def _check_lengths(self) -> None:
        lengths = {"title": LONGEST_TITLE, "description": LONGEST_DESCRIPTION, "contact_name": LONGEST_NAME}
        for name, most in {**lengths, "getting_there": LONGEST_WAY, "url": LONGEST_ADDRESS}.items():
            if len(getattr(self, name) or "") > most:
                raise InvalidValue(
                    "This is too long. Use at most %(most)d letters.", field=name, values={"most": most}
                )

    def is_over(self, today: date) -> bool:
        """Whether its last day is past, or all the single dates that it has are."""
        if self.ends_on is not None and self.ends_on < today:
            return True
        return self.times.is_over(today)

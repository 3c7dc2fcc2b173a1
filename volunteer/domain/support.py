"""Support workers: what a person may allow them, for how long, and when that holds.

A link says who enrolled somebody; by itself it allows nothing. Each scope is a consent of the person, told
apart, with its own end. All of it hangs on the support worker still working for a referrer that may enrol.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from volunteer.domain.errors import NotAllowed

SCOPE_LASTS = timedelta(days=183)
"""Half a year: as long as a course takes. Afterwards the person says yes again, or nothing."""
TEXT_VERSION = "2026-11-22.2"
"""Version of the words in which these consents are asked; it changes whenever they do."""
_SAY_OF_PASSING_ON = frozenset({"2026-11-22.2"})
"""Versions whose words for helping to answer say that an answer may be passed on."""
_KIND = "support_worker"


class Scope(StrEnum):
    """What a support worker may do, each apart."""

    SEES_PROGRESS = "sees_progress"
    HELPS_ANSWER = "helps_answer"
    IS_CHANNEL = "is_channel"


class EntryKind(StrEnum):
    """What is written in the journal that the person can read."""

    ENROLLED = "enrolled"
    LINK_SENT = "link_sent"
    CARD_MADE = "card_made"
    HANDED_OVER = "handed_over"
    CONFIRMED = "confirmed"
    LOOKED = "looked"
    PASSED_ON = "passed_on"
    BY_CARD = "by_card"
    """They signed up themselves with a blank card of a group, and allowed something at the end."""
    TIME_CHOSEN = "time_chosen"
    TIME_REFUSED = "time_refused"
    CANNOT_COME = "cannot_come"
    TOLD_HOW = "told_how"
    UNDONE = "undone"
    """The person took back an answer that was passed on for them."""
    DENIED = "denied"
    """The person said of such an answer: that was not me."""
    ENDED = "ended"
    CONTESTED = "contested"


ANSWERS = frozenset(
    {EntryKind.TIME_CHOSEN, EntryKind.TIME_REFUSED, EntryKind.CANNOT_COME, EntryKind.TOLD_HOW}
)
"""What a support worker may pass on as the answer of the person. Not among them: wanting to meet somebody,
any yes, what is shared, and what helps. A person alone decides about these."""
_CAN_BE_UNDONE = frozenset({EntryKind.TIME_CHOSEN, EntryKind.TOLD_HOW})
"""Who asked for other times hears of those anyway: there is nothing to take back."""
ANSWER_LOOKED_AT_FOR = timedelta(days=30)
"""So long a person may say of an answer that it was not theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedAnswer:
    """An answer that a support worker passed on for a person, and what became of it."""

    kind: EntryKind
    done_at: datetime
    stands: bool
    """Whether nothing came after it: what it led to is still as this answer left it."""
    waits: bool = False
    """Whether its organisation gets nobody for now, and nothing of what they agreed on moves."""
    is_taken_back: bool = False
    is_denied: bool = False

    def can_be_denied(self, now: datetime) -> bool:
        """Whether the person may say now that it was not theirs."""
        return self._is_recent(now) and not self.is_denied

    def can_be_undone(self, now: datetime) -> bool:
        """Whether the person can take back what it led to."""
        is_done = self.stands and not self.is_taken_back
        return self._is_recent(now) and is_done and not self.waits and self.kind in _CAN_BE_UNDONE

    def _is_recent(self, now: datetime) -> bool:
        return self.kind in ANSWERS and now - self.done_at < ANSWER_LOOKED_AT_FOR


class EndedBy(StrEnum):
    """Who ended a link; at the desk it is ``account:<id>``."""

    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """One consent of the person for one scope."""

    given_at: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is in force at this moment."""
        is_over = self.until is not None and self.until <= now
        return self.withdrawn_at is None and not is_over and self.given_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that decides what a support worker sees of one person."""

    account_id: UUID
    is_confirmed: bool
    """Whether the person confirmed their file."""
    is_ended: bool
    works_there: bool
    """Whether the account still works for the referrer through which it enrolled."""
    may_enrol: bool
    """Whether that referrer is approved, not suspended, and accepted the agreement on data."""
    yeses: Mapping[Scope, Collection[Yes]] = field(default_factory=dict)


def allows(standing: Standing, scope: Scope, *, account_id: UUID, now: datetime) -> bool:
    """Whether this account may do this for that person at this moment."""
    stands = standing.is_confirmed and not standing.is_ended and standing.works_there and standing.may_enrol
    is_theirs = standing.account_id == account_id
    return stands and is_theirs and any(yes.holds(now) for yes in standing.yeses.get(scope, ()))


def check_hearer(hearer_id: UUID, supporters: Collection[UUID]) -> None:
    """Raise :class:`NotAllowed` when whoever would hear a yes or a no supports this person.

    A support worker never says yes or no for somebody, and is never the witness of it.
    """
    if hearer_id in supporters:
        raise NotAllowed(
            "You are the support worker of this person, so you cannot be the witness. Ask a colleague."
        )


def says_all(scope: Scope, text_version: str) -> bool:
    """Whether these words say everything that a yes for this scope allows now."""
    return scope is not Scope.HELPS_ANSWER or text_version in _SAY_OF_PASSING_ON


def consent_for(scope: Scope) -> str:
    """What a consent for this scope is called in its record."""
    return f"{_KIND}:{scope}"


def scope_of(purpose: str) -> Scope | None:
    """The scope that this consent is for; ``None`` for any other purpose."""
    kind, _, scope = purpose.partition(":")
    return Scope(scope) if kind == _KIND and scope in set(Scope) else None

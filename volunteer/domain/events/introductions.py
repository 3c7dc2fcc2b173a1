"""What happened to introductions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class IntroductionAsked(Event):
    """A person said yes on condition: first the organisation is asked something."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionSent(Event):
    """Nothing stands between the person and the organisation any more."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionUnanswered(Event):
    """The organisation has not answered for days."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionAccepted(Event):
    """The organisation said yes."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionDeclined(Event):
    """The organisation said not now, for a reason about its offer."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionFellThrough(Event):
    """The organisation's answer was no to something this person needs."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionWithdrawn(Event):
    """The person changed their mind, or stops."""

    introduction_id: UUID
    was_accepted: bool
    """The organisation counts on them, so it must be told."""


@dataclass(frozen=True, slots=True)
class IntroductionMet(Event):
    """They met."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionMissed(Event):
    """They did not meet at the agreed moment; the organisation says again when to come."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionStarted(Event):
    """The person volunteers there."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionStopped(Event):
    """The organisation said that it does not go on, after they met or after a while."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class IntroductionMoved(Event):
    """The organisation named another day or hour for a yes it gave, or took the agreed one back."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class AppointmentNear(Event):
    """They meet tomorrow."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class TimesProposed(Event):
    """The organisation named several times to choose from."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class TimesUnanswered(Event):
    """The person has not chosen for a while."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class TimeChosen(Event):
    """The person took one of the times."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class TimesTurnedDown(Event):
    """None of the times suits the person."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class TimesExpired(Event):
    """All of the times are past, and none was chosen."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class RemarkWritten(Event):
    """With its "not now" the organisation wrote something for the person, which the desk reads first."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class RemarkPassedOn(Event):
    """The desk read it and passes it on."""

    introduction_id: UUID


@dataclass(frozen=True, slots=True)
class RemarkHeldBack(Event):
    """The desk read it and says a standard reason instead."""

    introduction_id: UUID

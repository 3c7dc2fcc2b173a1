"""Stands at a market: what an organisation says when it asks for one, its steps, and the training before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from volunteer.domain.access import feature_of
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.gathering_seats import LIVE, SeatState
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.interests import parse_tasks
from volunteer.domain.languages import parse_codes
from volunteer.domain.market_days import StandState

MOST_SEATS = 20
"""People at a stand at the same time: more is a lecture."""
LONGEST_OFFER, LONGEST_HOSTS, LONGEST_WORDS = 300, 80, 300
ON_THE_DAY = (
    "ph.wheelchair_space", "ph.quiet_place", "ph.assistance_dog", "ic.plain_language", "ic.pictograms",
    "ic.show_by_doing", "ic.spoken_info", "ic.hearing_support", "ic.large_print_braille", "sv.support_person",
    "sv.children_welcome",
)  # fmt: skip
"""What can be so at one stand and not at the next; doors, lifts and toilets are those of the hall."""
LIVE_STANDS = frozenset({StandState.APPLIED, StandState.CONFIRMED})


class Turn(StrEnum):
    """What can be done with a stand."""

    CHANGE = "change"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


_STEPS: Mapping[tuple[StandState, Turn], StandState] = {
    **{(state, Turn.CHANGE): state for state in LIVE_STANDS},
    (StandState.APPLIED, Turn.CONFIRM): StandState.CONFIRMED,
    **{(state, Turn.REFUSE): StandState.REFUSED for state in LIVE_STANDS},
    **{(state, Turn.WITHDRAW): StandState.WITHDRAWN for state in LIVE_STANDS},
}
"""A no and a withdrawal are final: who comes after all asks again, with what they said before filled in."""


def after(state: StandState, turn: Turn) -> StandState:
    """How far a stand is after this. Raises :class:`ImpossibleStep`."""
    try:
        return _STEPS[state, turn]
    except KeyError:
        raise ImpossibleStep("Somebody changed this stand meanwhile. Look at how it stands now.") from None


class Training(StrEnum):
    """How far the preparatory training of a stand's team is."""

    NONE = "none"
    """This market has none."""
    CAME = "came"
    SEAT = "seat"
    """They have a seat and it is still to come, or nobody counted who came."""
    WAITS = "waits"
    """They wait for a seat, or did not say yes to one yet."""
    MISSING = "missing"
    WAIVED = "waived"
    """The desk wrote down that they know how it goes."""


ENOUGH = frozenset({Training.NONE, Training.CAME, Training.SEAT, Training.WAIVED})
"""With one of these a stand can be confirmed."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """One sign-up of a team for the training."""

    state: SeatState
    attended: int | None
    """How many came; None while nobody counted."""


def training_of(sign_ups: Iterable[SignUp], *, is_asked: bool, is_waived: bool) -> Training:
    """How far they are; ``is_asked`` tells whether this market has a training at all."""
    if not is_asked:
        return Training.NONE
    found = list(sign_ups)
    if any(each.attended for each in found):
        return Training.CAME
    open_still = [each for each in found if each.state in LIVE and each.attended is None]
    if any(each.state is SeatState.IN for each in open_still):
        return Training.SEAT
    if is_waived:
        return Training.WAIVED
    return Training.WAITS if open_still else Training.MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an organisation says of its stand."""

    languages: frozenset[str] = frozenset()
    """What its hosts speak, sign languages too."""
    access: frozenset[str] = frozenset()
    """Access codes that are true at the stand; what is in neither set is unknown."""
    not_access: frozenset[str] = frozenset()
    offer: Mapping[str, str] = field(default_factory=dict)
    """What people can do or see there, by language; Dutch is needed."""
    tasks: frozenset[str] = frozenset()
    """Task codes of what they look for."""
    seats: int
    """People at a time."""
    closed_rounds: frozenset[int] = frozenset()
    """Rounds, from 0, in which nobody is there."""
    hosts: str = ""
    """First names of who stands there."""
    phone: str = ""
    """A number to reach them on the day, as it was typed."""
    words: str = ""
    """What they ask of the organiser."""

    def complaints(self, *, rounds: int) -> list[InvalidValue]:
        """Everything that is wrong with it for a market of so many rounds, each at its field."""
        found: list[InvalidValue] = []
        for check in (
            self._check_offer,
            self._check_languages,
            self._check_access,
            self._check_tasks,
            self._check_seats,
            lambda: self._check_rounds(rounds),
            lambda: clean_words(self.hosts, longest=LONGEST_HOSTS, field="hosts"),
            lambda: clean_words(self.words, longest=LONGEST_WORDS, field="words"),
        ):
            try:
                check()
            except InvalidValue as error:
                found.append(error)
        return found

    def check(self, *, rounds: int) -> None:
        """Raise the first of :meth:`complaints`."""
        for error in self.complaints(rounds=rounds):
            raise error

    def _check_offer(self) -> None:
        if FIRST_LANGUAGE not in clean_offer(self.offer):
            raise InvalidValue(
                "Tell in Dutch what people can do or see at your stand.", field=f"offer_{FIRST_LANGUAGE}"
            )

    def _check_languages(self) -> None:
        if not parse_codes(self.languages):
            raise InvalidValue("Tick at least one language that your hosts speak.", field="languages")

    def _check_access(self) -> None:
        for code in sorted(self.access | self.not_access):
            feature_of(code, field="access")
        if self.access & self.not_access:
            raise InvalidValue("Something cannot be both so and not so.", field="access")

    def _check_tasks(self) -> None:
        if not parse_tasks(self.tasks):
            raise InvalidValue("Tick at least one thing that volunteers do with you.", field="tasks")

    def _check_seats(self) -> None:
        if not 1 <= self.seats <= MOST_SEATS:
            raise InvalidValue(
                "Give a number from 1 to %(most)d.", field="seats", values={"most": MOST_SEATS}
            )

    def _check_rounds(self, rounds: int) -> None:
        if not self.closed_rounds <= set(range(rounds)):
            raise InvalidValue("Choose rounds of this market.", field="closed_rounds")
        if len(self.closed_rounds) >= rounds:
            raise InvalidValue("Somebody is there in at least one round.", field="closed_rounds")


def clean_offer(offer: Mapping[str, str]) -> dict[str, str]:
    """What people can do there, trimmed, without languages that say nothing.

    Raises :class:`InvalidValue` on ``offer_<language>``.
    """
    return {
        language: clean_words(words, longest=LONGEST_OFFER, field=f"offer_{language}")
        for language, words in offer.items()
        if words.strip()
    }


def check_open(
    *, is_open: bool, closes_at: datetime, ends_at: datetime, now: datetime, by_desk: bool
) -> None:
    """Raise :class:`ImpossibleStep` unless a stand can be asked for now; the desk may until the end."""
    if not is_open:
        raise ImpossibleStep("This market is not open for stands.")
    if ends_at <= now:
        raise ImpossibleStep("This market is over.")
    if closes_at <= now and not by_desk:
        raise ImpossibleStep("Asking for a stand is closed. Call us: perhaps there is still a spot.")


def check_confirm(training: Training, *, confirmed: int, spots: int) -> None:
    """Raise :class:`ImpossibleStep` for a stand whose team is not trained, or for which no spot is left."""
    if training not in ENOUGH:
        raise ImpossibleStep(
            "Their team has no seat in the training. Tick that they know how it goes, or wait.",
            code="not_trained",
        )
    if confirmed >= spots:
        raise ImpossibleStep("All spots of the hall are given out. Add spots first, or say no.")

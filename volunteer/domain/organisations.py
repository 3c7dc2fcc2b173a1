"""Organisations: what the desk says of a new one, as a conversation, and what may be told of any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue

LONGEST_NAME = 160
LONGEST_ACTIVITY = 300
LONGEST_WORDS = 1000
LONGEST_NOTE = 600
LONGEST_STREET = 160
LONGEST_WAY_IN = 300
TIME_TO_CONFIRM = timedelta(days=2)
"""An organisation that joined and did not confirm its address for so long is forgotten."""

TIME_TO_COME = timedelta(days=14)
"""An invitation to a team that nobody took up for so long ends."""


class Approval(StrEnum):
    """How far the talk with the desk got; only who is approved may publish."""

    NEW = "new"
    ASKED = "asked"
    """The desk asked something, and waits for the team."""
    APPROVED = "approved"
    REFUSED = "refused"
    TO_CHECK = "to_check"
    """The team answered, or changed something that matters."""


WAITING_FOR_DESK = frozenset({Approval.NEW, Approval.TO_CHECK})


KEEPS_ITS_YES = frozenset({Approval.ASKED, Approval.TO_CHECK})
"""While they talk, an organisation that had a yes keeps it: what people see already stays."""


def has_yes(state: Approval, *, had_yes: bool) -> bool:
    """Whether people may see what it offers, and go there; ``had_yes`` tells whether they could before.

    A change that matters brings an organisation before the desk and takes nothing away. A refusal does, and
    what it took comes back with a yes alone: not with an answer of the team or a question of the desk.
    """
    return state is Approval.APPROVED or (state in KEEPS_ITS_YES and had_yes)


class Turn(StrEnum):
    """What the desk or the team can do in this talk."""

    APPROVE = "approve"
    ASK = "ask"
    REFUSE = "refuse"
    ANSWER = "answer"
    CHANGE = "change"
    """Of the name, the number, the legal form, or what it is for."""


_STEPS: Mapping[tuple[Approval, Turn], Approval] = {
    **{(start, Turn.APPROVE): Approval.APPROVED for start in Approval if start is not Approval.APPROVED},
    **{
        (start, Turn.ASK): Approval.ASKED
        for start in (Approval.NEW, Approval.ASKED, Approval.TO_CHECK, Approval.REFUSED)
    },
    **{(start, Turn.REFUSE): Approval.REFUSED for start in (Approval.NEW, Approval.ASKED, Approval.TO_CHECK)},
    (Approval.NEW, Turn.ANSWER): Approval.NEW,
    (Approval.ASKED, Turn.ANSWER): Approval.TO_CHECK,
    (Approval.REFUSED, Turn.ANSWER): Approval.TO_CHECK,
    (Approval.TO_CHECK, Turn.ANSWER): Approval.TO_CHECK,
    **{(start, Turn.CHANGE): start for start in Approval},
    (Approval.APPROVED, Turn.CHANGE): Approval.TO_CHECK,
}


def after(state: Approval, turn: Turn) -> Approval:
    """The state that ``turn`` leads to. Raises :class:`ImpossibleStep` where it cannot be taken now."""
    try:
        return _STEPS[state, turn]
    except KeyError:
        if state is Approval.APPROVED:
            raise ImpossibleStep("This organisation is approved already.") from None
        raise ImpossibleStep("This organisation was refused already.") from None


class LegalForm(StrEnum):
    """What the law sees in an organisation."""

    LEGAL_PERSON = "legal_person"
    DE_FACTO = "de_facto"
    """People who do something together, without legal personality."""


class InvitationState(StrEnum):
    """How somebody comes into a team."""

    ASKED = "asked"
    """They would like to; the team decides."""
    INVITED = "invited"
    USED = "used"
    ENDED = "ended"
    """Taken back, or not let in."""


class EntryKind(StrEnum):
    """What was said or done."""

    JOINED = "joined"
    ASKED = "asked"
    ANSWERED = "answered"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGED = "changed"
    INVITED = "invited"
    TAKEN_BACK = "taken_back"
    CAME = "came"
    ROLE_CHANGED = "role_changed"
    TAKEN_OUT = "taken_out"
    LEFT = "left"


TALK = frozenset(
    {
        EntryKind.JOINED,
        EntryKind.ASKED,
        EntryKind.ANSWERED,
        EntryKind.APPROVED,
        EntryKind.REFUSED,
        EntryKind.CHANGED,
    }
)
"""What is part of the talk with the desk; all others are about the team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an organisation tells about itself; :func:`checked` makes sure that it can be kept."""

    name: str
    legal_form: LegalForm | None
    enterprise_number: str | None
    activity: str
    aim: str = ""
    responsible_person: str = ""
    is_volunteer_liable: bool = False
    insurance: str = ""
    expenses: str = ""
    discretion: str = ""
    needs_agreement: bool = False


def clean_name(text: str) -> str:
    """The name of an organisation, on one line. Raises :class:`InvalidValue`."""
    name = clean_words(" ".join(text.split()), longest=LONGEST_NAME, field="name")
    if not any(letter.isalpha() for letter in name):
        raise InvalidValue("Write the name of your organisation.", field="name")
    return name


def clean_activity(text: str) -> str:
    """What it does, in a line or two. Raises :class:`InvalidValue`."""
    words = clean_words(text, longest=LONGEST_ACTIVITY, field="activity")
    if not words:
        raise InvalidValue("Tell us in a line what your organisation does.", field="activity")
    return words


def clean_turn(text: str, *, is_needed: bool = True) -> str:
    """What one side says to the other. Raises :class:`InvalidValue`."""
    words = clean_words(text, longest=LONGEST_WORDS, field="words")
    if is_needed and not words:
        raise InvalidValue("Write a few words.", field="words")
    return words

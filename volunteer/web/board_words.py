"""What the board in the hall says, in any language: a screen that hangs there has no reader of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.market_board import Moment, Phase, Room
from volunteer.domain.market_days import Rounds
from volunteer.translation import isolated, listed, translations
from volunteer.web.extensions import current_core
from volunteer.web.gathering_words import Words
from volunteer.web.language import current_language

MOST_LANGUAGES = 4
"""So many fit beside each other on a wide screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the board knows, read at one moment."""

    as_of: datetime
    titles: Mapping[str, str]
    zones: Sequence[tuple[str, Mapping[str, str]]]
    """Letter and names."""
    rounds: Rounds
    moment: Moment
    is_today: bool
    helpers: Sequence[str]
    """First names of who is at the door; nobody before the day itself."""
    rooms: Sequence[Room]
    interpreters: Mapping[str, frozenset[str]]
    """Languages by letter."""
    late: Sequence[tuple[str, int]]
    """Name of the spot of a stand that runs behind, and minutes."""
    note: Mapping[str, str]
    reason: Mapping[str, str] | None
    """Why it does not go on; ``None`` when it does."""
    replanned_at: datetime | None
    """When routes changed, as long as that is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The board in one language."""

    language: str
    headline: str
    """What people do now, or on which day it is; empty where a number says enough."""
    ending: Words
    """What to know once it is over, or why it does not go on; empty otherwise."""
    find_letter: str
    free: str
    full: str
    closed: str
    help: str
    changed: str
    """That routes changed; empty when none did."""
    late: str
    """Which stands run behind; empty when none does."""
    note: Words
    """What the organiser says, and its language where that is another."""

    @property
    def has_news(self) -> bool:
        """Whether anything is new in this language; what is written in another alone is said there."""
        return bool(self.changed or self.late or (self.note and self.note.language is None))


def languages() -> tuple[str, ...]:
    """The reader's language, then the others of the centre, as far as there is room."""
    reader = current_language()
    others = [code for code in current_core().settings.centre.languages if code != reader]
    return (reader, *others)[:MOST_LANGUAGES]


def said_in(code: str, known: Facts) -> Said:
    """Everything that the board says in this language."""
    gettext = translations(code).gettext
    return Said(
        language=code,
        headline=_headline(code, known),
        ending=_ending(code, known),
        find_letter=gettext("Find the letter that is on your card"),
        free=gettext("Free"),
        full=gettext("Full"),
        closed=gettext("Closed now"),
        help=gettext("Help at the door"),
        changed=_changed(code, known.replanned_at),
        late=_late(code, known.late),
        note=_written_in(code, known.note),
    )


def _headline(code: str, known: Facts) -> str:
    gettext, moment = translations(code).gettext, known.moment
    if known.reason is not None:
        return gettext("It does not go on")
    match moment.phase:
        case Phase.BEFORE if not known.is_today:
            return times_in_words.day(known.rounds.first, code, _zone())
        case Phase.WALK:
            return gettext("Go to your next meeting")
        case Phase.BREAK if moment.next_at:
            return gettext("Break until %(hour)s") % {"hour": _hour(moment.next_at)}
        case Phase.OVER:
            return gettext("Thank you for coming")
    return ""


def _ending(code: str, known: Facts) -> Words:
    if known.reason is not None:
        return _written_in(code, known.reason)
    if known.moment.phase is not Phase.OVER:
        return Words("", None)
    gettext = translations(code).gettext
    ask = gettext("Do you want to go on with somebody you met? Say it at the stand, or on your own page.")
    return Words(ask, None)


def _changed(code: str, at: datetime | None) -> str:
    words = translations(code).gettext("Some routes changed at %(hour)s. Ask at the entrance for yours.")
    return words % {"hour": _hour(at)} if at else ""


def _late(code: str, late: Sequence[tuple[str, int]]) -> str:
    gettext = translations(code).gettext
    spots = (
        gettext("%(spot)s by %(minutes)s minutes") % isolated({"spot": spot, "minutes": minutes}, code)
        for spot, minutes in late
    )
    begins = gettext("Running late:")
    return f"{begins} {listed(spots, code)}" if late else ""


def _written_in(code: str, said: Mapping[str, str]) -> Words:
    for language in (code, FIRST_LANGUAGE, *said):
        if words := said.get(language):
            return Words(words, None if language == code else language)
    return Words("", None)


def _hour(moment: datetime) -> str:
    return times_in_words.hour(moment, _zone())


def _zone() -> str:
    return current_core().settings.centre.time_zone

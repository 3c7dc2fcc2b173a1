"""The day of a market as an organiser sees it: how far it is, who is here, and what asks for a hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import HelperRole, StandState, TimetableState
from volunteer.domain.market_door import Standing
from volunteer.models import Market, MarketVisitor, Stand
from volunteer.queries import market_visitors, timetables
from volunteer.queries.deliveries import oldest_waiting
from volunteer.services import lost_meetings, market_door, market_helpers, timetable_reasons
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import timetable_words
from volunteer.web.dates import spoken_hour
from volunteer.web.language import current_language, joined, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.market_door import DoorCard, door_card
from volunteer.web.market_words import name_of_spot

SILENT_AFTER = timedelta(seconds=30)
"""So long nothing waits while a worker runs."""
AT_THE_DOOR = timedelta(minutes=1)
MOST_SHOWN = 12
_RUNNING = (TimetableState.WAITING, TimetableState.SOLVING)


@dataclass(frozen=True, slots=True)
class StandToday:
    """One stand that asks for a look, or may be closed."""

    id: UUID
    spot: str
    name: str
    late: int
    is_silent: bool
    """A round began, and nobody opened its page or marked anything: perhaps nobody is there."""
    is_closed: bool
    """In every round that comes."""

    @property
    def asks_for_a_look(self) -> bool:
        """Whether somebody should walk by."""
        return bool(self.late) or self.is_silent or self.is_closed


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that asks for a deed, and the list on this page that says more."""

    icon: str
    words: str
    section: str


def day_facts(uow: UnitOfWork, market: Market) -> dict[str, Any]:
    """What the live parts of the page show."""
    people = market_visitors.visitors_of(uow.session, market.id)
    by_standing: dict[Standing, list[MarketVisitor]] = {each: [] for each in Standing}
    for each in people:
        by_standing[market_door.standing_of(each)].append(each)
    meetings = timetables.meetings_of(uow.session, market.id)
    here, later = by_standing[Standing.HERE], by_standing[Standing.LATE]
    without = [each for each in here if each.wants_route and not meetings[each.id]]
    overdue = [each for each in by_standing[Standing.EXPECTED] if _is_missed(uow, each)]
    every = _stands(uow, market)
    reasons = timetable_reasons.why_without(uow, market.id) if without else {}
    return {
        "now": _round_words(uow, market),
        "here": len(here),
        "all": len(people),
        "expected": len(by_standing[Standing.EXPECTED]) - len(overdue) + len(later),
        "later": _some(uow, later),
        "later_count": len(later),
        "beside": _beside(by_standing, sum(1 for each in people if _walked_in(each))),
        "without": _some(uow, without),
        "without_count": len(without),
        "why": {who: timetable_words.short_names()[reason] for who, reason in reasons.items()},
        "may_help": any(reasons.get(each.id) in timetable_reasons.MAY_END for each in without),
        "overdue": _some(uow, overdue),
        "overdue_count": len(overdue),
        "stands": every,
        "troubled": [each for each in every if each.asks_for_a_look],
        "asks": _asks(len(without), every),
        "interpreters": _interpreters(uow, market),
        "routes": _routes(uow, market),
        "lost": len(lost_meetings.of_whom(uow, market)),
        "is_silent": _is_silent(uow),
    }


def new_routes_for(lost: int) -> str:
    """What is said when so many people lost a meeting; nothing for nobody."""
    if not lost:
        return ""
    return ngettext(
        "%(num)d person had a meeting that cannot be now: new routes are being made.",
        "%(num)d people had a meeting that cannot be now: new routes are being made.",
        lost,
    )


def _beside(by_standing: Mapping[Standing, Sequence[MarketVisitor]], walked_in: int) -> str:
    """Who is counted beside those who are waited for, in one line."""
    absent, left = len(by_standing[Standing.ABSENT]), len(by_standing[Standing.LEFT])
    return " · ".join(
        words
        for count, words in (
            (absent, ngettext("%(num)d does not come", "%(num)d do not come", absent)),
            (left, ngettext("%(num)d went home", "%(num)d went home", left)),
            (
                walked_in,
                ngettext("%(num)d came without registering", "%(num)d came without registering", walked_in),
            ),
        )
        if count
    )


def _asks(without: int, stands: Sequence[StandToday]) -> list[Ask]:
    silent = sum(1 for each in stands if each.is_silent)
    late = sum(1 for each in stands if each.late)
    found = (
        (
            without,
            "user",
            ngettext(
                "%(num)d person is here without a meeting",
                "%(num)d people are here without a meeting",
                without,
            ),
            "without",
        ),
        (
            silent,
            "building-community",
            ngettext("Nothing was heard of %(num)d stand", "Nothing was heard of %(num)d stands", silent),
            "troubled",
        ),
        (late, "clock", ngettext("%(num)d stand is late", "%(num)d stands are late", late), "troubled"),
    )
    return [Ask(icon, words, section) for count, icon, words, section in found if count]


def _round_words(uow: UnitOfWork, market: Market) -> str:
    rounds = market.rounds
    at, following = rounds.at(uow.now), rounds.next_after(uow.now)
    now = _("Round %(number)s of %(all)s", number=at + 1, all=rounds.count) if at is not None else ""
    if following < rounds.count:
        hour = spoken_hour(rounds.starts(following))
        if not now:
            return _("The next round begins at %(hour)s", hour=hour)
        return joined((now, _("the next one at %(hour)s", hour=hour)))
    return now or _("The last round is over")


def _is_missed(uow: UnitOfWork, visitor: MarketVisitor) -> bool:
    """Whether they are later than they said, or than the first round began."""
    return uow.now > max(visitor.arrives_at or visitor.market.starts_at, visitor.market.first_round_at)


def _walked_in(visitor: MarketVisitor) -> bool:
    """Whether their card was made at the door, as they came in."""
    came = visitor.checked_in_at
    return came is not None and abs(came - visitor.registered_at) < AT_THE_DOOR


def _some(uow: UnitOfWork, people: list[MarketVisitor]) -> list[DoorCard]:
    return [door_card(uow, each) for each in people[:MOST_SHOWN]]


def _stands(uow: UnitOfWork, market: Market) -> list[StandToday]:
    coming = set(range(market.rounds.next_after(uow.now), market.round_count))
    heard_of = timetables.stands_heard_of(uow.session, market.id)
    has_begun = market.first_round_at <= uow.now
    return [
        StandToday(
            each.id,
            name_of_spot(each),
            each.organisation.name,
            each.late_minutes,
            is_silent=has_begun and each.id not in heard_of and not _is_opened(market, each),
            is_closed=bool(coming) and coming <= set(each.closed_rounds),
        )
        for each in timetables.stands_of(uow.session, market.id, [StandState.CONFIRMED])
    ]


def _is_opened(market: Market, stand: Stand) -> bool:
    return stand.opened_at is not None and stand.opened_at >= market.starts_at - timedelta(hours=12)


def _interpreters(uow: UnitOfWork, market: Market) -> list[tuple[str, str, bool]]:
    """Name, languages, and whether they are there in the round that is on or comes."""
    reader, following = current_language(), market.rounds.at(uow.now)
    number = following if following is not None else market.rounds.next_after(uow.now)
    return [
        (
            market_helpers.name_of(uow, each),
            joined(LANGUAGES[code].label(reader) for code in each.languages),
            number not in each.away,
        )
        for each in timetables.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    ]


def _routes(uow: UnitOfWork, market: Market) -> dict[str, Any]:
    """How it stands with making the routes again, and what the last time changed."""
    made = next((each for each in timetables.timetables_of(uow.session, market.id) if each.is_replan), None)
    if made is None:
        return {"is_running": False, "said": ""}
    if made.state in _RUNNING:
        return {"is_running": True, "said": _("New routes are being made.")}
    if made.state == TimetableState.FAILED:
        return {"is_running": False, "said": _("The routes could not be made again. They stay as they were.")}
    changed = len(timetables.changed_by(uow.session, made))
    return {
        "is_running": False,
        "said": ngettext(
            "Made again at %(hour)s: %(num)d route changed.",
            "Made again at %(hour)s: %(num)d routes changed.",
            changed,
            hour=spoken_hour(made.published_at or made.asked_at),
        ),
    }


def _is_silent(uow: UnitOfWork) -> bool:
    since = oldest_waiting(uow.session)
    return since is not None and uow.now - since > SILENT_AFTER

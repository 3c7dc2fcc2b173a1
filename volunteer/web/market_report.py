"""The report of a market in the reader's words: tables, each with a picture of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.afterwards import Answer
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import VisitState
from volunteer.domain.market_report import (
    INTERESTS,
    MOST,
    NOT_SAID,
    TO_COME,
    Meeting,
    MeetingTables,
    PeopleTables,
    Table,
    meeting_tables,
    people_tables,
    shown,
)
from volunteer.models import Market, MarketGroup, Timetable
from volunteer.queries import market_report as queries
from volunteer.queries import timetables
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.gathering_words import written
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.timetable_words import short_names


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its words, its count (``None`` is not shown), and how long its bar is, 0 to 100."""

    words: str
    count: int | None
    length: float


@dataclass(frozen=True, slots=True)
class Section:
    """One table with its heading."""

    code: str
    title: str
    lines: Sequence[Line]

    @property
    def is_said(self) -> bool:
        """Whether any row says something."""
        return any(line.count for line in self.lines)

    @property
    def is_hidden_in_part(self) -> bool:
        """Whether a row is left out."""
        return any(line.count is None for line in self.lines)


_AFTERWARDS = {"none", "interest", "answers"}
"""Tables that say something once the day is over: before, what is missing may still come."""
_OF_A_GROUP = {"came", "met", "meetings"}


def of_market(uow: UnitOfWork, market: Market) -> list[Section]:
    """Everything that came of it, as far as it may be shown; while it is on, until now."""
    meetings = queries.meetings(uow.session, market.id)
    people = people_tables(queries.people(uow.session, market.id), meetings, answers=tuple(Answer))
    plan = timetables.published(uow.session, market.id)
    is_on = not is_over(uow, market)
    sections = [
        *_of_people(people, is_on=is_on),
        *_short(plan),
        *_of_meetings(market, _tables(uow, market, meetings)),
        _waits(people.waits),
        *_said(people),
    ]
    return [each for each in sections if not (is_on and each.code in _AFTERWARDS)]


def of_stand(uow: UnitOfWork, market: Market, stand_id: UUID) -> list[Section]:
    """What came of the meetings of one stand.

    While it is on nothing of who wants to go on: a count that rises says what one visitor said.
    """
    meetings = queries.meetings(uow.session, market.id, stand_id=stand_id)
    sections = _of_meetings(market, _tables(uow, market, meetings))
    left_out = {"zones"} if is_over(uow, market) else {"zones", *_AFTERWARDS}
    return [each for each in sections if each.code not in left_out]


def of_group(uow: UnitOfWork, group: MarketGroup) -> list[Section]:
    """What came of it for one group, for whoever brought it alone: who came, and their meetings.

    Nothing of what they answered or whether they want to go on. Nothing at all where no count may be shown.
    """
    market = group.market
    meetings = queries.meetings(uow.session, market.id, group_id=group.id)
    people = people_tables(queries.people(uow.session, market.id, group_id=group.id), meetings, answers=())
    is_on = not is_over(uow, market)
    sections = [
        *_of_people(people, is_on=is_on),
        *_of_meetings(market, _tables(uow, market, meetings)),
    ]
    return [each for each in sections if each.code in _OF_A_GROUP and each.is_said]


def is_over(uow: UnitOfWork, market: Market) -> bool:
    """Whether no round is on or to come any more."""
    return market.rounds.end <= uow.now


def so_far(uow: UnitOfWork, market: Market) -> str:
    """How far the market is and what is still to come; empty once it is over."""
    if is_over(uow, market):
        return ""
    left = market.round_count - market.rounds.next_after(uow.now)
    until = spoken_hour(market.rounds.end)
    if not left:
        return _("The last round is on, until %(hour)s.", hour=until)
    return ngettext(
        "%(num)d round is still to come, until %(hour)s.",
        "%(num)d rounds are still to come, until %(hour)s.",
        left,
        hour=until,
    )


def _tables(uow: UnitOfWork, market: Market, meetings: Sequence[Meeting]) -> MeetingTables:
    letters = [zone.letter for zone in market.zones]
    begun = market.rounds.next_after(uow.now)
    return meeting_tables(meetings, letters=letters, rounds=market.round_count, begun=begun)


def _of_people(people: PeopleTables, *, is_on: bool) -> list[Section]:
    away = _("Not here yet") if is_on else _("Stayed away")
    met = {str(number): _("%(number)s meetings", number=number) for number in range(2, MOST)}
    return [
        _section(
            "came",
            _("Who came"),
            people.came,
            {"came": _("Came"), "said_no": _("Said that they do not come"), "stayed_away": away},
        ),
        _section(
            "groups",
            _("How they came"),
            people.groups,
            {"alone": _("By themselves"), "group": _("In a group")},
        ),
        _section(
            "met",
            _("How many meetings people had"),
            people.met,
            {
                "0": _("None"),
                "1": _("1 meeting"),
                **met,
                str(MOST): _("%(number)s meetings or more", number=MOST),
                "free": _("Walked about freely"),
            },
        ),
        _section(
            "none",
            _("Why people who came had no meeting"),
            people.none,
            {"no_route": _("Nothing was planned for them"), "missed": _("What was planned was not held")},
        ),
    ]


def _short(plan: Timetable | None) -> list[Section]:
    counts: Mapping[str, int] = plan.figures.get("short", {}) if plan else {}
    if not counts:
        return []
    return [
        _section("short", _("Why the plan had fewer meetings than people want"), shown(counts), short_names())
    ]


def _of_meetings(market: Market, held: MeetingTables) -> list[Section]:
    rounds = {
        str(number): _(
            "Round %(number)s, %(hour)s",
            number=number + 1,
            hour=spoken_hour(market.rounds.starts(number)),
        )
        for number in range(market.round_count)
    }
    states: dict[str, str] = {
        VisitState.MET: _("Held"),
        VisitState.MISSED: _("They did not come"),
        VisitState.PLANNED: _("Nobody marked it"),
        TO_COME: _("Still to come"),
    }
    zones = {zone.letter: f"{zone.letter} {written(zone.texts).text}" for zone in market.zones}
    return [
        _section("meetings", _("Planned meetings"), held.states, states),
        _section("zones", _("Meetings held, by zone"), held.zones, zones),
        _section("rounds", _("Meetings held, by hour"), held.rounds, rounds),
        _section(
            "interpreters",
            _("Meetings held, by interpreter"),
            held.interpreters,
            _languages(held.interpreters, _("Without an interpreter")),
        ),
        _section("interest", _("Who wants to go on"), held.interest, _interests()),
    ]


def _interests() -> dict[str, str]:
    words = (
        _("Both, and they were introduced"),
        _("Both"),
        _("The visitor"),
        _("The stand"),
        _("Nobody said so"),
    )
    return dict(zip(INTERESTS, words, strict=True))


def _waits(waits: Table) -> Section:
    some = {str(number): _("%(number)s rounds", number=number) for number in range(2, MOST)}
    return _section(
        "waits",
        _("How long people waited between two meetings"),
        waits,
        {
            "0": _("Not at all"),
            "1": _("1 round"),
            **some,
            str(MOST): _("%(number)s rounds or more", number=MOST),
        },
    )


def _said(people: PeopleTables) -> list[Section]:
    answers = {
        Answer.YES: _("Yes"),
        Answer.PARTLY: _("A little"),
        Answer.NOT_YET: _("No"),
        NOT_SAID: _("No answer"),
    }
    return [
        _section("languages", _("Language of the card"), people.languages, _languages(people.languages, "")),
        _section("answers", _("Did it help you on?"), people.answers, answers),
    ]


def _languages(table: Table, without: str) -> dict[str, str]:
    return {code: LANGUAGES[code].label(current_language()) if code else without for code in table.rows}


def _section(code: str, title: str, table: Table, words: Mapping[str, str]) -> Section:
    most = max((count for count in table.rows.values() if count), default=1)
    return Section(
        code,
        title,
        [
            Line(words.get(key, key), count, round(100 * (count or 0) / most, 1))
            for key, count in table.rows.items()
        ],
    )

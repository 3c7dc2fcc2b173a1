"""The page of an interpreter on the day of a market: where to be in each round, and with whom.

A group or, on the day itself, a first name, and the number of a card; nothing of what helps anybody beside a
language.
"""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.languages import LANGUAGES
from volunteer.models import MarketHelper, Visit
from volunteer.queries import timetables
from volunteer.services import market_helpers, stand_guests
from volunteer.services.stand_guests import Guest
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.gathering_words import tongues
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.market_words import name_of_spot
from volunteer.web.stand_page import day_line, who_walks_about
from volunteer.web.stand_words import MarketLine, market_line, shapes_of


@dataclass(frozen=True, slots=True)
class Task:
    """One meeting at which they interpret."""

    spot: str
    shape: str
    stand: str
    language: str
    who: str
    card: int
    late: int
    """So many minutes the stand runs behind."""


@dataclass(frozen=True, slots=True)
class InterpreterRound:
    """One round of theirs; without tasks they are free, or away."""

    number: int
    """From 1."""
    hour: str
    tasks: tuple[Task, ...]
    is_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterPage:
    """Everything on the page."""

    market: MarketLine
    name: str
    languages: list[str]
    line: str
    """Where in the day it is."""
    now: InterpreterRound | None
    next: InterpreterRound | None
    later: tuple[InterpreterRound, ...]
    earlier: tuple[InterpreterRound, ...]
    """Those with a meeting, the last one first."""
    kept_at: str
    helper: str
    phone: str


def interpreter_page(uow: UnitOfWork, helper: MarketHelper, *, centre_phone: str) -> InterpreterPage:
    """The page as it is at this moment."""
    rounds = helper.market.rounds
    rows, on, ahead = _rows(uow, helper), rounds.at(uow.now), rounds.next_after(uow.now)
    name, phone = who_walks_about(uow, helper.market_id)
    return InterpreterPage(
        market=market_line(uow, helper.market),
        name=market_helpers.name_of(uow, helper),
        languages=tongues(helper.languages),
        line=day_line(rounds, uow.now, helper.market.starts_at, over=_("Over. Thank you.")),
        now=rows[on] if on is not None else None,
        next=rows[ahead] if ahead < len(rows) else None,
        later=rows[ahead + 1 :],
        earlier=tuple(row for row in reversed(rows[:ahead]) if row.tasks and row.number - 1 != on),
        kept_at=spoken_hour(uow.now),
        helper=name,
        phone=phone or centre_phone,
    )


def _rows(uow: UnitOfWork, helper: MarketHelper) -> tuple[InterpreterRound, ...]:
    rounds, shapes = helper.market.rounds, shapes_of(helper.market)
    visits = timetables.interpreted_by(uow.session, helper.id)
    return tuple(
        InterpreterRound(
            number=number + 1,
            hour=spoken_hour(rounds.starts(number)),
            tasks=tuple(
                _task(uow, each, shapes) for each in visits if each.round <= number < each.round + each.rounds
            ),
            is_away=number in helper.away,
        )
        for number in range(rounds.count)
    )


def _task(uow: UnitOfWork, visit: Visit, shapes: dict[str, str]) -> Task:
    stand, guest = visit.stand, stand_guests.guest_of(uow, visit)
    return Task(
        spot=name_of_spot(stand),
        shape=shapes.get(stand.zone.letter, "") if stand.zone else "",
        stand=stand.organisation.name,
        language=LANGUAGES[guest.interpreter].label(current_language()) if guest.interpreter else "",
        who=_who(uow, visit, guest),
        card=guest.card,
        late=stand.late_minutes,
    )


def _who(uow: UnitOfWork, visit: Visit, guest: Guest) -> str:
    """Whom they go along with; empty where nobody is named (yet)."""
    if guest.group:
        return _("Group of %(name)s", name=guest.group)
    opens = visit.stand.market.starts_at.astimezone(uow.zone).date()
    return guest.name if uow.today >= opens else ""

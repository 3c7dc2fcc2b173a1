"""What happens to roles by the clock: they open and close on their day, and what nobody confirms closes.

Days are those of the centre's time zone. Each step holds the rows it changes, so that two clocks do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from volunteer.domain.availability import Availability
from volunteer.domain.events.opportunities import OpportunityGrewStale, OpportunityLapsed
from volunteer.domain.opportunities import TIME_TO_CONFIRM, TRUE_FOR, Step
from volunteer.models import Opportunity
from volunteer.queries import opportunity_dates as queries
from volunteer.services import opportunity_states
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

_AT_ONCE = 50
"""Roles in one transaction: short, because on SQLite nobody else writes meanwhile."""
CALLS_A_DAY = 10
"""About old roles: a list that was imported once must not fill the desk's day."""


def act(units: UnitsOfWork, *, at_once: int = _AT_ONCE) -> None:
    """Do everything that is due, a few roles at a time; harmless to repeat and to interrupt."""
    for step in (close_ended, open_due, close_unconfirmed, ask_stale, call_about_stale):
        while _some(units, step, at_once) == at_once:
            pass


def open_due(uow: UnitOfWork, limit: int) -> int:
    """Open roles before which nothing stands any more; returns how many."""
    due = queries.due_to_open(uow.session, today=uow.today, limit=limit)
    for opportunity in due:
        opportunity_states.look_again(uow, opportunity)
    return len(due)


def close_ended(uow: UnitOfWork, limit: int) -> int:
    """Close roles whose last day is past, or all of whose single dates are; returns how many."""
    over = list(queries.past_their_end(uow.session, today=uow.today, limit=limit))
    if len(over) < limit:
        over += _past_their_dates(uow, limit - len(over))
    for opportunity in over:
        opportunity_states.take(uow, opportunity, Step.CLOSE)
    return len(over)


def ask_stale(uow: UnitOfWork, limit: int) -> int:
    """Ask by mail about open roles that nobody changed or confirmed for long; returns how many."""
    return _ask(uow, queries.unconfirmed_since(uow.session, uow.now - TRUE_FOR, by_mail=True, limit=limit))


def call_about_stale(uow: UnitOfWork, limit: int) -> int:
    """The same where no mail goes: a few calls for the desk a day, the others wait; returns how many."""
    stale = queries.unconfirmed_since(uow.session, uow.now - TRUE_FOR, by_mail=False, limit=limit)
    if not stale:
        return 0
    left = CALLS_A_DAY - queries.count_asked_without_mail(uow.session, since=uow.day_began)
    return _ask(uow, stale[: max(left, 0)])


def close_unconfirmed(uow: UnitOfWork, limit: int) -> int:
    """Close roles that somebody was asked about who did not answer; returns how many."""
    silent = queries.unanswered_since(uow.session, uow.now - TIME_TO_CONFIRM, limit=limit)
    for opportunity in silent:
        opportunity_states.take(uow, opportunity, Step.CLOSE)
        uow.record(OpportunityLapsed(opportunity.id))
    return len(silent)


def _ask(uow: UnitOfWork, stale: Sequence[Opportunity]) -> int:
    for opportunity in stale:
        opportunity.asked_at = uow.now
        uow.record(OpportunityGrewStale(opportunity.id))
    return len(stale)


def _past_their_dates(uow: UnitOfWork, limit: int) -> list[Opportunity]:
    ids = [
        opportunity_id
        for opportunity_id, times in queries.on_single_dates(uow.session)
        if Availability.parse(times).is_over(uow.today)
    ]
    return list(queries.held_running(uow.session, ids[:limit]))


def _some(units: UnitsOfWork, step: Callable[[UnitOfWork, int], int], limit: int) -> int:
    with units.write() as uow:
        return step(uow, limit)

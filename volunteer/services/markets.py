"""Markets: made, opened, changed and called off by the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.markets import (
    MarketCancelled,
    MarketMoved,
    MarketNear,
    MarketOpened,
    MarketOver,
)
from volunteer.domain.gatherings import (
    LONGEST_LINE,
    GatheringKind,
    GatheringState,
    clean_reason,
    clean_texts,
    day_after,
    day_before,
)
from volunteer.domain.market_days import MarketState
from volunteer.domain.market_plan import Details, Rules
from volunteer.models import Gathering, Market
from volunteer.queries import markets as queries
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 20
_WHEN_AND_WHERE = ("starts_at", "venue_name", "street", "postal_code", "municipality")
"""What everyone who comes hears of when it changes."""
_ROUNDS = ("first_round_at", "round_minutes", "change_minutes", "breaks")
"""The same once meetings are planned."""
_LINES = ("venue_name", "street", "postal_code")


def found(uow: UnitOfWork, market_id: UUID, *, hold: bool = False) -> Market:
    """One market; with ``hold`` nobody gives out anything of it meanwhile. Raises :class:`NotFound`."""
    session = uow.session
    market = queries.held(session, market_id) if hold else session.get(Market, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    return market


def shown(uow: UnitOfWork, market_id: UUID) -> Market:
    """One that everybody may read: open, or called off after that. Raises :class:`NotFound`."""
    market = found(uow, market_id)
    if market.opened_at is None:
        raise NotFound("This market is not there any more.")
    return market


def make(uow: UnitOfWork, details: Details, *, account_id: UUID | None) -> Market:
    """A draft that only the desk sees. Raises :class:`InvalidValue`."""
    details.check(now=uow.now, zone=uow.zone)
    market = Market(
        id=uuid4(),
        state=MarketState.DRAFT,
        last_card=0,
        last_timetable=0,
        changes=0,
        rules={},
        board_note={},
        made_by_id=account_id,
        made_at=uow.now,
    )
    _write(uow, market, details)
    uow.session.add(market)
    return market


def publish(uow: UnitOfWork, market_id: UUID) -> Market:
    """Let everybody read it: from now on stands apply and visitors register.

    Raises :class:`InvalidValue` for what is missing, and :class:`ImpossibleStep` for what is no draft.
    """
    market = found(uow, market_id, hold=True)
    if market.state != MarketState.DRAFT:
        raise ImpossibleStep("This market is open already.")
    details_of(market).check_whole(now=uow.now, zone=uow.zone)
    if not market.zones:
        raise InvalidValue("Draw the hall first: at least one zone with spots.", field="zones")
    market.state, market.opened_at = MarketState.OPEN, uow.now
    _set_dates(uow, market)
    uow.record(MarketOpened(market.id))
    return market


def change(uow: UnitOfWork, market_id: UUID, details: Details) -> Market:
    """Say something else of it; who comes hears of another time or place.

    Raises :class:`InvalidValue`, also for fewer rounds than meetings are planned in, and
    :class:`ImpossibleStep` when it began or was called off.
    """
    market = found(uow, market_id, hold=True)
    check_to_come(uow, market)
    is_open = market.state == MarketState.OPEN
    (details.check_whole if is_open else details.check)(now=uow.now, zone=uow.zone)
    last = queries.last_planned_round(uow.session, market.id)
    if last is not None and details.rounds.count <= last:
        raise InvalidValue(
            "Meetings are planned in round %(round)d. Keep at least as many.",
            field="round_count",
            values={"round": last + 1},
        )
    told = _WHEN_AND_WHERE if last is None else (*_WHEN_AND_WHERE, *_ROUNDS)
    before, starts_at = [getattr(market, name) for name in told], market.starts_at
    _write(uow, market, details)
    if is_open and before != [getattr(market, name) for name in told]:
        market.changes += 1
        _set_dates(uow, market)
        _move_windows(uow, market, market.starts_at - starts_at)
        uow.record(MarketMoved(market.id))
    return market


def cancel(uow: UnitOfWork, market_id: UUID, reason: Mapping[str, str]) -> Market:
    """Call it off; everyone who comes, and every stand, is told why. Raises :class:`InvalidValue` without a
    reason in Dutch, and :class:`ImpossibleStep` when it began or was called off.
    """
    said = clean_reason(reason)
    market = found(uow, market_id, hold=True)
    check_to_come(uow, market)
    market.state, market.cancelled_at, market.cancel_reason = MarketState.CANCELLED, uow.now, said
    market.changes += 1
    market.remind_at = market.follow_at = market.replan_at = None
    uow.record(MarketCancelled(market.id))
    return market


def remind(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Say of what is tomorrow that it is, once; returns of how many."""
    near = queries.due(uow.session, Market.remind_at, uow.now, limit=limit)
    for market in near:
        market.remind_at = None
        if market.starts_at > uow.now:
            uow.record(MarketNear(market.id))
    return len(near)


def follow_up(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Say of what was yesterday that it was, once; returns of how many."""
    past = queries.due(uow.session, Market.follow_at, uow.now, limit=limit)
    for market in past:
        market.follow_at = None
        uow.record(MarketOver(market.id))
    return len(past)


def details_of(market: Market) -> Details:
    """What is said of it now."""
    return Details(
        texts=market.texts,
        starts_at=market.starts_at,
        ends_at=market.ends_at,
        rounds=market.rounds,
        stands_close_at=market.stands_close_at,
        signup_closes_at=market.signup_closes_at,
        venue_name=market.venue_name or "",
        street=market.street or "",
        postal_code=market.postal_code or "",
        municipality=market.municipality,
        access=frozenset(market.access),
        training_id=market.training_id,
        rules=rules_of(market),
        replan_minutes=market.replan_minutes,
    )


def rules_of(market: Market) -> Rules:
    """What makes a route a good one there."""
    said = {name: value for name, value in market.rules.items() if name != "walking"}
    return Rules(**said)


def check_to_come(uow: UnitOfWork, market: Market) -> None:
    """Raise :class:`ImpossibleStep` for a market that was called off or began."""
    if market.state == MarketState.CANCELLED:
        raise ImpossibleStep("This market was called off.")
    if market.state == MarketState.OPEN and market.starts_at <= uow.now:
        raise ImpossibleStep("This market began already.")


def _write(uow: UnitOfWork, market: Market, details: Details) -> None:
    for name in _LINES:
        setattr(market, name, clean_words(getattr(details, name), longest=LONGEST_LINE, field=name) or None)
    rounds = details.rounds
    market.texts, market.access = clean_texts(details.texts), sorted(details.access)
    market.starts_at, market.ends_at = _utc(details.starts_at), _utc(details.ends_at)
    market.first_round_at, market.round_count = _utc(rounds.first), rounds.count
    market.round_minutes, market.change_minutes = rounds.minutes, rounds.change_minutes
    market.breaks = {str(after): minutes for after, minutes in sorted(rounds.breaks.items())}
    market.stands_close_at = _utc(details.stands_close_at)
    market.signup_closes_at = _utc(details.signup_closes_at)
    market.municipality, market.replan_minutes = details.municipality, details.replan_minutes
    market.rules = details.rules.stored(market.rules.get("walking", {}))
    market.training_id = _training(uow, details.training_id)


def _training(uow: UnitOfWork, gathering_id: UUID | None) -> UUID | None:
    if gathering_id is None:
        return None
    gathering = uow.session.get(Gathering, gathering_id)
    if gathering is None or gathering.kind != GatheringKind.ORGANISATION_TRAINING:
        raise InvalidValue("Choose a training of organisations from the list.", field="training")
    if gathering.state == GatheringState.CANCELLED:
        raise InvalidValue("This training was called off. Choose another one.", field="training")
    return gathering.id


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _set_dates(uow: UnitOfWork, market: Market) -> None:
    """When people are reminded and thanked; nobody is reminded of what they just heard."""
    near = day_before(market.starts_at, uow.zone)
    market.remind_at = near if near > uow.now else None
    market.follow_at = day_after(market.ends_at, uow.zone)


def _move_windows(uow: UnitOfWork, market: Market, by: timedelta) -> None:
    """Who said when they come and go said so of the old hours: both move along."""
    if by:
        for who in queries.with_windows(uow.session, market.id):
            who.arrives_at = who.arrives_at + by if who.arrives_at else None
            who.leaves_at = who.leaves_at + by if who.leaves_at else None

"""Messages to who answers for an organisation about its stand: what they speak of, and whether they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from volunteer.domain.afterwards import takes_answers
from volunteer.domain.gatherings import said_in, text_in
from volunteer.domain.market_days import MarketState, StandState, VisitState
from volunteer.domain.messages import MessageKind
from volunteer.domain.stands import LIVE_STANDS
from volunteer.links import Links
from volunteer.messages.market_people import place_of
from volunteer.messages.words import Facts, Meeting
from volunteer.models import Message, Stand
from volunteer.queries.visits import at_stand
from volunteer.services import stand_links, stand_spots
from volunteer.unit_of_work import UnitOfWork

_STATES: Mapping[MessageKind, StandState] = {
    MessageKind.STAND_CONFIRMED: StandState.CONFIRMED,
    MessageKind.STAND_REFUSED: StandState.REFUSED,
}

_TO_THE_STAND = frozenset({MessageKind.STAND_TOMORROW, MessageKind.STAND_THANKS})


def about(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    """The facts with the market, the spot as ``what``, and why not; as they were where the stand is gone."""
    stand = uow.session.get(Stand, message.about_id)
    if stand is None:
        return facts
    market, language, at = stand.market, facts.language, stand_spots.spot_of(stand)
    meeting = Meeting(
        title=text_in(market.texts, "title", language),
        place=place_of(market, language),
        directions=text_in(market.texts, "directions", language),
        ends_at=market.ends_at,
        reason=said_in(stand.reason or market.cancel_reason or {}, language),
    )
    return replace(
        facts,
        gathering=meeting,
        when=market.starts_at,
        organisation=stand.organisation.name,
        what=str(at) if at else "",
        count=len([each for each in at_stand(uow.session, stand.id) if each.state == VisitState.MET]),
    )


def with_link(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Facts:
    """The facts with the way to the page of the stand itself, the day before and after; else as they were."""
    stand = uow.session.get(Stand, message.about_id) if message.kind in _TO_THE_STAND else None
    return replace(facts, link=stand_links.host_link(links, stand)) if stand else facts


def _day_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether the market is as the message says, and the stand still comes, or would."""
    stand = uow.session.get(Stand, message.about_id)
    if stand is None or stand.state not in LIVE_STANDS:
        return False
    is_off = stand.market.state == MarketState.CANCELLED
    return is_off == (message.kind == MessageKind.STAND_DAY_CANCELLED)


def _is_over(uow: UnitOfWork, message: Message) -> bool:
    stand = uow.session.get(Stand, message.about_id)
    if stand is None or stand.state != StandState.CONFIRMED or stand.market.state == MarketState.CANCELLED:
        return False
    return takes_answers(stand.market.ends_at, uow.now)


def _is_to_come(uow: UnitOfWork, message: Message) -> bool:
    stand = uow.session.get(Stand, message.about_id)
    if stand is None or stand.state != StandState.CONFIRMED:
        return False
    return stand.market.state == MarketState.OPEN and stand.market.starts_at > uow.now


def _holds(uow: UnitOfWork, message: Message) -> bool:
    stand = uow.session.get(Stand, message.about_id)
    if stand is None or stand.state != _STATES[MessageKind(message.kind)]:
        return False
    return stand.market.state != MarketState.CANCELLED and stand.market.ends_at > uow.now


CHECKS: Mapping[MessageKind, Callable[[UnitOfWork, Message], bool]] = {
    **dict.fromkeys(_STATES, _holds),
    MessageKind.STAND_DAY_MOVED: _day_stands,
    MessageKind.STAND_DAY_CANCELLED: _day_stands,
    MessageKind.STAND_THANKS: _is_over,
    MessageKind.STAND_TOMORROW: _is_to_come,
}
"""What decides for each kind whether it is still true."""

"""Groups at a market: a support worker brings people, and nobody is named. Each has a card of their own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from volunteer.domain import market_visitors as rules
from volunteer.domain.candidates import clean_words
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.market_visitors import GroupRegistered, GroupWithdrew, VisitorWithdrew
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.languages import parse_codes
from volunteer.domain.market_days import MarketState, VisitorKind, VisitorState
from volunteer.domain.market_visitors import CardDetails, GroupDetails
from volunteer.models import Account, Market, MarketGroup, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.queries import markets
from volunteer.services import market_help, market_visitors, spent_forms, support_links
from volunteer.services.market_visitors import Asked
from volunteer.translation import SAID_EVERYWHERE
from volunteer.unit_of_work import UnitOfWork

_LONGEST_NAME = 80


def register_group(
    uow: UnitOfWork,
    market_id: UUID,
    details: GroupDetails,
    *,
    account_id: UUID,
    organisation_id: UUID,
    asked: Asked = market_visitors.BY_THEMSELVES,
) -> MarketGroup:
    """A group with so many cards; the same form once more is the same group.

    Raises :class:`InvalidValue`, :class:`NotFound`, :class:`ImpossibleStep` when registering is closed, and
    as :func:`support_links.check_may_enrol`.
    """
    support_links.check_may_enrol(uow, account_id, organisation_id)
    account = uow.session.get_one(Account, account_id)
    return _register(uow, market_id, details, account, organisation_id, asked)


def register_at_desk(
    uow: UnitOfWork, market_id: UUID, details: GroupDetails, *, account_id: UUID, asked: Asked
) -> MarketGroup:
    """A group that comes without a referrer we know; this colleague wrote it in. Raises the same."""
    return _register(uow, market_id, details, uow.session.get_one(Account, account_id), None, asked)


def change(uow: UnitOfWork, group_id: UUID, details: GroupDetails) -> MarketGroup:
    """Other hours, languages or companions, and more people or fewer: the last cards go first.

    Raises :class:`NotFound`, :class:`InvalidValue`, and :class:`ImpossibleStep` once it withdrew or the
    market is over.
    """
    group = held(uow, group_id)
    _check_stands(uow, group)
    market = group.market
    _describe(group, market, details)
    cards = list(queries.cards_of(uow.session, group.id))
    going = set(rules.to_remove([each.card for each in cards], size=details.size))
    asked = Asked(given_how=GivenHow.DESK, by=group.registered_by)
    for _ in range(details.size - len(cards)):
        _add_card(uow, market, group, asked)
    staying = [each for each in cards if each.card not in going]
    for each in staying:
        each.arrives_at, each.leaves_at = group.arrives_at, group.leaves_at
    _end(uow, (each for each in cards if each.card in going), group)
    return group


def set_card(uow: UnitOfWork, visitor_id: UUID, details: CardDetails, *, agrees: bool) -> MarketVisitor:
    """What is told of one card: its language, what must be there, more time, and whether they walk freely.

    ``agrees`` is that this person asked for it, and knows that we keep it. Raises :class:`NotFound`,
    :class:`InvalidValue`, :class:`ConsentMissing`, and :class:`ImpossibleStep` for a card that is not used.
    """
    visitor = market_visitors.held(uow, visitor_id)
    if visitor.kind != VisitorKind.MEMBER or visitor.group is None:
        raise NotFound("This is not there any more.")
    market_visitors.check_stands(uow, visitor)
    visitor.language, visitor.languages = details.language, sorted(parse_codes(details.languages))
    visitor.wants_route = details.wants_route
    market_help.say_help(uow, visitor, details.help, agrees=agrees)
    if not visitor.wants_route:
        queries.drop_planned(uow.session, [visitor.id], now=uow.now, by=_by(visitor.group))
    return visitor


def remove_card(uow: UnitOfWork, visitor_id: UUID) -> MarketGroup:
    """One of the group does not come; the others keep their cards. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for the last one: then the whole group withdraws.
    """
    visitor = market_visitors.held(uow, visitor_id)
    group = visitor.group
    if group is None:
        raise NotFound("This is not there any more.")
    if visitor.state == VisitorState.REGISTERED:
        _check_stands(uow, group)
        if len(queries.cards_of(uow.session, group.id)) == 1:
            raise ImpossibleStep("This is the last card. Say that the whole group does not come.")
        _end(uow, [visitor], group)
    return group


def withdraw(uow: UnitOfWork, group_id: UUID) -> MarketGroup:
    """The group does not come. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` once the market is over.
    """
    group = held(uow, group_id)
    if group.state != VisitorState.REGISTERED:
        return group
    if group.market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    group.state = VisitorState.WITHDRAWN
    market_visitors.end(uow, queries.cards_of(uow.session, group.id), by=_by(group))
    uow.record(GroupWithdrew(group.id))
    return group


def found(uow: UnitOfWork, group_id: UUID) -> MarketGroup:
    """One group, to be read. Raises :class:`NotFound`."""
    group = uow.session.get(MarketGroup, group_id)
    if group is None:
        raise NotFound("This is not there any more.")
    return group


def held(uow: UnitOfWork, group_id: UUID) -> MarketGroup:
    """One group, with its market held. Raises :class:`NotFound`."""
    markets.held(uow.session, found(uow, group_id).market_id)
    group = uow.session.get(MarketGroup, group_id, populate_existing=True)
    if group is None:
        raise NotFound("This is not there any more.")
    return group


def of_referrer(uow: UnitOfWork, group_id: UUID, organisation_id: UUID) -> MarketGroup:
    """A group of this referrer. Raises :class:`NotFound`, also for one of another."""
    group = found(uow, group_id)
    if group.organisation_id != organisation_id:
        raise NotFound("This is not there any more.")
    return group


def _register(
    uow: UnitOfWork,
    market_id: UUID,
    details: GroupDetails,
    account: Account,
    organisation_id: UUID | None,
    asked: Asked,
) -> MarketGroup:
    market = market_visitors.open_market(uow, market_id, is_by_us=asked.by is not None)
    same = _again(uow, market, asked)
    if same is not None:
        return same
    group = MarketGroup(
        market_id=market.id,
        account_id=account.id,
        organisation_id=organisation_id,
        state=VisitorState.REGISTERED,
        registered_at=uow.now,
        registered_by=asked.by or f"account:{account.id}",
    )
    if asked.form_id is not None:
        group.id = asked.form_id
    _describe(group, market, details)
    uow.session.add(group)
    uow.session.flush()
    for _ in range(details.size):
        _add_card(uow, market, group, Asked(given_how=asked.given_how, by=group.registered_by))
    uow.session.flush()
    uow.record(GroupRegistered(group.id))
    return group


def _again(uow: UnitOfWork, market: Market, asked: Asked) -> MarketGroup | None:
    if asked.form_id is None or spent_forms.spend(uow, asked.form_id):
        return None
    same = uow.session.get(MarketGroup, asked.form_id)
    if same is None or same.market_id != market.id:
        raise ImpossibleStep("This form was sent already. Open it again.")
    return same


def _describe(group: MarketGroup, market: Market, details: GroupDetails) -> None:
    details.check(opens=market.starts_at, closes=market.ends_at)
    name = clean_words(details.name, longest=_LONGEST_NAME, field="name")
    if not name:
        raise InvalidValue("Give the group a name, like “class 2B”. No names of people.", field="name")
    group.name, group.companions = name, details.companions
    group.languages = sorted(details.languages)
    group.arrives_at, group.leaves_at = details.arrives_at, details.leaves_at


def _add_card(uow: UnitOfWork, market: Market, group: MarketGroup, asked: Asked) -> None:
    visitor = market_visitors.new_card(uow, market, VisitorKind.MEMBER, _language_of(group), asked)
    visitor.group_id, visitor.languages = group.id, group.languages
    visitor.arrives_at, visitor.leaves_at = group.arrives_at, group.leaves_at


def _language_of(group: MarketGroup) -> str:
    """In which the cards of a group are printed until somebody chooses: theirs where we write in it."""
    written = [each for each in (*SAID_EVERYWHERE, "ar") if each in group.languages]
    return next((each for each in written if each != FIRST_LANGUAGE), FIRST_LANGUAGE)


def _end(uow: UnitOfWork, cards: Iterable[MarketVisitor], group: MarketGroup) -> None:
    going = list(cards)
    market_visitors.end(uow, going, by=_by(group))
    for each in going:
        uow.record(VisitorWithdrew(each.id))


def _by(group: MarketGroup) -> str:
    return f"account:{group.account_id}" if group.account_id else f"group:{group.id}"


def _check_stands(uow: UnitOfWork, group: MarketGroup) -> None:
    if group.market.state == MarketState.CANCELLED:
        raise ImpossibleStep("This market was called off.")
    if group.market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    if group.state != VisitorState.REGISTERED:
        raise ImpossibleStep("This group does not come any more. Register it again.")

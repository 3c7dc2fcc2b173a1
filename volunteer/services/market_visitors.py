"""People at a market: registering with a file or without, changing, and withdrawing.

Whoever registers holds the market first, so that of many at the same moment each gets a number of their own.
A person's file is held before that, in the order of whoever erases or merges it: also by who only writes in
its journal, or something that hangs on it, while the market is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement

from volunteer.domain import market_visitors as rules
from volunteer.domain.candidates import CandidateState, Channel, clean_name
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.market_visitors import VisitorRegistered, VisitorWithdrew
from volunteer.domain.market_days import MarketState, VisitorKind, VisitorState
from volunteer.domain.market_visitors import NO_HELP, Help, Wishes
from volunteer.models import Candidate, Market, MarketVisitor
from volunteer.models.base import field_name
from volunteer.queries import market_visitors as queries
from volunteer.queries import markets
from volunteer.queries.candidates import kept_for_now
from volunteer.services import market_cards, market_help, market_wishes, spent_forms
from volunteer.services.contacts import clean_contact
from volunteer.services.gathering_sign_ups import MOST_A_DAY, WAYS
from volunteer.unit_of_work import UnitOfWork

_NAME = field_name("market_visitors", "name_sealed")
_CONTACT = field_name("market_visitors", "contact_sealed")
NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How somebody registers."""

    given_how: GivenHow = GivenHow.OWN_DEVICE
    form_id: UUID | None = None
    """Of the form it came in: the same one again is the same card."""
    by: str | None = None
    """``account:<id>`` of a colleague, or ``helper:<id>``, who writes them in, until the market is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody without a file."""

    name: str
    """A first name."""
    channel: Channel | None = None
    """How they would like to hear from us; ``None`` is not at all."""
    contact: str = ""
    language: str
    agrees: bool
    """That we keep this until some weeks after the day."""
    help: Help = NO_HELP
    agrees_to_help: bool = False


BY_THEMSELVES = Asked()


def register_person(
    uow: UnitOfWork,
    market_id: UUID,
    candidate: Candidate,
    wishes: Wishes = NO_WISHES,
    asked: Asked = BY_THEMSELVES,
) -> MarketVisitor:
    """A person with a file. Who has a card keeps it as it is: nothing happens twice.

    Raises as :func:`register_visitor`, and :class:`ImpossibleStep` for a file that waits for its person.
    """
    # The file first, as whoever erases it does.
    if kept_for_now(uow.session, candidate.id) != candidate.id or candidate.state != CandidateState.CONFIRMED:
        raise ImpossibleStep("This file waits for its person. First they say yes themselves.")
    market = open_market(uow, market_id, is_by_us=asked.by is not None)
    standing = queries.live_visitor(uow.session, market.id, MarketVisitor.candidate_id == candidate.id)
    if standing is not None:
        return standing
    visitor = new_card(uow, market, VisitorKind.CANDIDATE, candidate.language, asked)
    visitor.candidate_id = candidate.id
    market_wishes.tell(uow, market, visitor, wishes)
    return _registered(uow, visitor)


def register_visitor(
    uow: UnitOfWork,
    market_id: UUID,
    newcomer: Newcomer,
    wishes: Wishes = NO_WISHES,
    asked: Asked = BY_THEMSELVES,
) -> MarketVisitor:
    """Somebody without a file: a first name, and one way to reach them if they like, sealed.

    Raises :class:`InvalidValue`, :class:`ConsentMissing` without their yes, :class:`NotFound`, and
    :class:`ImpossibleStep` when registering is closed, when they registered already, or when this number or
    address was given often today.
    """
    name = clean_name(newcomer.name, field="name")
    contact = _contact(newcomer)
    rules.check_yes(agrees=newcomer.agrees, is_for_them=asked.by is not None)
    market = open_market(uow, market_id, is_by_us=asked.by is not None)
    known = _fingerprint(uow, name, contact) if contact else None
    same = _again(uow, market, MarketVisitor.contact_hash == known if known else None, asked)
    if same is not None:
        return same
    if contact and asked.by is None and not spent_forms.take_turn(uow, f"market {contact}", of=MOST_A_DAY):
        raise ImpossibleStep(
            "Many people signed up with this number or address today. Call us: we write you in.",
            field="channel",
        )
    visitor = new_card(uow, market, VisitorKind.VISITOR, newcomer.language, asked)
    visitor.name_sealed = uow.keyring.seal(name, field=_NAME)
    visitor.consent_version = rules.CONSENT_VERSION
    if contact:
        visitor.channel, visitor.contact_hash = newcomer.channel, known
        visitor.contact_sealed = uow.keyring.seal(contact, field=_CONTACT)
    market_help.say_help(uow, visitor, newcomer.help, agrees=newcomer.agrees_to_help, by=asked.by)
    market_wishes.tell(uow, market, visitor, wishes)
    return _registered(uow, visitor)


def change(uow: UnitOfWork, visitor_id: UUID, wishes: Wishes) -> MarketVisitor:
    """They would like to spend the day in another way. Whoever walks freely now has no meetings any more.

    Raises :class:`NotFound`, :class:`InvalidValue`, and :class:`ImpossibleStep` once they withdrew or it is
    over.
    """
    visitor = held(uow, visitor_id)
    check_stands(uow, visitor)
    market_wishes.tell(uow, visitor.market, visitor, wishes)
    if not visitor.wants_route:
        queries.drop_planned(uow.session, [visitor.id], now=uow.now, by=f"visitor:{visitor.id}")
    return visitor


def withdraw(uow: UnitOfWork, visitor_id: UUID, *, by: str | None = None) -> MarketVisitor:
    """They do not come: their meetings are free for others, and what helps them goes. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` once the market is over.
    """
    visitor = held(uow, visitor_id)
    if visitor.state != VisitorState.REGISTERED:
        return visitor
    if visitor.market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    end(uow, [visitor], by=by)
    uow.record(VisitorWithdrew(visitor.id))
    return visitor


def leave_all(uow: UnitOfWork, candidate_id: UUID) -> None:
    """This person's file goes: no market counts on them. Their file is held, the markets are now."""
    for market_id in queries.markets_of_candidate(uow.session, candidate_id):
        markets.held(uow.session, market_id)


def found(uow: UnitOfWork, visitor_id: UUID) -> MarketVisitor:
    """One card, to be read. Raises :class:`NotFound`."""
    visitor = uow.session.get(MarketVisitor, visitor_id)
    if visitor is None:
        raise NotFound("This is not there any more.")
    return visitor


def held(uow: UnitOfWork, visitor_id: UUID) -> MarketVisitor:
    """One card, with the file of its person held and then its market. Raises :class:`NotFound`."""
    known = found(uow, visitor_id)
    if known.candidate_id is not None:
        kept_for_now(uow.session, known.candidate_id)
    markets.held(uow.session, known.market_id)
    visitor = uow.session.get(MarketVisitor, visitor_id, populate_existing=True)
    if visitor is None:
        raise NotFound("This is not there any more.")
    return visitor


def name_of(uow: UnitOfWork, visitor: MarketVisitor) -> str:
    """What they are called; empty for one of a group, whom nobody names, and for who is forgotten."""
    if visitor.candidate is not None:
        return visitor.candidate.first_name
    return uow.keyring.open(visitor.name_sealed, field=_NAME) if visitor.name_sealed else ""


def contact_of(uow: UnitOfWork, visitor: MarketVisitor) -> str | None:
    """How a visitor without a file is reached, opened."""
    return uow.keyring.open(visitor.contact_sealed, field=_CONTACT) if visitor.contact_sealed else None


def languages_of(visitor: MarketVisitor) -> list[str]:
    """What they speak, the best first, as far as they told; that of their card when they told nothing."""
    if visitor.candidate is not None:
        levels = visitor.candidate.languages
        return sorted(levels, key=lambda code: (-levels[code], code))
    return visitor.languages or [visitor.language]


def open_market(uow: UnitOfWork, market_id: UUID, *, is_by_us: bool = False) -> Market:
    """The market, held, for which people can register now; for us until it is over.

    Raises :class:`NotFound` and :class:`ImpossibleStep`.
    """
    market = markets.held(uow.session, market_id)
    if market is None or market.state == MarketState.DRAFT:
        raise NotFound("This market is not there any more.")
    if market.state == MarketState.CANCELLED:
        raise ImpossibleStep("This market was called off.")
    if market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    if market.signup_closes_at <= uow.now and not is_by_us:
        raise ImpossibleStep("Registering is closed. Come to the door: you are welcome there, too.")
    return market


def new_card(
    uow: UnitOfWork, market: Market, kind: VisitorKind, language: str, asked: Asked
) -> MarketVisitor:
    """Somebody with the next number. The market is held."""
    is_taken = asked.form_id is None or uow.session.get(MarketVisitor, asked.form_id) is not None
    visitor = MarketVisitor(
        id=uuid4() if is_taken else asked.form_id,
        market_id=market.id,
        card=market_cards.next_card(market),
        kind=kind,
        state=VisitorState.REGISTERED,
        language=language,
        languages=[],
        tasks=[],
        shares=[],
        given_how=asked.given_how,
        registered_at=uow.now,
        registered_by=asked.by,
    )
    uow.session.add(visitor)
    return visitor


def end(uow: UnitOfWork, visitors: Iterable[MarketVisitor], *, by: str | None = None) -> None:
    """They do not come, and what they would have needed goes. The market is held."""
    going = list(visitors)
    for visitor in going:
        visitor.state, visitor.withdrawn_at = VisitorState.WITHDRAWN, uow.now
        visitor.help_sealed = visitor.help_version = None
    if going:
        theirs = [visitor.id for visitor in going]
        queries.drop_planned(uow.session, theirs, now=uow.now, by=by or f"visitor:{going[0].id}")


def check_stands(uow: UnitOfWork, visitor: MarketVisitor) -> None:
    """Raise :class:`ImpossibleStep` for who withdrew, and for a market that was called off or is over."""
    if visitor.market.state == MarketState.CANCELLED:
        raise ImpossibleStep("This market was called off.")
    if visitor.market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    if visitor.state != VisitorState.REGISTERED:
        raise ImpossibleStep(
            "You told us that you do not come. Do you want to come after all? Sign up again."
        )


def _contact(newcomer: Newcomer) -> str | None:
    if newcomer.channel is None:
        return None
    if newcomer.channel not in WAYS:
        raise InvalidValue("Tell us how we can reach you.", field="channel")
    return clean_contact(newcomer.channel, newcomer.contact)


def _fingerprint(uow: UnitOfWork, name: str, contact: str) -> bytes:
    return uow.keyring.fingerprint(f"{name.casefold()} {contact}", kind="market")


def _again(
    uow: UnitOfWork, market: Market, who: ColumnElement[bool] | None, asked: Asked
) -> MarketVisitor | None:
    """The same form once more is the same card; another one by the same person is one too many."""
    if asked.form_id is not None and not spent_forms.spend(uow, asked.form_id):
        same = uow.session.get(MarketVisitor, asked.form_id)
        if same is not None and same.market_id == market.id:
            return same
    if who is not None and queries.live_visitor(uow.session, market.id, who) is not None:
        raise ImpossibleStep("You signed up for this already. Look in our message to you, or call us.")
    return None


def _registered(uow: UnitOfWork, visitor: MarketVisitor) -> MarketVisitor:
    uow.session.flush()
    uow.record(VisitorRegistered(visitor.id))
    return visitor

"""Stands of a market: asked for by organisations, confirmed or refused by the desk, withdrawn.

Whoever changes a stand holds its market first, so that of two who want the last spot, or the same one, the
second meets what the first left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from volunteer.domain import stands as rules
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.events.stands import StandApplied, StandConfirmed, StandRefused, StandWithdrew
from volunteer.domain.gatherings import clean_reason
from volunteer.domain.market_days import MarketState, StandState, VisitState
from volunteer.domain.stands import Application, Training, Turn
from volunteer.models import Market, Stand
from volunteer.models.base import field_name
from volunteer.queries import markets as market_queries
from volunteer.queries import organisations as organisation_queries
from volunteer.queries import stands as queries
from volunteer.services.contacts import clean_phone
from volunteer.unit_of_work import UnitOfWork

_HOSTS = field_name("stands", "host_sealed")
_WORDS = field_name("stands", "words_sealed")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who stands there, and how they are reached on the day."""

    names: str = ""
    phone: str = ""
    """E.164, or empty."""


def found(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """One stand, to be read. Raises :class:`NotFound`."""
    stand = uow.session.get(Stand, stand_id)
    if stand is None:
        raise NotFound("This stand is not there any more.")
    return stand


def held(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """One stand, with its market held. Raises :class:`NotFound`."""
    market_queries.held(uow.session, found(uow, stand_id).market_id)
    stand = uow.session.get(Stand, stand_id, populate_existing=True)
    if stand is None:
        raise NotFound("This stand is not there any more.")
    return stand


def apply(
    uow: UnitOfWork,
    market_id: UUID,
    organisation_id: UUID,
    application: Application,
    *,
    account_id: UUID | None,
    form_id: UUID | None = None,
    by_desk: bool = False,
) -> Stand:
    """An organisation asks for a stand; the desk writes one in also when asking is closed.

    The same form once more is the same stand. Raises :class:`InvalidValue`, :class:`NotFound`,
    :class:`NotAllowed` for an organisation to which nobody may go now, and :class:`ImpossibleStep` when the
    market takes no stands (any more) or one of theirs stands already.
    """
    market = _open(uow, market_id, by_desk=by_desk)
    same = uow.session.get(Stand, form_id) if form_id else None
    if same is not None and (same.market_id, same.organisation_id) == (market_id, organisation_id):
        return same
    if not organisation_queries.gets_people(uow.session, organisation_id):
        raise NotAllowed("A stand is for organisations that have our yes. Call us: we look at it together.")
    if queries.live_of(uow.session, market_id, organisation_id) is not None:
        raise ImpossibleStep("There is a stand of this organisation already. Change that one.")
    stand = Stand(
        id=form_id if form_id and same is None else uuid4(),
        market_id=market.id,
        organisation_id=organisation_id,
        account_id=account_id,
        state=StandState.APPLIED,
        applied_at=uow.now,
    )
    _write(uow, market, stand, application)
    uow.session.add(stand)
    uow.session.flush()
    uow.record(StandApplied(stand.id))
    return stand


def change(uow: UnitOfWork, stand_id: UUID, application: Application, *, by_desk: bool = False) -> Stand:
    """Say something else of it; what was confirmed stays so. Raises as :func:`apply`."""
    stand = held(uow, stand_id)
    rules.after(StandState(stand.state), Turn.CHANGE)
    if stand.market.ends_at <= uow.now or stand.market.state == MarketState.CANCELLED:
        raise ImpossibleStep("This market is over.")
    kept = (stand.seats, stand.closed_rounds)
    if not by_desk and stand.state == StandState.CONFIRMED and _has_visits(uow, stand):
        said = (application.seats, sorted(application.closed_rounds))
        if said != kept:
            raise ImpossibleStep(
                "People were told already when they come. Call us to change seats or rounds.",
            )
    _write(uow, stand.market, stand, application)
    return stand


def withdraw(uow: UnitOfWork, stand_id: UUID, *, by: str) -> Stand:
    """They do not come: the spot is free, and nobody meets them any more. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for one that was refused.
    """
    stand = held(uow, stand_id)
    if stand.state == StandState.WITHDRAWN:
        return stand
    _end(uow, stand, Turn.WITHDRAW, by)
    uow.record(StandWithdrew(stand.id))
    return stand


def confirm(uow: UnitOfWork, stand_id: UUID, *, by: str, knows_how: bool = False) -> Stand:
    """The desk says yes; with ``knows_how`` also without the training, which is written down.

    Harmless to repeat. Raises :class:`NotFound`, and :class:`ImpossibleStep` without training or a spot left,
    for a market that is over or called off, and for a stand that ended.
    """
    stand = held(uow, stand_id)
    if stand.state == StandState.CONFIRMED:
        return stand
    state = rules.after(StandState(stand.state), Turn.CONFIRM)
    _check_open(uow, stand.market, by_desk=True)
    if not organisation_queries.gets_people(uow.session, stand.organisation_id):
        raise ImpossibleStep("This organisation has no yes of ours now. First look at that.")
    training = training_of(uow, stand)
    if knows_how and training not in rules.ENOUGH:
        stand.trained_by, training = by, Training.WAIVED
    rules.check_confirm(
        training,
        confirmed=queries.confirmed(uow.session, stand.market_id),
        spots=queries.spots(uow.session, stand.market_id),
    )
    _settle(uow, stand, state, by)
    uow.record(StandConfirmed(stand.id))
    return stand


def refuse(uow: UnitOfWork, stand_id: UUID, reason: Mapping[str, str], *, by: str) -> Stand:
    """The desk says no, or takes its yes back, and why. Harmless to repeat.

    Raises :class:`InvalidValue` without a reason in Dutch, :class:`NotFound` and :class:`ImpossibleStep`.
    """
    said = clean_reason(reason)
    stand = held(uow, stand_id)
    if stand.state == StandState.REFUSED:
        return stand
    was_confirmed = stand.state == StandState.CONFIRMED
    _end(uow, stand, Turn.REFUSE, by)
    stand.reason = said
    uow.record(StandRefused(stand.id))
    if was_confirmed:
        uow.record(StandWithdrew(stand.id))
    return stand


def training_of(uow: UnitOfWork, stand: Stand) -> Training:
    """How far the training of this stand's team is."""
    return trainings_of(uow, stand.market, [stand])[stand.id]


def trainings_of(uow: UnitOfWork, market: Market, stands: list[Stand]) -> dict[UUID, Training]:
    """The same for several stands of one market, by the id of the stand."""
    is_asked = market.training_id is not None
    sign_ups = (
        queries.training_sign_ups(uow.session, market.training_id, {each.organisation_id for each in stands})
        if market.training_id is not None
        else {}
    )
    return {
        each.id: rules.training_of(
            sign_ups.get(each.organisation_id, ()),
            is_asked=is_asked,
            is_waived=each.trained_by is not None,
        )
        for each in stands
    }


def hosts_of(uow: UnitOfWork, stand: Stand) -> Hosts:
    """Who stands there, opened."""
    if stand.host_sealed is None:
        return Hosts()
    return Hosts(**json.loads(uow.keyring.open(stand.host_sealed, field=_HOSTS)))


def words_of(uow: UnitOfWork, stand: Stand) -> str:
    """What they ask of the organiser, opened."""
    return uow.keyring.open(stand.words_sealed, field=_WORDS) if stand.words_sealed else ""


def application_of(uow: UnitOfWork, stand: Stand) -> Application:
    """What is said of it now, to change it or to ask again."""
    hosts = hosts_of(uow, stand)
    return Application(
        languages=frozenset(stand.languages),
        access=frozenset(stand.access),
        not_access=frozenset(stand.not_access),
        offer=stand.offer,
        tasks=frozenset(stand.tasks),
        seats=stand.seats,
        closed_rounds=frozenset(stand.closed_rounds),
        hosts=hosts.names,
        phone=hosts.phone,
        words=words_of(uow, stand),
    )


def takes_stands(uow: UnitOfWork, market: Market) -> bool:
    """Whether an organisation can ask for a stand now."""
    try:
        _check_open(uow, market, by_desk=False)
    except ImpossibleStep:
        return False
    return True


def _open(uow: UnitOfWork, market_id: UUID, *, by_desk: bool) -> Market:
    market = market_queries.held(uow.session, market_id)
    if market is None or (market.opened_at is None and not by_desk):
        raise NotFound("This market is not there any more.")
    _check_open(uow, market, by_desk=by_desk)
    return market


def _check_open(uow: UnitOfWork, market: Market, *, by_desk: bool) -> None:
    """The desk writes stands in while a market is a draft, too."""
    is_open = market.state == MarketState.OPEN or (by_desk and market.state == MarketState.DRAFT)
    rules.check_open(
        is_open=is_open,
        closes_at=market.stands_close_at,
        ends_at=market.ends_at,
        now=uow.now,
        by_desk=by_desk,
    )


def _write(uow: UnitOfWork, market: Market, stand: Stand, application: Application) -> None:
    application.check(rounds=market.round_count)
    for name in ("languages", "access", "not_access", "tasks", "closed_rounds"):
        setattr(stand, name, sorted(getattr(application, name)))
    stand.offer, stand.seats = rules.clean_offer(application.offer), application.seats
    hosts = Hosts(
        clean_words(application.hosts, longest=rules.LONGEST_HOSTS, field="hosts"),
        clean_phone(application.phone, field="phone") if application.phone.strip() else "",
    )
    said = json.dumps({"names": hosts.names, "phone": hosts.phone})
    stand.host_sealed = uow.keyring.seal(said, field=_HOSTS) if hosts != Hosts() else None
    words = clean_words(application.words, longest=rules.LONGEST_WORDS, field="words")
    stand.words_sealed = uow.keyring.seal(words, field=_WORDS) if words else None


def _has_visits(uow: UnitOfWork, stand: Stand) -> bool:
    return bool(queries.planned_visits(uow.session, stand.id))


def _end(uow: UnitOfWork, stand: Stand, turn: Turn, by: str) -> None:
    """Its spot is free, and what people were told to meet there goes. The market is held."""
    _settle(uow, stand, rules.after(StandState(stand.state), turn), by)
    stand.zone = stand.spot = None
    for visit in queries.planned_visits(uow.session, stand.id):
        visit.state, visit.settled_at, visit.settled_by = VisitState.DROPPED, uow.now, by


def _settle(uow: UnitOfWork, stand: Stand, state: StandState, by: str) -> None:
    stand.state, stand.settled_at, stand.settled_by = state, uow.now, by

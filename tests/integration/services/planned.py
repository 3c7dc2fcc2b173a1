"""Timetables of a small market, made as a worker makes them, and what an independent checker says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

from tests.integration.services.conftest import Town
from volunteer.domain.market_plan import Rules
from volunteer.domain.markets import MarketFacts, Promise
from volunteer.domain.markets import Visit as Planned
from volunteer.evaluation.market_checker import violations
from volunteer.models import Market
from volunteer.queries import timetables as queries
from volunteer.services import (
    market_facts,
    replanning,
    timetable_publishing,
    timetables,
)
from volunteer.services.timetable_solving import Solved, solved


def made(town: Town, market_id: UUID, rules: Rules | None = None) -> UUID:
    """Ask for a plan and do what a worker does; returns its id."""
    asked = town.do(lambda uow: timetables.ask(uow, market_id, rules=rules, by="account:desk").id)
    work(town, asked)
    return asked


def work(town: Town, timetable_id: UUID) -> Solved:
    """What a worker does with a plan that was asked for."""
    found = town.do(lambda uow: timetables.begin(uow, timetable_id))
    assert found is not None
    done = solved(found, lambda _: None)
    town.do(lambda uow: replanning.keep(uow, timetable_id, done))
    return done


def published(town: Town, market_id: UUID, rules: Rules | None = None) -> UUID:
    """A plan that is everybody's."""
    timetable_id = made(town, market_id, rules)
    town.do(lambda uow: timetable_publishing.publish(uow, timetable_id, by="account:desk"))
    return timetable_id


def wrong(town: Town, market_id: UUID, **rules: int | None) -> list[str]:
    """What an independent checker says of the meetings that stand, read as routes of the market as it is."""
    with town.core.units.read() as uow:
        market = uow.session.get_one(Market, market_id)
        found = market_facts.read(uow, market, {**market.rules, **rules})
        facts, _ = market_facts.suited(found)
        routes: list[list[Planned]] = [[] for _ in found.visitors]
        for promise in facts.promises:
            routes[promise.visitor].append(promise.visit)
        other_time = tuple(
            each for each in facts.promises if each.slots != facts.visitors[each.visitor].slots_each
        )
        stands = [replace(each, nobody_new=frozenset()) for each in facts.stands]
        free = replace(facts, stands=stands, promises=other_time, now=0)
        double = Counter(
            (each.helper_id, each.round) for each in queries.taken(uow.session, market_id) if each.interpreter
        )
        assert all(helper and count == 1 for (helper, _), count in double.items())
        wrong_routes = violations(free, [sorted(route) for route in routes])
        return wrong_routes + [said for each in other_time for said in _wrong_by_itself(free, each)]


def _wrong_by_itself(facts: MarketFacts, told: Promise) -> list[str]:
    """What is wrong with a meeting that takes other rounds than this visitor needs by now."""
    visitors = [replace(each, slots_each=told.slots or each.slots_each) for each in facts.visitors]
    alone: list[list[Planned]] = [[] for _ in visitors]
    alone[told.visitor].append(told.visit)
    return violations(replace(facts, visitors=visitors, promises=()), alone)


def routes(town: Town, market_id: UUID) -> dict[UUID, list[tuple[int, UUID]]]:
    """Round and stand of every meeting that stands, by visitor."""
    found: dict[UUID, list[tuple[int, UUID]]] = {}
    with town.core.units.read() as uow:
        for visit in queries.visits_of_market(uow.session, market_id):
            found.setdefault(visit.visitor_id, []).append((visit.round, visit.stand_id))
    return found

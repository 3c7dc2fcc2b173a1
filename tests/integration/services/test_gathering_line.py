"""Whatever people do, the line keeps its rule: never more than there are seats, in order, nobody lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.gatherings import make_gathering, tell_of_offers
from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import DomainError
from volunteer.domain.gathering_seats import TAKING, SeatState, offered_until
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats, gatherings
from volunteer.unit_of_work import UnitOfWork

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WHO = st.integers(0, 11)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.just(1)),
        st.tuples(st.just("come"), st.integers(1, 4)),
        st.tuples(st.just("leave"), WHO),
        st.tuples(st.just("say_yes"), WHO),
        st.tuples(st.just("shrink"), WHO),
        st.tuples(st.just("grow"), WHO),
        st.tuples(st.just("wait"), st.integers(1, 90)),
        st.tuples(st.just("widen"), st.integers(1, 3)),
    ),
    min_size=6,
    max_size=30,
)
Seen = Mapping[int, tuple[str, int]]


@given(steps=STEPS, seats=st.integers(1, 6))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_line_keeps_its_rule(town: Town, steps: list[tuple[str, int]], seats: int) -> None:
    with town.core.units.write() as uow:
        gathering = uow.session.get_one(Gathering, make_gathering(uow, seats=seats))
        came = 0
        for step, amount in steps:
            before = seen(uow, gathering)
            try:
                take(uow, gathering, step, amount)
            except DomainError:
                assert seen(uow, gathering) == before
            came += step == "come"
            uow.session.flush()
            check(uow, gathering, before, seen(uow, gathering), came)
        uow.session.rollback()


def take(uow: UnitOfWork, gathering: Gathering, step: str, amount: int) -> None:
    if step == "come":
        arrive(uow, gathering, amount)
    elif step == "wait":
        tell_of_offers(uow)
        uow.now += timedelta(hours=amount)
        gathering_seats.lapse_due(uow)
    elif step == "widen":
        wider = gatherings.details_of(gathering)
        gatherings.change(uow, gathering.id, replace(wider, seats=wider.seats + amount))
    else:
        number = amount % max(gathering.last_number, 1) + 1
        found = queries.with_numbers(uow.session, gathering.id, [number])
        for party in found:
            act(uow, party, step)


def act(uow: UnitOfWork, party: GatheringParty, step: str) -> None:
    if step == "leave":
        gathering_seats.withdraw(uow, party.id)
    elif step == "say_yes":
        gathering_seats.confirm(uow, party.id)
    else:
        gathering_seats.resize(uow, party.id, party.size + (1 if step == "grow" else -1))


def arrive(uow: UnitOfWork, gathering: Gathering, size: int) -> None:
    newcomer = GatheringParty(
        id=uuid4(), gathering_id=gathering.id, kind="group", size=size, companions=0, channel=Channel.SMS,
        languages=[], expertise=[], language="nl", given_how="own_device", signed_up_at=uow.now,
    )  # fmt: skip
    gathering_seats.sit_down(uow, gathering, newcomer)


def seen(uow: UnitOfWork, gathering: Gathering) -> Seen:
    """State and size, by number."""
    found = queries.parties_of(uow.session, gathering.id)
    return {party.number: (party.state, party.size) for party in found}


def check(uow: UnitOfWork, gathering: Gathering, before: Seen, after: Seen, came: int) -> None:
    assert sorted(after) == [*range(1, came + 1)]
    assert all(state in set(SeatState) for state, _size in after.values())
    free = gathering.seats - sum(size for state, size in after.values() if state in TAKING)
    assert free >= 0

    waiting = {number: size for number, (state, size) in after.items() if state == SeatState.WAITING}
    if offered_until(uow.now, gathering.starts_at, uow.zone, by_hand=False) is not None:
        assert all(size > free for size in waiting.values()), "a seat is free for somebody who waits"
    fresh = {
        number: size
        for number, (state, size) in after.items()
        if state in TAKING and before.get(number, (SeatState.WAITING, 0))[0] == SeatState.WAITING
    }
    for number, size in waiting.items():
        behind = sum(each for other, each in fresh.items() if other > number)
        assert not behind or size > free + behind, "somebody who fits was passed over"
    for number, (state, _size) in before.items():
        if state in {SeatState.WITHDRAWN, SeatState.LAPSED}:
            assert after[number][0] == state

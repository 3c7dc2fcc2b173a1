"""A gateway that fails is left alone, for longer and longer, and asked by one message at a time."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from volunteer.adapters.circuit import FAILURES, FIRST_REST_SECONDS, LONGEST_REST_SECONDS, Circuit
from volunteer.domain.ports import GatewayDown, GatewayResting, Outgoing, Undeliverable

MESSAGE = Outgoing(uuid4(), "a@b.example", "Hello", "Hello", "en")


def _nothing() -> None:
    """Happens meanwhile."""


class Gateway:
    """Fails with ``error`` while there is one."""

    def __init__(self) -> None:
        self.error: Exception | None = GatewayDown("away")
        self.asked = 0
        self.meanwhile: Callable[[], None] = _nothing

    def send(self, message: Outgoing) -> None:
        """Take it, or not."""
        self.asked += 1
        self.meanwhile()
        if self.error:
            raise self.error


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(gateway: Gateway, clock: Clock) -> Circuit:
    return Circuit(gateway, clock=clock)


def _fail(circuit: Circuit) -> None:
    for _ in range(FAILURES):
        with pytest.raises(GatewayDown):
            circuit.send(MESSAGE)


def test_after_three_failures_nobody_asks_it(circuit: Circuit, gateway: Gateway) -> None:
    _fail(circuit)
    with pytest.raises(GatewayResting) as resting:
        circuit.send(MESSAGE)
    assert gateway.asked == FAILURES
    assert resting.value.seconds == FIRST_REST_SECONDS


def test_it_rests_longer_each_time_up_to_a_limit(circuit: Circuit, gateway: Gateway, clock: Clock) -> None:
    _fail(circuit)
    rests = []
    for _ in range(10):
        with pytest.raises(GatewayResting) as resting:
            circuit.send(MESSAGE)
        rests.append(resting.value.seconds)
        clock.now += resting.value.seconds
        with pytest.raises(GatewayDown):
            circuit.send(MESSAGE)
    assert rests[:4] == [5.0, 10.0, 20.0, 40.0]
    assert rests[-1] == LONGEST_REST_SECONDS
    assert gateway.asked == FAILURES + 10


def test_one_tries_and_the_others_wait_for_what_comes_of_it(
    circuit: Circuit, gateway: Gateway, clock: Clock
) -> None:
    _fail(circuit)
    clock.now += FIRST_REST_SECONDS
    gateway.error = None
    seen: list[type[BaseException]] = []

    def beside() -> None:
        gateway.meanwhile = _nothing
        with pytest.raises(GatewayResting) as resting:
            circuit.send(MESSAGE)
        seen.append(resting.type)

    gateway.meanwhile = beside
    circuit.send(MESSAGE)
    assert seen == [GatewayResting]
    circuit.send(MESSAGE)


@pytest.mark.parametrize("error", [Undeliverable(550), OSError("451")])
def test_a_gateway_that_answers_is_there(circuit: Circuit, gateway: Gateway, error: Exception) -> None:
    for _ in range(3 * FAILURES):
        gateway.error = error
        with pytest.raises(type(error)):
            circuit.send(MESSAGE)
        gateway.error = GatewayDown("away")
        with pytest.raises(GatewayDown):
            circuit.send(MESSAGE)


def test_a_gateway_that_asks_for_a_pause_gets_it(circuit: Circuit, gateway: Gateway, clock: Clock) -> None:
    gateway.error = GatewayResting(30.0)
    with pytest.raises(GatewayResting):
        circuit.send(MESSAGE)
    clock.now += 10
    with pytest.raises(GatewayResting) as resting:
        circuit.send(MESSAGE)
    assert (gateway.asked, resting.value.seconds) == (1, 20.0)
    clock.now += 20
    gateway.error = None
    circuit.send(MESSAGE)

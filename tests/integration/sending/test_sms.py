"""The contract with a gateway for text messages: what we post, and what each answer means."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.servers.text_gateway import TextGateway
from volunteer.adapters import sms
from volunteer.adapters.sms import SmsGateway
from volunteer.cli.valkey import free_port
from volunteer.domain.ports import GatewayDown, GatewayResting, Outgoing, Undeliverable

MESSAGE = Outgoing(uuid4(), "+32470123456", "Nieuws", "Nieuws https://schakel.example", "nl")


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    with TextGateway() as made:
        yield made


def _send(gateway: TextGateway) -> None:
    SmsGateway(gateway.url, key="geheim", sender="Steunpunt").send(MESSAGE)


def test_what_is_posted(gateway: TextGateway) -> None:
    _send(gateway)
    _send(gateway)
    first, again = gateway.handed
    assert first.content == {
        "id": str(MESSAGE.id),
        "to": MESSAGE.to,
        "text": MESSAGE.text,
        "from": "Steunpunt",
    }
    assert first.headers["Authorization"] == "Bearer geheim"
    assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"] == str(MESSAGE.id)


def test_without_a_key_and_a_name_neither_is_sent(gateway: TextGateway) -> None:
    SmsGateway(gateway.url).send(MESSAGE)
    assert "Authorization" not in gateway.handed[0].headers
    assert "from" not in gateway.handed[0].content


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_number_that_is_no_good_is_for_good(gateway: TextGateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(Undeliverable) as refused:
        _send(gateway)
    assert refused.value.code == status


@pytest.mark.parametrize("status", [401, 402, 403, 500, 502, 503, 301, 307])
def test_what_is_about_us_or_the_gateway_is_for_everybody(gateway: TextGateway, status: int) -> None:
    gateway.status = status
    gateway.answer = {"Location": gateway.url}
    with pytest.raises(GatewayDown):
        _send(gateway)
    assert len(gateway.handed) == 1, "a redirect would carry the key elsewhere"


@pytest.mark.parametrize("status", [408, 409, 425])
def test_what_is_for_now_is_tried_again(gateway: TextGateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(OSError, match=str(status)) as failed:
        _send(gateway)
    assert not isinstance(failed.value, GatewayDown)


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7.0), ("0", 1.0), ("", 60.0), ("Fri, 1 Jan", 60.0)])
def test_too_many_is_a_pause_and_no_try(gateway: TextGateway, asked: str, seconds: float) -> None:
    gateway.status, gateway.answer = 429, {"Retry-After": asked}
    with pytest.raises(GatewayResting) as resting:
        _send(gateway)
    assert resting.value.seconds == seconds


def test_a_gateway_that_is_away_or_silent_is_down(
    gateway: TextGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GatewayDown):
        SmsGateway(f"http://127.0.0.1:{free_port()}").send(MESSAGE)
    monkeypatch.setattr(sms, "_TIMEOUT_SECONDS", 0.2)
    gateway.stalls.set()
    with pytest.raises(GatewayDown):
        _send(gateway)

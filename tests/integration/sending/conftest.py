"""A worker whose gateways are lists, and whose bell rings on a real Redis as well."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from tests.fakes import HandClock
from tests.integration.sending.marked import BothBells, House
from volunteer.config import Settings
from volunteer.domain.candidates import Channel
from volunteer.domain.ports import Sender
from workers.bootstrap import make_worker_core


@pytest.fixture
def house(settings: Settings, capfd: pytest.CaptureFixture[str]) -> Iterator[House]:
    logging.getLogger().setLevel(logging.DEBUG)
    clock, bell = HandClock(), BothBells(settings.redis_url)
    worker = make_worker_core(settings, bell=bell, clock=clock)
    made = House(worker, bell, clock)
    senders: Mapping[str, Sender] = {Channel.EMAIL: made, Channel.SMS: made}
    made.worker = replace(worker, ports=replace(worker.ports, senders=senders))
    yield made
    logging.getLogger().setLevel(logging.WARNING)
    worker.core.close()

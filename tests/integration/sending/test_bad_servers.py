"""A mail server that says "later", hangs up, or says no, seen from the ledger: nothing is lost or new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP
from sqlalchemy import select

from tests.integration.chaos.post_office import TAKEN, PostOffice, hang_up
from tests.integration.sending.marked import House
from volunteer.adapters.smtp import SmtpSender
from volunteer.cli.valkey import free_port
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind
from volunteer.models import Account, Message
from volunteer.services import accounts, messages


@pytest.fixture
def office() -> Iterator[PostOffice]:
    made = PostOffice(free_port())
    made.open()
    yield made
    made.close()


def _write(house: House, office: PostOffice) -> None:
    """Three mails to a colleague, by a real sender, and a first try of each."""
    ports = house.worker.ports
    sender = SmtpSender(f"smtp://127.0.0.1:{office.port}", ports.centre)
    house.worker = replace(house.worker, ports=replace(ports, senders={Channel.EMAIL: sender}))
    with house.worker.core.units.write() as uow:
        reader: Account = accounts.create(
            uow, name="Noor", email="noor@voorbeeld.example", password="een lange zin", language="nl"
        )
        for _ in range(3):
            messages.tell_account(
                uow, reader, MessageKind.OFFER_CHECK_FAILED, about_id=uuid4(), cause_id=uuid4()
            )
    house.work()


def _states(house: House) -> list[str]:
    with house.worker.core.units.read() as uow:
        return sorted(uow.session.scalars(select(Message.state)))


@pytest.mark.parametrize("trouble", ["451 4.7.1 later", "hangs up"])
def test_what_failed_for_now_comes_again_as_the_same_letter(
    house: House, office: PostOffice, trouble: str
) -> None:
    seen: set[str] = set()

    def once(server: SMTP) -> str:
        letter = office.received[-1]
        if letter in seen:
            return TAKEN
        seen.add(letter)
        return hang_up(server) if trouble == "hangs up" else trouble

    office.on_letter = once
    _write(house, office)
    assert _states(house) == ["queued"] * 3
    house.clock.go_on(seconds=3)
    house.work()
    assert _states(house) == ["sent"] * 3
    assert sorted(office.received) == sorted([*seen, *seen])
    assert len(seen) == 3


def test_what_is_refused_stands_at_the_desk_and_the_others_leave(house: House, office: PostOffice) -> None:
    office.on_letter = lambda _server: "550 5.7.1 no" if len(office.received) == 1 else TAKEN
    _write(house, office)
    assert _states(house) == ["bounced", "sent", "sent"]
    assert len(set(office.received)) == 3

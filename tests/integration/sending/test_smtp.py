"""What each answer of a real mail server means: for this message, or for everybody."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import ModuleType
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integration.chaos.post_office import SilentPostOffice, hang_up
from volunteer.adapters import smtp
from volunteer.adapters.smtp import SmtpSender
from volunteer.cli.valkey import free_port
from volunteer.config import from_environment
from volunteer.domain.ports import GatewayDown, Outgoing, Undeliverable

CENTRE = from_environment({}).centre
MESSAGE = Outgoing(uuid4(), "amina@voorbeeld.example", "Nieuws", "Dag Amina", "nl", html="<p>Dag Amina</p>")


class Office:
    """Answers each step as it is told."""

    def __init__(self) -> None:
        self.mail_from = self.rcpt_to = self.data = "250 OK"
        self.letters: list[bytes] = []
        self.hangs_up = False

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who writes."""
        envelope.mail_from = address
        return self.mail_from

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who is to get it."""
        if self.rcpt_to.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_to

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter."""
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return hang_up(server) if self.hangs_up else self.data


@pytest.fixture
def office() -> Iterator[tuple[Office, SmtpSender]]:
    desk, port = Office(), free_port()
    controller = Controller(desk, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    yield desk, SmtpSender(f"smtp://127.0.0.1:{port}", CENTRE)
    controller.stop()


def _count(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[str]:
    """Has a name in it for each call of this function by us; the server has a thread of its own."""
    real, us, calls = getattr(module, name), threading.get_ident(), list[str]()

    def counted() -> object:
        if threading.get_ident() == us:
            calls.append(name)
        return real()

    monkeypatch.setattr(module, name, counted)
    return calls


def test_what_takes_long_is_not_done_again_for_each_mail(
    office: tuple[Office, SmtpSender], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading whom we trust takes longer than a mail, and for our own name the network may be asked."""
    trusts, names = _count(monkeypatch, ssl, "create_default_context"), _count(monkeypatch, socket, "getfqdn")
    _, sender = office
    for _ in range(3):
        sender.send(MESSAGE)
    assert trusts == []
    assert len(names) == 1


def test_a_repeat_is_the_same_letter(office: tuple[Office, SmtpSender]) -> None:
    desk, sender = office
    sender.send(MESSAGE)
    sender.send(MESSAGE)
    first, again = (message_from_bytes(each, policy=policy.default) for each in desk.letters)
    assert first["Message-ID"] == again["Message-ID"]
    assert str(MESSAGE.id) in first["Message-ID"]
    assert isinstance(first, EmailMessage)
    assert [part.get_content_type() for part in first.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


def test_the_way_out_is_on_one_line_and_the_rest_is_folded(office: tuple[Office, SmtpSender]) -> None:
    desk, sender = office
    way_out = f"https://schakel.example/unsubscribe/{'x1-_' * 40}"
    subject = "Een plek bij Élan, waar ook Zoë en Jérôme helpen: " * 4
    text = f"Dag Zoë\n\n{'één lange regel ' * 100}\n\n.\n{way_out}"
    sender.send(replace(MESSAGE, subject=subject, text=text, html=f"<p>{text}</p>", unsubscribe=way_out))
    (raw,) = desk.letters
    lines = raw.splitlines()
    assert f"List-Unsubscribe: <{way_out}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert max(map(len, lines)) <= 998
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?.*?\?=", raw))
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert read["Subject"].strip() == subject.strip()
    plain = read.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().strip() == text


@pytest.mark.parametrize("step", ["rcpt_to", "data"])
def test_5xx_for_a_reader_is_for_good(office: tuple[Office, SmtpSender], step: str) -> None:
    desk, sender = office
    setattr(desk, step, "550 5.1.1 nobody here")
    with pytest.raises(Undeliverable) as refused:
        sender.send(MESSAGE)
    assert refused.value.code == 550


@pytest.mark.parametrize("step", ["rcpt_to", "data"])
def test_4xx_is_tried_again_and_says_nothing_of_the_server(
    office: tuple[Office, SmtpSender], step: str
) -> None:
    desk, sender = office
    setattr(desk, step, "451 4.7.1 greylisted")
    with pytest.raises(smtplib.SMTPException) as failed:
        sender.send(MESSAGE)
    assert not isinstance(failed.value, GatewayDown)


@pytest.mark.parametrize("answer", ["450 later", "550 not you"])
def test_a_server_that_does_not_want_us_is_down_for_everybody(
    office: tuple[Office, SmtpSender], answer: str
) -> None:
    desk, sender = office
    desk.mail_from = answer
    with pytest.raises(GatewayDown):
        sender.send(MESSAGE)


def test_one_that_hangs_up_in_the_middle_concerns_this_letter(office: tuple[Office, SmtpSender]) -> None:
    desk, sender = office
    desk.hangs_up = True
    with pytest.raises(smtplib.SMTPServerDisconnected) as failed:
        sender.send(MESSAGE)
    assert not isinstance(failed.value, GatewayDown)


def test_an_address_with_letters_the_server_cannot_take_is_for_good(
    office: tuple[Office, SmtpSender],
) -> None:
    _, sender = office
    abroad = Outgoing(uuid4(), "émile@voorbeeld.example", "Nieuws", "Dag", "nl")
    with pytest.raises(Undeliverable):
        sender.send(abroad)


@pytest.mark.parametrize("greets", [False, True])
def test_a_server_that_is_away_or_silent_is_down(monkeypatch: pytest.MonkeyPatch, greets: bool) -> None:
    port = free_port()
    with pytest.raises(GatewayDown):
        SmtpSender(f"smtp://127.0.0.1:{port}", CENTRE).send(MESSAGE)
    monkeypatch.setattr(smtp, "_ANSWER_SECONDS" if greets else "_CONNECT_SECONDS", 0.2)
    silent = SilentPostOffice(port, greets=greets)
    with pytest.raises(GatewayDown):
        SmtpSender(f"smtp://127.0.0.1:{port}", CENTRE).send(MESSAGE)
    silent.close()

"""Messages that were not sent can be read on this machine, and do nothing there."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from volunteer.adapters.senders import FolderSender
from volunteer.bootstrap import Core
from volunteer.domain.candidates import Channel
from volunteer.domain.ports import Outgoing


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Letters lie in a folder, whatever the database."""
    return sqlite_url


@pytest.fixture
def letter(core: Core) -> UUID:
    """A mail that should have left."""
    mail = Outgoing(
        id=uuid4(),
        to="keuken@pollepel.example",
        subject="Iemand wil <kennismaken>",
        text="Dag Fatima,\n\nKijk op http://127.0.0.1:8000/join/abc?a=1&b=2 en antwoord.\n"
        '<a href="javascript:alert(1)">niet hier</a><script>alert(1)</script>',
        language="nl",
    )
    FolderSender(core.settings.mail_folder, core.settings.centre, Channel.EMAIL).send(mail)
    return mail.id


def test_letters_are_listed_and_read(app: Flask, letter: UUID) -> None:
    browser = Browser(app, language="en")
    browser.get("/dev/mails")
    assert "Iemand wil <kennismaken>" in browser.text
    assert "keuken@pollepel.example" in browser.text
    browser.get(f"/dev/mails/{letter}")
    address = "http://127.0.0.1:8000/join/abc?a=1&amp;b=2"
    assert f'<a href="{address}">{address}</a> en antwoord.' in browser.page
    assert 'lang="nl"' in browser.page


def test_nothing_in_a_letter_runs(app: Flask, letter: UUID) -> None:
    browser = Browser(app)
    browser.get(f"/dev/mails/{letter}")
    assert "<script>alert" not in browser.page
    assert 'href="javascript' not in browser.page


def test_an_empty_folder_says_so(app: Flask) -> None:
    browser = Browser(app, language="en")
    browser.get("/dev/mails")
    assert "No messages yet." in browser.text
    browser.get(f"/dev/mails/{uuid4()}", status=404)


def test_nobody_else_on_the_network_reads_them(app: Flask, letter: UUID) -> None:
    elsewhere = app.test_client()
    assert elsewhere.get("/dev/mails", environ_base={"REMOTE_ADDR": "192.168.1.20"}).status_code == 404
    assert elsewhere.get("/dev/mails", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404

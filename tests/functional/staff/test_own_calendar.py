"""The agreed moment on the person's own page: the same appointment as their mail carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from tests.functional.staff.asking import SURE
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.models import Introduction

SOON = (datetime.now(ZoneInfo("Europe/Brussels")) + timedelta(days=10)).date()


@pytest.fixture
def amina(post_role: Callable[..., UUID], app: Flask, work: Callable[[], None]) -> Browser:
    """Somebody who asked to meet an organisation."""
    post_role(access=SURE)
    browser = Browser(app, language="en")
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    browser.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', browser.page)[0])
    work()
    return browser


def _sent(settings: Settings) -> str:
    """The newest calendar file that went to her by mail."""
    letters = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(settings.mail_folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    ]
    files = [
        part.get_content()
        for letter in letters
        if letter["To"] == "amina@voorbeeld.example"
        for part in letter.iter_attachments()
    ]
    return str(files[-1])


def _line(file: str, name: str) -> str:
    found = re.search(rf"^{name}[:;](.*)$", file, re.MULTILINE)
    assert found is not None
    return found[1].strip()


def test_the_file_is_that_of_the_mail(
    amina: Browser, hire: Hire, settings: Settings, core: Core, work: Callable[[], None], app: Flask
) -> None:
    with core.units.read() as uow:
        introduction_id = uow.session.scalars(select(Introduction.id)).one()
    address = f"/me/introductions/{introduction_id}/calendar.ics"
    amina.get("/me")
    assert address not in amina.page
    amina.get(address, status=404)
    team, page = hire(Role.OWNER).browser, f"/organisation/introductions/{introduction_id}"
    team.send(page, answer="yes", reply="Vraag naar Noor.", agreed_day=str(SOON), agreed_hour="14:30")
    work()
    amina.get("/me")
    assert f'href="{address}"' in amina.page
    own, sent = amina.client.get(address), _sent(settings)
    assert own.content_type == "text/calendar; charset=utf-8"
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "METHOD", "STATUS"):
        assert _line(own.text, name) == _line(sent, name)
    team.send(f"{page}/moment", at=page, agreed_day="", agreed_hour="")
    work()
    amina.get("/me")
    assert address not in amina.page
    assert _line(amina.client.get(address).text, "METHOD") == "CANCEL"
    stranger = Browser(app, language="en")
    sign_up(stranger)
    stranger.get(address, status=404)

"""Cards at the desk: a new one stops the old, both can be stopped, and a waiting device is confirmed."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, Device


@pytest.fixture
def phone(app: Flask) -> Browser:
    """The phone of somebody who signed up there, and comes to the desk for news."""
    own = Browser(app, language="en")
    sign_up(own, answers(contact={"channel": "desk"}))
    return own


@pytest.fixture
def person(phone: Browser, core: Core) -> UUID:
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate.id)).one()


@pytest.fixture
def desk(hire: Hire, person: UUID) -> Browser:
    worker = hire(Role.DESK_WORKER).browser
    worker.get(f"/desk/people/{person}")
    return worker


def link_on(browser: Browser) -> str:
    return str(re.findall(r'href="[^"]*(/c/[\w-]{22})"', browser.page)[0])


def where(app: Flask, link: str) -> str:
    return Browser(app, language="en").get(link).request.path


def test_the_desk_sees_the_card_and_when_it_was_used(
    app: Flask, phone: Browser, person: UUID, desk: Browser
) -> None:
    assert re.search(r"K-\d{4}-\d{4}", desk.text)
    assert "not yet" in desk.text
    link = link_on(phone)
    Browser(app).get(link)
    desk.get(f"/desk/people/{person}")
    assert "not yet" not in desk.text
    assert link.rpartition("/")[2] not in desk.page, "nobody at the desk can open a file with what is shown"


def test_a_new_card_stops_the_old_one(app: Flask, phone: Browser, person: UUID, desk: Browser) -> None:
    old = link_on(phone)
    desk.post(f"/desk/people/{person}/card/renew")
    assert "The new card is ready." in desk.text
    assert 'class="qr"' in desk.page
    assert where(app, old) == "/card"


def test_a_new_card_is_shown_to_who_made_it_alone(hire: Hire, person: UUID, desk: Browser) -> None:
    desk.post(f"/desk/people/{person}/card/renew")
    colleague = hire(Role.DESK_WORKER).browser
    colleague.get(f"/desk/people/{person}")
    assert 'class="qr"' not in colleague.page


def test_card_and_devices_are_stopped_in_one_press(
    app: Flask, phone: Browser, person: UUID, desk: Browser
) -> None:
    link = link_on(phone)
    desk.post(f"/desk/people/{person}/card/stop")
    assert "No card opens this file now." in desk.text
    assert where(app, link) == "/card"
    assert phone.get("/me").request.path == "/card", "what is open on a lost phone closes"


def test_the_desk_confirms_a_device(
    app: Flask, core: Core, phone: Browser, person: UUID, desk: Browser
) -> None:
    computer = Browser(app, language="en")
    computer.get(link_on(phone))
    computer.send("/me/first/ask", at="/me/first", by="desk")
    with core.units.read() as uow:
        device = uow.session.scalars(select(Device).where(Device.confirmed_at.is_(None))).one()
    desk.get(f"/desk/people/{person}")
    assert f"Number on its screen: {device.sign}" in desk.text
    desk.post(f"/desk/people/{person}/card/devices/{device.id}/confirm")
    assert computer.get("/me/first").request.path == "/me"
    desk.post(f"/desk/people/{person}/card/devices/{device.id}/confirm", status=404)


def test_the_desk_refuses_a_device(
    app: Flask, core: Core, phone: Browser, person: UUID, desk: Browser
) -> None:
    computer = Browser(app, language="en")
    computer.get(link_on(phone))
    computer.send("/me/first/ask", at="/me/first", by="desk")
    with core.units.read() as uow:
        device = uow.session.scalars(select(Device.id).where(Device.confirmed_at.is_(None))).one()
    desk.get(f"/desk/people/{person}")
    desk.post(f"/desk/people/{person}/card/devices/{device}/refuse")
    computer.get("/me/first")
    assert "Nobody confirmed this device." in computer.text


def test_a_device_is_confirmed_for_its_own_person_only(
    app: Flask, core: Core, phone: Browser, person: UUID, desk: Browser
) -> None:
    other = Browser(app, language="en")
    sign_up(other, answers(name={"first_name": "Bilal"}, contact={"channel": "desk"}))
    stranger = Browser(app, language="en")
    stranger.get(link_on(other))
    stranger.send("/me/first/ask", at="/me/first", by="desk")
    with core.units.read() as uow:
        device = uow.session.scalars(select(Device.id).where(Device.confirmed_at.is_(None))).one()
    desk.post(f"/desk/people/{person}/card/devices/{device}/confirm", status=404)
    assert stranger.get("/me").request.path == "/me/first"


def test_a_card_that_is_scanned_at_the_desk_leads_to_the_person(
    phone: Browser, person: UUID, desk: Browser
) -> None:
    assert desk.get(link_on(phone)).request.path == f"/desk/people/{person}"
    assert desk.get("/desk").status_code == 200

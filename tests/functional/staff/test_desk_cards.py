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
from volunteer.links import Purpose
from volunteer.models import Candidate, Deed, Device
from volunteer.services import candidates


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


@pytest.mark.parametrize(
    ("press", "said"),
    [
        ("close", "Closed everywhere."),
        ("renew", "The new card is ready."),
        ("stop", "The card is stopped"),
    ],
)
def test_whatever_is_open_of_a_file_is_closed_from_the_desk(
    app: Flask, phone: Browser, person: UUID, desk: Browser, core: Core, press: str, said: str
) -> None:
    with core.units.read() as uow:
        file = uow.session.get_one(Candidate, person)
        link = core.links.make(Purpose.OPEN_FILE, person, proof=candidates.address_proof(file))
    path = link.removeprefix(core.settings.public_url)
    lost = Browser(app, language="en")
    assert lost.get(path).request.path == "/me"
    assert phone.get("/me").request.path == "/me"
    desk.post(f"/desk/people/{person}/card/{press}")
    assert said in desk.text
    for browser in (lost, phone):
        assert browser.get("/me").request.path == "/card", "the session has ended"
    lost.get(path, status=403)
    with core.units.read() as uow:
        file = uow.session.get_one(Candidate, person)
        fresh = core.links.make(Purpose.OPEN_FILE, person, proof=candidates.address_proof(file))
    again = Browser(app, language="en").get(fresh.removeprefix(core.settings.public_url))
    assert again.request.path == "/me", "a link that is sent afterwards opens it"


def test_who_made_or_stopped_a_card_is_said_beside_it_and_to_its_person(
    app: Flask, phone: Browser, person: UUID, desk: Browser, core: Core
) -> None:
    desk.post(f"/desk/people/{person}/card/renew")
    assert "New card made: Noor" in desk.text
    desk.post(f"/desk/people/{person}/card/stop")
    assert "Card and devices stopped: Noor" in desk.text
    with core.units.read() as uow:
        kinds = [each.kind for each in uow.session.scalars(select(Deed).order_by(Deed.done_at))]
        file = uow.session.get_one(Candidate, person)
        link = core.links.make(Purpose.OPEN_FILE, person, proof=candidates.address_proof(file))
    assert kinds == ["new_card", "card_stopped"]
    own = Browser(app, language="en")
    own.get(link.removeprefix(core.settings.public_url))
    own.get("/me/journal")
    assert "What the info desk did for you" in own.text
    assert "Card and devices stopped" in own.text

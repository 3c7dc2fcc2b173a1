"""A card on a device that nobody confirmed shows the first page and nothing more, whatever one asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.links import Purpose
from volunteer.models import Candidate, Card, Device, Message, Suggestion
from volunteer.queries.devices import waiting_devices
from volunteer.services import candidates, cards, devices

PostRole = Callable[..., UUID]
Work = Callable[[], None]
REVEALING = ("without steps", "Entrance", "plain", "Easy words", "amina@voorbeeld.example")
"""Needs and contact data of who signs up in these tests, in the words of the pages."""


@pytest.fixture
def home(browser: Browser, post_role: PostRole, work: Work) -> Browser:
    """Somebody's own device: signed up there, and asked to meet somebody about whom a need is asked first."""
    post_role(access={"ic.plain_language": Answer.YES})
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    return browser


def link_on(browser: Browser) -> str:
    return str(re.findall(r'href="[^"]*(/c/[\w-]{22})"', browser.page)[0])


@pytest.fixture
def link(home: Browser) -> str:
    found = link_on(home)
    meet = re.findall(r'action="(/me/suggestions/[^"]+/meet)"', home.page)
    home.send(str(meet[0]), share=["contact"])
    return found


@pytest.fixture
def stranger(app: Flask, link: str) -> Browser:
    """Another device, on which the card was used."""
    other = Browser(app, language="en")
    other.get(link)
    return other


def mails(settings: Settings) -> list[str]:
    found = []
    for path in sorted(settings.mail_folder.glob("*.eml")):
        body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        found.append(body.get_content() if body else "")
    return found


def confirming_link(settings: Settings) -> str:
    links = [found for text in mails(settings) for found in re.findall(r"/confirm/\S+", text)]
    return str(links[-1])


def test_the_first_page_greets_and_says_how_far_things_are(stranger: Browser) -> None:
    assert "Hello Amina" in stranger.text
    assert "Koken met de ploeg" in stranger.text
    assert "Asked" in stranger.text
    assert "02 000 12 34" in stranger.text
    assert "Show everything on this device" in stranger.text
    assert [word for word in REVEALING if word in stranger.page] == []
    assert "We ask them first" not in stranger.text, "asking first speaks of a need"


def candidate_rules(app: Flask) -> list[Any]:
    """Every address of a candidate's own pages."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/me")
        or getattr(app.view_functions[rule.endpoint], "guard", "") == "candidate"
    ]


SEEN_WITH_A_CARD_ALONE = {"devices.first", "devices.state", "devices.show_everything"}
"""Pages for who only has the card. Before adding one, look that it shows no needs and no contact data."""
OPEN_TO_ALL = {"me.leave", "me.erased"}
"""Who leaves, or has just left, has no file open."""


def test_every_page_of_a_candidate_was_decided_about(app: Flask) -> None:
    guards = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "guard", None)
        for rule in candidate_rules(app)
    }
    assert {name for name, guard in guards.items() if guard is None} == OPEN_TO_ALL
    assert {name for name, guard in guards.items() if guard == "known candidate"} == SEEN_WITH_A_CARD_ALONE
    assert {guard for guard in guards.values() if guard} == {"candidate", "known candidate"}


def test_no_page_of_the_whole_file_opens_with_a_card_alone(app: Flask, core: Core, stranger: Browser) -> None:
    with core.units.read() as uow:
        ids = [
            *uow.session.scalars(select(Candidate.id)),
            *uow.session.scalars(select(Suggestion.id)),
            uuid4(),
        ]
    opened = {}
    for rule in candidate_rules(app):
        if rule.endpoint in OPEN_TO_ALL | SEEN_WITH_A_CARD_ALONE:
            continue
        for some_id in ids:
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, some_id))
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                if method == "GET":
                    answer = stranger.client.get(path)
                else:
                    token = re.findall(r'name="csrf_token" value="([^"]+)"', stranger.page)[0]
                    answer = stranger.client.open(path, method=method, data={"csrf_token": token})
                if (answer.status_code, answer.headers.get("Location")) != (303, "/me/first"):
                    opened[f"{method} {rule.rule}"] = answer.status_code
    assert opened == {}


def test_what_a_card_alone_shows_reveals_nothing(stranger: Browser) -> None:
    for path in ("/me/first", "/me/first/state"):
        stranger.get(path)
        assert [word for word in REVEALING if word in stranger.page] == []
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    assert [word for word in REVEALING if word in stranger.page] == []


def test_who_found_a_card_does_not_keep_the_file(app: Flask, core: Core, home: Browser, link: str) -> None:
    def seen() -> tuple[bool, bool]:
        with core.units.read() as uow:
            person = uow.session.scalars(select(Candidate)).one()
            return person.seen_on is not None, person.asked_on is None

    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        person.asked_on, person.seen_on = uow.today, None
        home.client.delete_cookie("session")
    finder = Browser(app, language="en")
    finder.get(link)
    finder.get("/me/first")
    finder.post("/me/first/ask")
    assert seen() == (False, False)
    home.get(link)
    assert seen() == (True, True), (
        "on the device of the sign-up the card opens everything: that is its person"
    )


def test_the_person_confirms_by_their_own_channel(
    stranger: Browser, app: Flask, settings: Settings, work: Work
) -> None:
    # When they ask for everything on the new device
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    assert "We sent you a message." in stranger.text
    sign = re.findall(r'sign-number">(\d\d)<', stranger.page)[0]
    work()
    # Then opening the link of the message answers nothing
    phone = Browser(app, language="en")
    asked = confirming_link(settings)
    phone.get(asked)
    phone.get(asked)
    assert sign in phone.text
    assert stranger.get("/me").request.path == "/me/first"
    # And the button answers, once
    phone.post(asked, answer="yes")
    assert "Thank you, it is done" in phone.text
    phone.get(asked)
    assert "This question is over" in phone.text
    # And the new device shows everything, also when it comes back
    assert "Confirmed." in stranger.get("/me/first/state").get_data(as_text=True)
    assert stranger.get("/me/first").request.path == "/me"
    # While the phone that answered shows nothing
    assert phone.get("/me").request.path == "/card"


def test_a_confirmed_device_is_known_when_it_comes_back(
    stranger: Browser, app: Flask, link: str, settings: Settings, work: Work
) -> None:
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    work()
    phone = Browser(app, language="en")
    phone.send(confirming_link(settings), answer="yes")
    stranger.client.delete_cookie("session")
    assert stranger.get("/me").request.path == "/card"
    assert stranger.get(link).request.path == "/me"


def test_whoever_says_no_stops_device_and_card(
    stranger: Browser, app: Flask, link: str, settings: Settings, work: Work
) -> None:
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    work()
    phone = Browser(app, language="en")
    asked = confirming_link(settings)
    phone.send(asked, answer="no")
    assert "They do not see your file" in phone.text
    stranger.get("/me/first")
    assert "Nobody confirmed this device." in stranger.text
    phone.post(f"{asked}/stop")
    assert "Your card opens nothing any more." in phone.text
    assert stranger.get("/me/first").request.path == "/card", "what it had opened is closed as well"
    assert Browser(app).get(link).request.path == "/card"


def test_a_link_that_was_answered_yes_cannot_stop_the_card(
    stranger: Browser, app: Flask, link: str, settings: Settings, work: Work
) -> None:
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    work()
    phone = Browser(app, language="en")
    asked = confirming_link(settings)
    phone.send(asked, answer="yes")
    phone.send(f"{asked}/stop", at=f"{asked}/no")
    assert Browser(app).get(link).request.path == "/me/first"


def test_without_a_channel_of_their_own_the_desk_is_asked(
    app: Flask, core: Core, browser: Browser, work: Work
) -> None:
    sign_up(browser, answers(contact={"channel": "desk"}))
    other = Browser(app, language="en")
    other.get(link_on(browser))
    assert "Send me" not in other.page
    other.send("/me/first/ask", at="/me/first", by="own_channel")
    assert "We wait for the info desk." in other.text
    with core.units.write() as uow:
        assert uow.session.scalars(select(Message)).all() == []
        ((device, _person),) = waiting_devices(uow.session, now=uow.now)
        devices.confirm(uow, device.id, by="desk")
    assert other.get("/me/first").request.path == "/me"


def test_the_device_of_the_sign_up_is_known_from_the_start(home: Browser, link: str) -> None:
    home.client.delete_cookie("session")
    assert home.get(link).request.path == "/me"


def test_a_card_on_a_device_of_their_own_keeps_what_is_open(home: Browser, link: str) -> None:
    assert home.get(link).request.path == "/me"


def test_a_forgotten_device_closes_and_asks_again(home: Browser, link: str) -> None:
    home.get("/me/card")
    assert "(this one)" in home.text
    forget = re.findall(r'action="(/me/devices/[^"]+/forget)"', home.page)
    home.post(str(forget[0]))
    assert home.get("/me").request.path == "/card"
    assert home.get(link).request.path == "/me/first"


def test_forgetting_a_device_from_elsewhere_ends_what_is_open_there(home: Browser, core: Core) -> None:
    home.get("/me")
    with core.units.write() as uow:
        devices.forget_all(uow, uow.session.scalars(select(Candidate)).one())
    assert home.get("/me").request.path == "/card"


def test_a_stopped_card_closes_the_first_page(stranger: Browser, core: Core) -> None:
    with core.units.write() as uow:
        cards.revoke(uow, uow.session.scalars(select(Candidate)).one())
    assert stranger.get("/me/first").request.path == "/card"


def test_wrong_stopped_and_old_cards_get_the_same_answer(app: Flask, core: Core, link: str) -> None:
    def refused(path: str) -> str:
        page = Browser(app, language="en")
        assert page.get(path).request.path == "/card"
        return re.sub(r'value="[^"]*"', "", page.page)

    unknown = refused("/c/" + "x" * 22)
    with core.units.write() as uow:
        uow.session.execute(update(Card).values(expires_at=uow.now - timedelta(days=1)))
    assert refused(link) == unknown
    with core.units.write() as uow:
        uow.session.execute(update(Card).values(expires_at=uow.now + timedelta(days=1), revoked_at=uow.now))
    assert refused(link) == unknown
    assert "ask at the info desk" in unknown


def test_the_cookie_of_a_device_opens_nothing_by_itself(home: Browser, app: Flask) -> None:
    other = Browser(app)
    other.client.set_cookie("device", home.cookie("device") or "")
    assert other.get("/me").request.path == "/card"


def test_a_link_of_another_purpose_confirms_nothing(app: Flask, core: Core, stranger: Browser) -> None:
    stranger.send("/me/first/ask", at="/me/first", by="own_channel")
    with core.units.read() as uow:
        device = uow.session.scalars(select(Device.id).where(Device.confirmed_at.is_(None))).one()
    other = core.links.make(Purpose.OPEN_FILE, device).rpartition("/")[2]
    Browser(app).get(f"/confirm/{other}", status=403)
    Browser(app).get(f"/confirm/{device}", status=403)


def test_stopping_ones_card_closes_the_file_elsewhere_and_not_here(
    home: Browser, app: Flask, core: Core
) -> None:
    with core.units.read() as uow:
        file = uow.session.scalars(select(Candidate)).one()
        link = core.links.make(Purpose.OPEN_FILE, file.id, proof=candidates.address_proof(file))
    elsewhere = Browser(app, language="en")
    elsewhere.get(link.removeprefix(core.settings.public_url))
    assert elsewhere.get("/me").request.path == "/me"
    home.send("/me/card/stop", at="/me/card")
    assert "Your card opens nothing any more." in home.text
    assert home.get("/me").request.path == "/me", "who pressed stays"
    assert elsewhere.get("/me").request.path == "/card"
    elsewhere.get(link.removeprefix(core.settings.public_url), status=403)

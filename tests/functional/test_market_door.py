"""The door of a market over HTTP: a code, a photo, a name; late, a group, a walk-in; and a dead link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import segno
from flask import Flask

from tests.fakes import HandClock, RecordingBell
from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.market_door import Standing
from volunteer.models import Market, MarketHelper, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_cards, market_door, market_helpers

NOBODY = "This code is not on a card of this market"


@pytest.fixture
def core(settings: Settings, bell: RecordingBell) -> Iterator[Core]:
    """A core whose time we make."""
    made = make_core(settings, clock=HandClock(), bell=bell)
    yield made
    made.close()


@pytest.fixture
def hall(core: Core) -> SmallMarket:
    """A market whose doors opened ten minutes ago; Bart meets B1 in the second round."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-10))
        plan(uow, made.visitors["Bart"], made.stands["B1"], 1)
    return made


@pytest.fixture
def door(core: Core, hall: SmallMarket) -> str:
    """The path of the link of who checks people in."""
    return _link(core, hall.at_the_door)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app, language="en")


def _link(core: Core, helper_id: UUID) -> str:
    with core.units.read() as uow:
        link = market_helpers.door_link(core.links, uow.session.get_one(MarketHelper, helper_id))
    return link.removeprefix(core.settings.public_url)


def _code(core: Core, visitor_id: UUID) -> str:
    with core.units.read() as uow:
        return market_cards.card_link(core.links, uow.session.get_one(MarketVisitor, visitor_id))


def _photo(words: str) -> tuple[BytesIO, str]:
    picture = BytesIO()
    segno.make(words, error="m").save(picture, kind="png", scale=5)
    return BytesIO(picture.getvalue()), "card.png"


def _standing(core: Core, visitor_id: UUID) -> Standing:
    with core.units.read() as uow:
        return market_door.standing_of(uow.session.get_one(MarketVisitor, visitor_id))


def _scan(browser: Browser, door: str, *, status: int = 200, **said: Any) -> str:
    browser.send(door, status=status, do="scan", **said)
    return browser.text


def _stands_on(browser: Browser, page: str) -> list[str]:
    """Whom a card meets, in order."""
    browser.get(page)
    return re.findall(r'class="route-name"><bdi>([^<]+)<', browser.page)


def test_a_scanned_card_is_in_and_the_page_says_where_it_goes(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    browser.get(door)
    assert "0 of 8 are here" in browser.text
    said = _scan(browser, door, code=_code(core, hall.visitors["Bart"]))
    assert "Is here Bart , card 2" in said
    assert "B1 at" in said
    assert "1 of 8 are here" in said
    assert "Was here already" in _scan(browser, door, code=_code(core, hall.visitors["Bart"]))


def test_a_photo_of_a_card_does_the_same(core: Core, hall: SmallMarket, door: str, browser: Browser) -> None:
    photo, name = _photo(_code(core, hall.visitors["Bart"]))
    larger_than_a_form = BytesIO(photo.getvalue() + bytes(400_000))
    said = _scan(browser, door, picture=(larger_than_a_form, name))
    assert "Is here Bart , card 2" in said


def test_a_moving_picture_without_a_code_is_answered_with_nothing(door: str, browser: Browser) -> None:
    blank = _photo("x")
    browser.get(door)
    assert NOBODY in _scan(browser, door, picture=blank, status=422)
    assert "not a picture" in _scan(browser, door, picture=(BytesIO(b"soep"), "card.png"), status=422)
    assert "no code on this photo" in _scan(browser, door, status=422)
    browser.send(door, status=204, do="scan", quiet="yes")


def test_another_market_a_code_of_others_and_a_large_photo_get_clear_words(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    with core.units.write() as uow:
        with_other = queries.with_card(uow.session, hall.id, 3)
        assert with_other is not None
        with_other.state = "withdrawn"
    said = _scan(browser, door, code=_code(core, hall.visitors["Chloé"]), status=409)
    assert "Card 3: They said that they do not come." in said
    for code in ("https://example.org/m/abc", "soep", "http://[", "/m/" + "A" * 48):
        assert NOBODY in _scan(browser, door, code=code, status=422)
    large = b"--x\r\n" + b"\xff" * (13 * 1024 * 1024)
    answer = browser.client.post(door, data=large, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


def test_a_name_or_a_number_finds_a_card(core: Core, hall: SmallMarket, door: str, browser: Browser) -> None:
    browser.send(door, do="find", q="chloe")
    assert "3 Chloé" in browser.text
    browser.send(door, do="here", card=str(hall.visitors["Chloé"]))
    assert "Is here Chloé , card 3" in browser.text
    browser.send(door, do="find", q="99")
    assert "no card has this number" in browser.text
    browser.send(door, status=422, do="here", card="soep")


def test_a_link_shows_names_on_the_day_alone(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    assert isinstance(core.clock, HandClock)
    core.clock.go_on(days=-1)
    browser.send(door, status=409, do="find", q="Chloé")
    assert "card 3" not in browser.text
    core.clock.go_on(days=2)
    browser.get(door, status=403)


def test_late_absent_gone_and_undone(core: Core, hall: SmallMarket, door: str, browser: Browser) -> None:
    page = f"{door}/card/{hall.visitors['Bart']}"
    for step, standing in (
        ("late", Standing.LATE),
        ("absent", Standing.ABSENT),
        ("here", Standing.HERE),
        ("left", Standing.LEFT),
        ("undo", Standing.EXPECTED),
    ):
        browser.send(page, do=step, late="30")
        assert _standing(core, hall.visitors["Bart"]) is standing
    browser.send(page, status=422, do="late", late="9999")
    browser.send(page, status=409, do="left")


def test_a_card_says_which_meetings_hold_after_what_was_said_of_it(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    page = f"{door}/card/{hall.visitors['Bart']}"
    with core.units.write() as uow:
        plan(uow, hall.visitors["Bart"], hall.stands["A1"], 3)
    assert _stands_on(browser, page) == ["Soep B1", "Soep A1"]
    browser.send(page, do="late", late="60")  # The second round begins in forty minutes.
    assert _stands_on(browser, page) == ["Soep A1"]
    assert "These meetings hold." in browser.text
    browser.send(page, do="absent")
    assert _stands_on(browser, page) == []
    assert "No meeting holds any more." in browser.text
    browser.send(door, do="find", q="Bart")
    assert "A1" not in browser.text
    browser.get(page)
    undo = re.search(r'<form method="post">(?:(?!</form>).)*value="undo"', browser.page, re.DOTALL)
    assert undo is not None
    assert "<details" not in browser.page[browser.page.index("door-number") : undo.end()]
    browser.send(page, do="undo")
    assert _stands_on(browser, page) == ["Soep B1", "Soep A1"]


def test_a_meeting_whose_hour_has_passed_does_not_look_like_one_to_come(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    page = f"{door}/card/{hall.visitors['Bart']}"
    with core.units.write() as uow:
        plan(uow, hall.visitors["Bart"], hall.stands["A1"], 3)
        ends = uow.session.get_one(Market, hall.id).rounds.ends(1)
        until = ends - uow.now
    browser.send(page, do="here")
    assert "This is over." not in browser.text
    assert isinstance(core.clock, HandClock)
    core.clock.go_on(seconds=int(until.total_seconds()) + 1)
    browser.get(page)
    over, coming = browser.text.index("Soep B1"), browser.text.index("Soep A1")
    assert over < browser.text.index("This is over.") < coming
    assert browser.text.count("This is over.") == 1
    with core.units.write() as uow:
        for each in timetables.route_of(uow.session, hall.visitors["Bart"]):
            if each.round == 3:
                uow.session.delete(each)
    browser.get(page)
    assert next_steps(browser.page) == ["Give them a route now"]


@pytest.mark.parametrize("pressed", ["scan", "card"])
def test_who_comes_late_hears_at_the_door_of_new_meetings(
    core: Core, hall: SmallMarket, door: str, browser: Browser, pressed: str
) -> None:
    elif_, clock = hall.visitors["Elif"], core.clock
    with core.units.write() as uow:
        plan(uow, elif_, hall.stands["A1"], 0)
        plan(uow, elif_, hall.stands["B1"], 2)
    assert isinstance(clock, HandClock)
    clock.go_on(minutes=36)
    if pressed == "scan":
        assert "They have new meetings." in _scan(browser, door, code=_code(core, elif_))
        assert "They have new meetings." not in _scan(browser, door, code=_code(core, elif_))
    else:
        browser.send(f"{door}/card/{elif_}", do="here")
        assert re.search(r"Is here\. \d new meeting", browser.text)
    stands = _stands_on(browser, f"{door}/card/{elif_}")
    assert len(stands) == 4
    assert "This is over." in browser.text
    assert {"Soep A1", "Soep B1"} < set(stands)


def test_one_thing_is_next_at_the_door(core: Core, hall: SmallMarket, door: str, browser: Browser) -> None:
    page = f"{door}/card/{hall.visitors['Bart']}"
    for step, following in (
        ("undo", "Is here"),
        ("late", "Is here"),
        ("absent", "Next card"),
        ("here", "Next card"),
        ("left", "Next card"),
    ):
        browser.send(page, do=step, late="30")
        assert next_steps(browser.page) == [following], step
    browser.send(f"{door}/card/{hall.visitors['Elif']}", do="here")
    assert next_steps(browser.page) == ["Give them a route now"]
    browser.get(door)
    assert next_steps(browser.page) == ["Scan with the camera"]
    browser.send(door, do="find", q="3")
    assert next_steps(browser.page) == ["Is here : 3"]


def test_a_group_comes_in_at_once_but_for_one(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    page = f"{door}/group/{hall.group}"
    browser.get(page)
    assert browser.page.count('name="here"') == browser.page.count(" checked>") == 3
    browser.send(page, here=[str(each) for each in hall.members[:2]])
    assert "2 people came in" in browser.text
    assert _standing(core, hall.members[2]) is Standing.EXPECTED


def test_a_walk_in_has_a_card_a_route_and_a_code_in_one_form(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    browser.send(f"{door}/new", status=422, name="", person_language="fr")
    assert "First read it to this person" in browser.text
    assert "your yes" not in browser.text
    browser.send(
        f"{door}/new", name="Noor", person_language="fr", languages=["fr"], tasks=["t.cook"], agrees="yes"
    )
    assert "Noor Card 9 Is here" in browser.text
    assert browser.page.count("route-name") >= 2
    assert 'class="qr"' in browser.page


def test_only_the_door_may_use_the_camera(door: str, browser: Browser, hall: SmallMarket) -> None:
    assert "camera=(self)" in browser.get(door).headers["Permissions-Policy"]
    assert "camera=()" in browser.get(f"/board/{hall.id}").headers["Permissions-Policy"]


def test_the_link_of_who_stopped_opens_nothing_and_of_an_interpreter_no_cards(
    core: Core, hall: SmallMarket, door: str, browser: Browser
) -> None:
    own = _link(core, hall.interpreter)
    browser.get(f"{own}/card/{hall.visitors['Bart']}", status=403)
    with core.units.write() as uow:
        for each in (hall.at_the_door, hall.interpreter):
            market_helpers.end(uow, each, by="test")
    browser.get(door, status=403)
    browser.get(own, status=403)


def test_an_interpreter_reads_where_to_be_and_nothing_of_the_others(
    core: Core, hall: SmallMarket, browser: Browser
) -> None:
    along = {"interpreter": "ar", "interpreter_id": hall.interpreter}
    with core.units.write() as uow:
        plan(uow, hall.visitors["Elif"], hall.stands["B2"], 0, **along)
        plan(uow, hall.members[0], hall.stands["A1"], 2, **along)
        uow.session.get_one(MarketHelper, hall.interpreter).away = [1]
    own = _link(core, hall.interpreter)
    browser.get(own)
    assert "Rasha , Arabic" in browser.text
    assert re.search(r"Next \d\d:\d\d B B2 Soep B2 Arabic Elif , Card 5", browser.text), browser.text
    assert re.search(r"You are away \d\d:\d\d A A1 Soep A1 Arabic · Group of \w.* · Card 6", browser.text)
    assert "Bart" not in browser.text
    assert isinstance(core.clock, HandClock)
    core.clock.go_on(days=-1)
    browser.get(own)
    assert "Elif" not in browser.text
    core.clock.go_on(days=1, minutes=25)
    browser.get(own)
    assert re.search(r"minutes left. Now B B2 Soep B2 .* Next \d\d:\d\d You are away", browser.text), (
        browser.text
    )
    core.clock.go_on(hours=3)
    browser.get(own)
    assert "Over. Thank you. Where you were before" in browser.text

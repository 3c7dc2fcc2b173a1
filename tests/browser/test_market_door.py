"""The door of a market in Chromium: a camera that sees a card, a walk-in, and a network that goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, Route, expect
from sqlalchemy import select

from tests.browser.chromium import QUIET, path_of_chromium
from tests.browser.conftest import PATIENCE_MILLISECONDS, Look
from tests.integration.services.markets import VISITORS, SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.domain.market_days import VisitorState
from volunteer.models import MarketHelper, MarketVisitor, OutboxEvent
from volunteer.services import market_cards, market_helpers

pytestmark = pytest.mark.browser
RESULT = "#door-result"
PROOFS = "main [name=csrf_token]"
SEES_WHAT_WE_SAY = """
window.seenCode = "";
window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.seenCode ? [{ rawValue: window.seenCode }] : []; }
};
"""
"""A phone that reads codes itself: this browser has no reader of its own."""


@pytest.fixture
def hall(core: Core) -> SmallMarket:
    """A market whose doors are open; Bart goes to B1 in the last round."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-5), round_minutes=60)
        plan(uow, made.visitors["Bart"], made.stands["B1"], 3)
    return made


@pytest.fixture
def door(core: Core, hall: SmallMarket) -> str:
    """The path of the link of who checks people in."""
    with core.units.read() as uow:
        helper = uow.session.get_one(MarketHelper, hall.at_the_door)
        return market_helpers.door_link(core.links, helper).removeprefix(core.settings.public_url)


@pytest.fixture
def card(core: Core, hall: SmallMarket, tmp_path: Path) -> Path:
    """A picture of Bart's card, as a camera sees it."""
    with core.units.read() as uow:
        code = market_cards.card_link(core.links, uow.session.get_one(MarketVisitor, hall.visitors["Bart"]))
    drawn = tmp_path / "code.png"
    segno.make(code, error="m").save(str(drawn), scale=7, border=4)
    seen = Image.new("RGB", (640, 480), "#776655")
    with Image.open(drawn) as opened:
        fitted = opened.convert("RGB").resize((400, 400))
    seen.paste(fitted, (120, 40))
    picture = tmp_path / "card.jpg"
    seen.save(picture, quality=90)
    return picture


@pytest.fixture
def page_with_camera(playwright: Playwright, site: str, card: Path, tmp_path: Path) -> Iterator[Page]:
    """A phone whose camera sees the card all the time."""
    path = path_of_chromium()
    if path is None:
        pytest.skip("no Chromium was found")
    film = tmp_path / "film.mjpeg"
    film.write_bytes(card.read_bytes() * 20)
    fake = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *fake])
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en", base_url=site, permissions=["camera"]
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    yield page
    browser.close()


def test_the_camera_sees_a_card_and_the_page_says_where_it_goes(page_with_camera: Page, door: str) -> None:
    page = page_with_camera
    page.goto(door)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator(RESULT)).to_contain_text("Bart, card 2")
    expect(page.locator(RESULT)).to_contain_text("B1 at")
    expect(page.locator("#door-count")).to_have_text("1 of 8 are here")
    expect(page.locator("#camera")).to_be_visible()


def test_without_a_network_who_is_let_in_is_kept_once_and_sent_later(
    page_with_camera: Page, door: str, core: Core, hall: SmallMarket
) -> None:
    page = page_with_camera
    with core.units.write() as uow:
        away = uow.session.get_one(MarketVisitor, hall.visitors["Dawit"])
        seen = {
            name: market_cards.card_link(core.links, uow.session.get_one(MarketVisitor, visitor_id))
            for name, visitor_id in hall.visitors.items()
        }
        away.state = VisitorState.WITHDRAWN
    page.add_init_script(SEES_WHAT_WE_SAY)
    page.goto(door)
    page.get_by_label("Number of the card, or a name").fill("3")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text("Chloé")
    line = page.locator("#door-offline")
    page.context.set_offline(True)
    page.get_by_role("button", name="Scan with the camera").click()
    for waiting, name in enumerate(("Bart", "Dawit", "Elif"), start=1):
        page.evaluate("(code) => { window.seenCode = code; }", seen[name])
        expect(line).to_contain_text(f"stays on this phone, and is sent later. Go on. ({waiting})")
    for _twice in range(2):
        page.locator("#found button").click()
        expect(line).to_contain_text("Go on. (4)")
    page.get_by_role("button", name="Search").click()
    expect(line).to_contain_text("this is not done")
    assert not [name for name in VISITORS if name in page.evaluate("JSON.stringify(localStorage)")]
    page.context.set_offline(False)
    turned = page.locator("#door-turned")
    expect(turned).to_contain_text("Card 4: They said that they do not come. Write them in again.")
    expect(line).to_be_hidden()
    expect(page.locator("#door-count")).to_have_text("3 of 7 are here")
    assert _kept(page, door) == []
    page.get_by_role("link", name="Write somebody in").click()
    expect(page.get_by_role("button", name="Give a route")).to_be_visible()
    expect(turned).to_contain_text("Card 4")
    turned.get_by_role("button", name="Seen").click()
    expect(turned).to_be_hidden()
    assert _let_in(core) == sorted(hall.visitors[name] for name in ("Bart", "Chloé", "Elif"))


def test_without_a_network_a_card_is_let_in_and_the_rest_is_refused_in_words(
    open_page: Callable[..., Page], door: str, core: Core, hall: SmallMarket, look: Look
) -> None:
    page = open_page(f"{door}/card/{hall.visitors['Bart']}")
    line = page.locator("#door-offline")
    page.context.set_offline(True)
    page.get_by_text("Late, not coming, gone home").click()
    page.get_by_role("button", name="Does not come").click()
    expect(line).to_contain_text("this is not done")
    page.get_by_role("button", name="Is here").click()
    expect(line).to_contain_text("Go on. (1)")
    page.get_by_role("link", name="Next card").click()
    expect(line).to_contain_text("this is not done")
    look(page)
    page.context.set_offline(False)
    expect(line).to_be_hidden()
    assert _let_in(core) == [hall.visitors["Bart"]]
    group = open_page(f"{door}/group/{hall.group}")
    group.context.set_offline(True)
    group.locator("[name=here]").last.uncheck()
    group.get_by_role("button", name="The ticked ones are here").click()
    expect(group.locator("#door-offline")).to_contain_text("Go on. (2)")
    group.context.set_offline(False)
    expect(group.locator("#door-offline")).to_be_hidden()
    assert _let_in(core) == sorted([hall.visitors["Bart"], *hall.members[:2]])


def test_an_answer_that_is_no_door_is_no_yes(
    page_with_camera: Page, door: str, core: Core, hall: SmallMarket
) -> None:
    page = page_with_camera
    seen = {name: _code(core, hall.visitors[name]) for name in ("Bart", "Elif")}
    page.add_init_script(SEES_WHAT_WE_SAY)
    page.goto(door)
    page.evaluate(f"document.querySelectorAll('{PROOFS}').forEach((each) => {{ each.value = 'old'; }})")
    page.get_by_role("button", name="Scan with the camera").click()
    page.evaluate("(code) => { window.seenCode = code; }", seen["Bart"])
    expect(page.locator(RESULT)).to_contain_text("Bart, card 2")
    with core.units.write() as uow:
        market_helpers.end(uow, hall.at_the_door, by="test")
    page.evaluate("(code) => { window.seenCode = code; }", seen["Elif"])
    expect(page.locator("#door-offline")).to_contain_text("This page does not open any more.")
    expect(page.locator(RESULT)).to_be_empty()
    assert _kept(page, door) == [{"code": seen["Elif"]}]
    assert _let_in(core) == [hall.visitors["Bart"]]


def test_what_another_page_of_this_phone_sent_takes_no_other_mark_away(
    open_page: Callable[..., Page], door: str, core: Core, hall: SmallMarket
) -> None:
    marks = [{"do": "here", "card": str(hall.visitors[name])} for name in ("Bart", "Chloé")]
    page, held = open_page(door), list[Route]()

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    def put(kept: list[dict[str, str]]) -> None:
        script = "([key, marks]) => localStorage.setItem(key, JSON.stringify(marks))"
        page.evaluate(script, [f"schakel-door-{door}", kept])

    page.route("**/door/**", hold_the_first)
    put(marks)
    with page.expect_request(lambda sent: sent.method == "POST"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    put(marks[1:])
    held[0].continue_()
    expect(page.locator("#door-count")).to_have_text("2 of 8 are here")
    assert _let_in(core) == sorted(hall.visitors[name] for name in ("Bart", "Chloé"))


def test_a_phone_that_keeps_nothing_sends_who_was_let_in_while_the_page_is_open(
    open_page: Callable[..., Page], door: str, core: Core, hall: SmallMarket
) -> None:
    page = open_page(f"{door}/group/{hall.group}")
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    page.context.set_offline(True)
    page.get_by_role("button", name="The ticked ones are here").click()
    expect(page.locator("#door-offline")).to_contain_text("Go on. (3)")
    page.context.set_offline(False)
    expect(page.locator("#door-offline")).to_be_hidden()
    assert _let_in(core) == sorted(hall.members)


def _kept(page: Page, door: str) -> Any:
    """What waits on this phone."""
    return page.evaluate("(key) => JSON.parse(localStorage.getItem(key) ?? '[]')", f"schakel-door-{door}")


def _code(core: Core, visitor_id: UUID) -> str:
    with core.units.read() as uow:
        return market_cards.card_link(core.links, uow.session.get_one(MarketVisitor, visitor_id))


def _let_in(core: Core) -> list[UUID]:
    """Whose cards came in, once for each time that it was written down."""
    with core.units.read() as uow:
        said = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == "door_said"))
        return sorted(UUID(each.payload["visitor_id"]) for each in said)


def test_an_interpreter_reads_their_rounds_on_a_phone(
    open_page: Callable[..., Page], core: Core, hall: SmallMarket, look: Look
) -> None:
    with core.units.write() as uow:
        along = {"interpreter": "ar", "interpreter_id": hall.interpreter}
        plan(uow, hall.visitors["Elif"], hall.stands["B2"], 0, **along)
        plan(uow, hall.members[0], hall.stands["A1"], 2, **along)
        helper = uow.session.get_one(MarketHelper, hall.interpreter)
        own = market_helpers.door_link(core.links, helper).removeprefix(core.settings.public_url)
    page = open_page(own)
    expect(page.locator(".stand-next")).to_contain_text("Elif")
    look(page)


def test_a_photo_a_name_and_a_walk_in_without_a_camera(
    open_page: Callable[..., Page], door: str, card: Path, look: Look
) -> None:
    page = open_page(door)
    expect(page.get_by_role("heading", name="Scan a card")).to_be_visible()
    look(page)
    page.locator("#picture").set_input_files(card)
    page.get_by_role("button", name="Read the photo").click()
    expect(page.locator(RESULT)).to_contain_text("Bart, card 2")
    look(page)
    page.get_by_label("Number of the card, or a name").fill("chloe")
    page.get_by_role("button", name="Search").click()
    page.locator("#found button").click()
    expect(page.locator(RESULT)).to_contain_text("Chloé, card 3")
    page.get_by_role("link", name="Write somebody in").click()
    page.get_by_role("textbox", name="First name").fill("Noor")
    page.get_by_label("I read this aloud").check()
    look(page)
    page.get_by_role("button", name="Give a route").click()
    expect(page.get_by_role("heading", name="Card 9")).to_be_visible()
    expect(page.locator(".route-name").first).to_be_visible()
    look(page)

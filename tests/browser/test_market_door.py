"""The door of a market in Chromium: a camera that sees a card, a walk-in, and a network that goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.browser.chromium import QUIET, path_of_chromium
from tests.browser.conftest import PATIENCE_MILLISECONDS, Look
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.models import MarketHelper, MarketVisitor
from volunteer.services import market_cards, market_helpers

pytestmark = pytest.mark.browser
RESULT = "#door-result"


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

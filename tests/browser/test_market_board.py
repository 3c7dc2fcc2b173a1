"""The board on a large screen and on a phone: live, honest about its age, with pages that turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Look
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.models import Market, MarketZone, Stand, Timetable

pytestmark = pytest.mark.browser
WALL = {"width": 1920, "height": 1080}
LONG_NOTE = "Om half twee is er soep in de kelder. De lift is even stuk: vraag hulp aan iemand met een hesje."
CUT_OFF = """() => {
    const words = [...document.querySelectorAll(".board :is(h1, h2, p, li, time)")];
    const cut = words.filter((each) => each.checkVisibility()).filter((each) => {
        const box = each.getBoundingClientRect();
        const isOutside = box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1;
        return isOutside || each.scrollWidth > each.clientWidth + 1;
    });
    return cut.map((each) => `${each.className} ${each.textContent.trim()}`);
}"""
"""What of the words is outside the screen, or wider than its own place."""
FREE = ".board-zone:first-of-type .board-free"


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """A market in its first round, which lasts an hour."""
    with core.units.write() as uow:
        return make_market(uow, ahead=timedelta(minutes=-31), round_minutes=60)


def test_the_wall_is_live_and_says_when_it_is_not(
    open_page: Callable[..., Page], core: Core, market: SmallMarket, look: Look
) -> None:
    page = open_page(f"/board/{market.id}", viewport=WALL)
    expect(page.locator(FREE)).to_have_text("3 free")
    look(page)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    with core.units.write() as uow:
        uow.session.get_one(Stand, market.stands["A1"]).seats = 5
    expect(page.locator(FREE)).to_have_text("6 free")
    page.route("**/now", lambda _route: None)  # Nobody answers.
    lost = page.get_by_role("status")
    expect(lost).to_contain_text("This is how it was at")
    look(page)
    page.unroute("**/now")
    expect(lost).to_be_empty()


def test_more_zones_than_fit_take_turns_and_can_be_stopped(
    open_page: Callable[..., Page], core: Core, market: SmallMarket, look: Look
) -> None:
    with core.units.write() as uow:
        made = uow.session.get_one(Market, market.id)
        for letter in "DEFGH":
            made.zones.append(
                MarketZone(id=uuid4(), letter=letter, texts={"nl": letter * 3}, spots=1, access=[])
            )
    page = open_page(f"/board/{market.id}", viewport=WALL)
    expect(page.locator(".board-zone:visible")).to_have_count(6)
    expect(page.get_by_text("HHH", exact=True)).to_be_visible()
    expect(page.locator(".board-zone:visible")).to_have_count(2)
    page.get_by_role("button", name="Show all at once").click()
    expect(page.locator(".board-zone:visible")).to_have_count(8)
    look(page)
    page.mouse.move(400, 400)
    expect(page.locator("#board-turn")).to_have_css("opacity", "1")
    # It stands over words: where the mouse lies still, it goes.
    expect(page.locator("#board-turn")).to_have_css("opacity", "0")
    still = open_page(f"/board/{market.id}", viewport=WALL, reduced_motion="reduce")
    expect(still.get_by_role("button", name="Show all at once", pressed=True)).to_be_visible()
    expect(still.locator(".board-zone:visible")).to_have_count(8)


@pytest.mark.parametrize("minutes", [-31, -95], ids=["in a round", "between two"])
def test_three_lines_of_news_fit_on_the_wall_and_take_turns_by_language(
    open_page: Callable[..., Page], core: Core, look: Look, minutes: int
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=timedelta(minutes=minutes), round_minutes=60, change_minutes=60)
        made = uow.session.get_one(Market, market.id)
        for letter in "DEF":
            zone = MarketZone(id=uuid4(), letter=letter, texts={"nl": letter * 3}, spots=1, access=[])
            made.zones.append(zone)
        made.board_note = {"nl": LONG_NOTE, "fr": "La soupe est prête."}
        for spot in ("A1", "B2"):
            late = uow.session.get_one(Stand, market.stands[spot])
            late.late_minutes, late.late_at = 10, uow.now
        for visitor, spot in (("Bart", "A1"), ("Elif", "B1")):
            plan(
                uow,
                market.visitors[visitor],
                market.stands[spot],
                0 if minutes > -90 else 1,
                interpreter="ar",
            )
        uow.session.add(
            Timetable(
                id=uuid4(),
                market_id=market.id,
                number=2,
                state="published",
                is_replan=True,
                asked_at=uow.now,
                published_at=uow.now,
            )
        )
    page = open_page(f"/board/{market.id}", viewport=WALL, language="nl")
    news = page.locator(".board-news:visible")
    expect(news).to_have_count(1)
    expect(news).to_contain_text(LONG_NOTE)
    look(page)
    assert page.evaluate(CUT_OFF) == []
    for language in ("fr", "en", "ar"):
        expect(page.locator(f".board-news[lang={language}]")).to_be_visible()
        assert page.evaluate(CUT_OFF) == [], language
    page.get_by_role("button", name="Toon alles tegelijk").press("Enter")
    expect(news).to_have_count(4)
    look(page)
    still = open_page(f"/board/{market.id}", viewport=WALL, language="nl", reduced_motion="reduce")
    expect(still.locator(".board-news:visible")).to_have_count(4)
    small = open_page(f"/board/{market.id}", language="fr")
    expect(small.locator(".board-news:visible")).to_have_count(1)
    expect(small.get_by_text("La soupe est prête.")).to_be_visible()


@pytest.mark.parametrize("minutes", [-95, -1000, 3000], ids=["between two", "over", "to come"])
def test_what_stands_in_four_languages_fits_on_the_wall(
    open_page: Callable[..., Page], core: Core, look: Look, minutes: int
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=timedelta(minutes=minutes), round_minutes=60, change_minutes=60)
        made = uow.session.get_one(Market, market.id)
        made.texts = {"nl": {"title": "Superdivers, de vrijwilligersmarkt"}}
        for letter in "DEF":
            zone = MarketZone(id=uuid4(), letter=letter, texts={"nl": letter * 3}, spots=1, access=[])
            made.zones.append(zone)
        for visitor, spot, language in (
            ("Bart", "B1", "fa"),
            ("Elif", "B1", "vgt"),
            ("Chloé", "B2", "ti"),
            ("Dawit", "B2", "ru"),
        ):
            number = 0 if minutes > 0 else 1
            plan(uow, market.visitors[visitor], market.stands[spot], number, interpreter=language)
    page = open_page(f"/board/{market.id}", viewport=WALL, language="nl")
    expect(page.locator(".board-also li:visible").last).to_have_attribute("lang", "ar")
    expect(page.locator(".board-help:visible")).to_have_count(0 if minutes == -1000 else 1)
    look(page)
    assert page.evaluate(CUT_OFF) == []


def test_with_one_line_of_news_it_still_says_who_is_at_the_door_and_what_closed_is(
    open_page: Callable[..., Page], core: Core, look: Look
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=timedelta(minutes=-31), round_minutes=60)
        uow.session.get_one(Market, market.id).board_note = {"nl": "Er is soep."}
        uow.session.get_one(Stand, market.stands["C1"]).closed_rounds = [0, 1, 2, 3]
    page = open_page(f"/board/{market.id}", viewport=WALL, language="nl")
    expect(page.locator(".board-news").first).to_be_visible()
    expect(page.locator(".board-help")).to_contain_text("Idris")
    expect(page.locator(".board-languages [lang=fr]")).to_contain_text("Fermé")
    look(page)
    assert page.evaluate(CUT_OFF) == []


def test_many_languages_of_interpreters_fit_on_the_wall_before_the_day(
    open_page: Callable[..., Page], core: Core
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=timedelta(days=30))
        made = uow.session.get_one(Market, market.id)
        made.texts = {"nl": {"title": "Superdivers, de vrijwilligersmarkt"}}
        for letter in "DEF":
            zone = MarketZone(id=uuid4(), letter=letter, texts={"nl": letter * 3}, spots=1, access=[])
            made.zones.append(zone)
        for visitor, spot, tongue in (("Bart", "B1", "ar"), ("Chloé", "B1", "ru"), ("Elif", "B2", "ti")):
            plan(uow, market.visitors[visitor], market.stands[spot], 0, interpreter=tongue)
    page = open_page(f"/board/{market.id}", viewport=WALL, language="nl")
    expect(page.locator(".board-zone").nth(1)).to_contain_text("Tigrinya")
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_fits_on_a_phone_and_in_forced_colours(
    open_page: Callable[..., Page], market: SmallMarket, look: Look, language: str
) -> None:
    for size in (PHONE, {"width": 320, "height": 568}):
        look(open_page(f"/board/{market.id}", viewport=size, language=language))
    look(open_page(f"/board/{market.id}", viewport=WALL, language=language, forced_colors="active"))


def test_without_script_it_loads_itself_again(open_page: Callable[..., Page], market: SmallMarket) -> None:
    page = open_page(f"/board/{market.id}", java_script_enabled=False)
    expect(page.locator(".board-zone")).to_have_count(3)
    assert page.locator('noscript meta[http-equiv="refresh"]').get_attribute("content") == "10"

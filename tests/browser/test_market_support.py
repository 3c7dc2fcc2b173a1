"""A support worker brings a group to a market: from the first form to the phone of one who came along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.market_people import People, follow, press
from tests.integration.services.markets import SmallMarket, make_market, make_timetable
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Stand
from volunteer.services import timetable_publishing

pytestmark = pytest.mark.browser
CARDS = ["9", "10", "11"]


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """It is in ten days at noon: whatever the hour is now, it does not last until the next day.

    The stand that speaks Arabic has no quiet place.
    """
    with core.units.write() as uow:
        noon = uow.now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=10)
        made = make_market(uow, ahead=noon - uow.now)
        uow.session.get_one(Stand, made.stands["A2"]).not_access = ["ph.quiet_place"]
        return made


def test_a_group_from_the_form_to_the_phone_of_one_of_them(
    open_page: Callable[..., Page], core: Core, market: SmallMarket, work: Callable[[], None], look: Look
) -> None:
    people = People(core, open_page)
    teacher = people.logged_in(Role.SUPPORT_WORKER, at="Alfabed")
    _register(teacher, look)
    group = urlsplit(teacher.url).path
    _say_what_helps(teacher, look)
    assert len(_codes(teacher)) == len(CARDS), "cards can be printed before there is a route"

    with core.units.write() as uow:
        plan = make_timetable(uow, market.id)
        timetable_publishing.publish(uow, plan, by="test")
    work()
    teacher.goto(group)
    routes = [_stops(teacher, number) for number in CARDS]
    assert all(routes)
    assert "A2" not in [spot for spot, _stand in routes[0]], "no quiet place there"
    look(teacher)

    phones = [people.open(code, language="ar") for code in _codes(teacher)]
    assert [each.locator(".card-number b").inner_text() for each in phones] == CARDS
    for phone, route in zip(phones, routes, strict=True):
        expect(phone.locator(".route-name bdi")).to_have_text([stand for _spot, stand in route])
        expect(phone.locator("main")).not_to_contain_text("Klas 3")
        look(phone)

    # The desk sees the same group and not what helps.
    desk = people.logged_in(Role.DESK_WORKER)
    desk.goto(group.replace("/support/", "/desk/"))
    expect(desk.get_by_role("heading", name="Klas 3")).to_be_visible()
    expect(desk.get_by_text("something helps")).to_have_count(0)
    assert _stops(desk, CARDS[0]) == routes[0]
    look(desk)


def _register(page: Page, look: Look) -> None:
    """Three people, who come later, in two languages, with one who helps."""
    look(page)
    follow(page, "Market")
    look(page)
    follow(page, "Register a group")
    page.get_by_label("What do you call the group?").fill("Klas 3")
    page.get_by_label("How many cards?").fill(str(len(CARDS)))
    page.get_by_label("How many come along to help?").fill("1")
    for code in ("ar", "fr"):
        page.locator(f"[name=languages][value={code}]").check(force=True)
    page.get_by_label("From when?").select_option(index=2)
    look(page)
    press(page, "Register")
    for told in ("3 cards · 1 comes along to help", "from ", "They speak French, Arabic"):
        expect(page.locator(".page-head")).to_contain_text(told)
    look(page)


def _say_what_helps(page: Page, look: Look) -> None:
    """Of the first of them, who said yes; it stands on no page but that of the card."""
    follow(page, f"Card {CARDS[0]}")
    page.locator("[name=help][value='ph.quiet_place']").check(force=True)
    page.locator("[name=more_time]").check(force=True)
    look(page)
    press(page, "Save")
    expect(page.locator("#error-summary")).to_contain_text("First ask this person")
    look(page)
    page.get_by_label("They asked for it themselves").check()
    press(page, "Save")
    expect(page.get_by_text("something helps")).to_have_count(1)
    look(page)


def _stops(page: Page, card: str) -> list[tuple[str, str]]:
    """Spot and stand of each meeting of a card, as they stand on the page of the group."""
    row = page.locator(".rows > li").filter(has=page.get_by_role("link", name=f"Card {card}", exact=True))
    return [
        (each.locator("b").inner_text(), each.locator("bdi").inner_text())
        for each in row.locator("ol li").all()
    ]


def _codes(page: Page) -> list[str]:
    """Paths of the codes on the printed cards, seen as a phone sees them, in the order of the cards."""
    path = page.get_by_role("link", name="Print the cards").get_attribute("href")
    with pypdfium2.PdfDocument(page.request.get(path or "").body()) as document:
        sheets = [each.render(scale=3).to_pil() for each in document]
    found = [
        (number, each.position.top_left.y, each.position.top_left.x, each.text)
        for number, sheet in enumerate(sheets)
        for each in zxingcpp.read_barcodes(sheet)
    ]
    return [urlsplit(text).path for *_place, text in sorted(found)]

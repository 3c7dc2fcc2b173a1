"""A stand on a phone: it follows the hall by itself, and what is pressed without wifi is sent later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import Look
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.domain.market_days import VisitState
from volunteer.models import Stand, Visit
from volunteer.services import stand_links

pytestmark = pytest.mark.browser


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """A market in its first round, which lasts an hour: Bart is at B1, Elif comes next."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-31), round_minutes=60)
        plan(uow, made.visitors["Bart"], made.stands["B1"], 0)
        plan(uow, made.visitors["Elif"], made.stands["B1"], 1)
        return made


@pytest.fixture
def path(core: Core, market: SmallMarket) -> str:
    """The address that the hosts of B1 have."""
    with core.units.read() as uow:
        link = stand_links.host_link(core.links, uow.session.get_one(Stand, market.stands["B1"]))
    return "/" + link.split("/", 3)[3]


def test_a_host_goes_through_the_day_on_a_phone(
    open_page: Callable[..., Page], core: Core, market: SmallMarket, path: str, look: Look
) -> None:
    page = open_page(path)
    expect(page.get_by_role("heading", name="Elif")).to_be_visible()
    look(page)
    now = page.locator(".stand-now")
    now.get_by_role("button", name="Is here").click()
    expect(now.get_by_text("Go on with Bart?")).to_be_visible()
    look(page)
    now.get_by_role("button", name="Yes").click()
    expect(now.get_by_text("You want to go on")).to_be_visible()
    # Somebody else writes a meeting in: this screen shows it without being touched.
    with core.units.write() as uow:
        plan(uow, market.visitors["Chloé"], market.stands["B1"], 1)
    expect(page.get_by_role("heading", name="Chloé")).to_be_visible()
    page.get_by_role("button", name="10 minutes").click()
    expect(page.get_by_text("You said: 10 minutes.")).to_be_visible()
    look(page)


def test_what_is_pressed_without_wifi_is_kept_and_sent_later(
    open_page: Callable[..., Page], path: str, look: Look
) -> None:
    page = open_page(path)
    now = page.locator(".stand-now")
    expect(now.get_by_role("button", name="Is here")).to_be_visible()
    page.route("**/stand/**", lambda _route: None)  # Nobody answers.
    now.get_by_role("button", name="Is here").click()
    expect(page.get_by_role("status")).to_contain_text("stays on this phone")
    look(page)
    assert "Bart" not in page.evaluate("JSON.stringify(localStorage)")
    page.unroute("**/stand/**")
    expect(now.get_by_text("Go on with Bart?")).to_be_visible()
    expect(page.get_by_role("status")).to_be_hidden()


def test_a_network_that_goes_away_loses_nothing_doubles_nothing_and_says_what_was_refused(
    open_page: Callable[..., Page], core: Core, market: SmallMarket, path: str, look: Look
) -> None:
    page = open_page(path)
    now, line = page.locator(".stand-now"), page.locator("#stand-offline")
    expect(now.get_by_role("button", name="Is here")).to_be_visible()
    page.context.set_offline(True)
    for waiting in (1, 2):
        now.get_by_role("button", name="Is here").click()
        expect(line).to_contain_text(f"sent later. ({waiting})")
    page.locator("#card").fill("99")
    page.get_by_role("button", name="This card is here").click()
    page.locator("#card").fill("3")
    page.get_by_role("button", name="This card is here").click()
    page.get_by_role("button", name="10 minutes").click()
    expect(line).to_contain_text("sent later. (5)")
    look(page)
    page.context.set_offline(False)
    expect(page.get_by_text("You said: 10 minutes.")).to_be_visible()
    expect(line).to_be_hidden()
    # Of five marks one was refused: the pages that came after it do not take that away.
    expect(page.locator("#stand-refused")).to_contain_text("No card of this market has this number.")
    look(page)
    page.get_by_role("button", name="On time again").click()
    expect(page.locator("#stand-refused")).to_be_hidden()
    with core.units.read() as uow:
        met = uow.session.scalars(select(Visit).where(Visit.state == VisitState.MET)).all()
        assert {each.visitor_id for each in met} == {market.visitors["Bart"], market.visitors["Chloé"]}
        assert len(met) == 2


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_it_is_faultless_in_dark_and_forced_colours_and_small(
    open_page: Callable[..., Page], path: str, look: Look, language: str
) -> None:
    look(open_page(path, language=language, viewport={"width": 320, "height": 568}, color_scheme="dark"))
    look(open_page(path, language=language, forced_colors="active"))


def test_without_script_a_link_looks_again(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path, java_script_enabled=False)
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    page.locator(".stand-now").get_by_role("button", name="Is here").click()
    expect(page.get_by_text("Go on with Bart?")).to_be_visible()

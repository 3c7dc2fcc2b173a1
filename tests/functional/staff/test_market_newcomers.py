"""Who has no route gets one, a stand without a place is said to be one, and nothing impossible is offered."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, make_timetable, plan
from tests.paper import Paper, watch
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.consent import GivenHow
from volunteer.domain.market_visitors import Wishes
from volunteer.models import MarketVisitor, Stand
from volunteer.queries import timetables
from volunteer.services import market_cards, market_visitors, timetable_publishing
from volunteer.services.market_visitors import Asked, Newcomer

NOWHERE = "1 stand has no place in the hall yet."
ASK = "Ask at the entrance where this is."


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def market(core: Core) -> SmallMarket:
    with core.units.write() as uow:
        return make_market(uow)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """What is written on paper."""
    return watch(monkeypatch)


def _published(core: Core, market: SmallMarket) -> None:
    with core.units.write() as uow:
        timetable_publishing.publish(uow, make_timetable(uow, market.id), by="account:desk")


def _register(core: Core, market: SmallMarket, wishes: Wishes) -> UUID:
    newcomer = Newcomer(name="Noor", language="en", agrees=True)
    asked = Asked(given_how=GivenHow.OWN_DEVICE)
    with core.units.write() as uow:
        return market_visitors.register_visitor(uow, market.id, newcomer, wishes, asked).id


def _meetings(core: Core, visitor_id: UUID) -> int:
    with core.units.read() as uow:
        return len(timetables.route_of(uow.session, visitor_id))


def _card(core: Core, visitor_id: UUID) -> str:
    with core.units.read() as uow:
        link = market_cards.card_link(core.links, uow.session.get_one(MarketVisitor, visitor_id))
    return link.removeprefix(core.settings.public_url)


def test_who_registers_after_the_timetable_gets_what_is_free(
    app: Flask, core: Core, market: SmallMarket, work: Callable[[], object]
) -> None:
    early = _register(core, market, Wishes(languages=frozenset({"nl"})))
    work()
    assert _meetings(core, early) == 0
    _published(core, market)
    work()
    had = _meetings(core, early)
    assert had > 0

    late = _register(core, market, Wishes(languages=frozenset({"nl"})))
    card = Browser(app, language="en")
    card.get(_card(core, late))
    assert "We are making your route." not in card.text
    assert "You have no meeting yet." in card.text
    assert ">Look again<" in card.page, "their route is there in a moment"
    work()
    assert _meetings(core, late) > 0
    assert _meetings(core, early) == had


def test_a_route_to_a_stand_without_a_place_says_so_before_it_is_published_and_on_the_card(
    app: Flask, desk: Browser, core: Core, market: SmallMarket, paper: Paper
) -> None:
    page = f"/desk/markets/{market.id}"
    with core.units.write() as uow:
        timetable = make_timetable(uow, market.id)
        bart = market.visitors["Bart"]
    places = [f"{page}/timetables", f"/desk/markets/timetables/{timetable}/publish", f"{page}/papers"]
    for each in places:
        desk.get(each)
        assert NOWHERE not in desk.text
    with core.units.write() as uow:
        uow.session.execute(
            update(Stand).where(Stand.id == market.stands["A1"]).values(zone_id=None, spot=None)
        )
        plan(uow, bart, market.stands["A1"], 0)
    for each in places:
        desk.get(each)
        assert NOWHERE in desk.text
        assert f'href="{page}/plan"' in desk.page

    card = Browser(app, language="en")
    card.get(_card(core, bart))
    assert ASK in card.text
    assert "zone-mark" not in card.page.split('class="route"')[1].split("</ol>")[0]
    with core.units.write() as uow:
        uow.session.get_one(MarketVisitor, bart).language = "en"
    desk.client.get(f"{page}/papers/cards.pdf?card=2&size=a6")
    assert ASK in " ".join(paper.text.split())


@pytest.mark.parametrize(("spoken", "steps"), [("nl", ["Give them what is free now"]), ("sw", [])])
def test_what_is_known_to_be_impossible_is_not_the_next_step(
    desk: Browser, core: Core, market: SmallMarket, spoken: str, steps: list[str]
) -> None:
    with core.units.write() as uow:
        uow.session.get_one(MarketVisitor, market.visitors["Bart"]).languages = ["sw"]
    _published(core, market)
    if spoken == "nl":
        _register(core, market, Wishes(languages=frozenset({"nl"})))
    desk.get(f"/desk/markets/{market.id}/routes?card={9 if steps else 2}")
    assert next_steps(desk.page) == steps

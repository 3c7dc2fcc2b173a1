"""The page of a group at a market: who they are in words, and the one thing to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.functional.next_step import next_steps
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import make_market
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import VisitorKind
from volunteer.models import MarketGroup, MarketVisitor


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.DESK_WORKER])
def test_it_says_who_they_are_and_leads_to_their_cards(hire: Hire, core: Core, role: Role) -> None:
    with core.units.write() as uow:
        market = make_market(uow)
        uow.session.get_one(MarketGroup, market.group).languages = ["ar", "ti"]
    is_desk = role is Role.DESK_WORKER
    browser = hire(role, at="Taalschool").browser
    browser.get(f"/{'desk' if is_desk else 'support'}/markets/groups/{market.group}")
    assert "They speak Arabic, Tigrinya" in browser.text
    assert ("With Veerle , Taalschool" in browser.text) is is_desk
    assert next_steps(browser.page) == ["Print the cards"]


@pytest.mark.parametrize("ago", [timedelta(hours=1), timedelta(hours=5)])
def test_once_the_rounds_began_printing_is_not_what_comes_next(
    hire: Hire, core: Core, ago: timedelta
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=-ago)
    browser = hire(Role.SUPPORT_WORKER, at="Taalschool").browser
    browser.get(f"/support/markets/groups/{market.group}")
    assert next_steps(browser.page) == []


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.DESK_WORKER])
def test_a_group_whose_people_all_have_a_file_has_nothing_to_print(
    hire: Hire, core: Core, role: Role
) -> None:
    with core.units.write() as uow:
        market = make_market(uow)
        for visitor_id in market.members:
            card = uow.session.get_one(MarketVisitor, visitor_id)
            card.group_id, card.kind = None, VisitorKind.CANDIDATE
    browser = hire(role, at="Taalschool").browser

    browser.get(f"/{'desk' if role is Role.DESK_WORKER else 'support'}/markets/groups/{market.group}")

    assert "No cards are left" in browser.text
    assert "Print" not in browser.text
    if role is Role.SUPPORT_WORKER:
        browser.get("/support")
        assert "Register a group" in browser.text
        assert "0 cards" not in browser.text
        assert "Print the cards" not in browser.text

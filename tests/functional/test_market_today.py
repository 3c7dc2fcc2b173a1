"""The page of a market for everybody, on the day itself."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.functional.browsing import Browser
from tests.integration.services.markets import make_market
from volunteer.bootstrap import Core
from volunteer.models import Market


def test_on_the_day_it_leads_to_the_own_route_and_to_the_board(app: Flask, core: Core) -> None:
    with core.units.write() as uow:
        market = make_market(uow)
    board = f'href="/board/{market.id}"'
    browser = Browser(app, language="en")
    browser.get(f"/market/{market.id}")
    assert board not in browser.page
    with core.units.write() as uow:
        made = uow.session.get_one(Market, market.id)
        made.starts_at, made.ends_at = uow.now - timedelta(minutes=40), uow.now + timedelta(hours=2)
    browser.get(f"/market/{market.id}")
    assert board in browser.page
    assert "Scan the code on your card with your phone." in browser.text
    assert "Say your number or your name at the door." in browser.text

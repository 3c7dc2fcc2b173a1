"""Timetables at the desk: what is offered is what publishing takes."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, make_timetable
from tests.integration.services.test_market_visitors import come
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import MarketVisitor
from volunteer.services import stands

OUT_OF_DATE = "Timetable 1 is out of date"


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def market(core: Core) -> SmallMarket:
    with core.units.write() as uow:
        return make_market(uow)


def _made(core: Core, market: SmallMarket) -> UUID:
    with core.units.write() as uow:
        return make_timetable(uow, market.id)


def test_a_timetable_that_publishing_would_refuse_says_so_and_a_new_one_is_next(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    page, old = f"/desk/markets/{market.id}/timetables", _made(core, market)
    desk.get(page)
    assert next_steps(desk.page) == ["Publish 1"]
    assert "Ready to compare" in desk.text

    with core.units.write() as uow:
        stands.withdraw(uow, market.stands["A1"], by="account:desk")

    desk.get(page)
    assert OUT_OF_DATE in desk.text
    assert "Ready to compare" not in desk.text
    assert next_steps(desk.page) == ["Make it"]
    desk.get(f"/desk/markets/timetables/{old}")
    assert "cannot be published any more" in desk.text
    assert next_steps(desk.page) == ["Make a new one"]
    desk.get(f"/desk/markets/timetables/{old}/publish")
    assert "cannot be published any more" in desk.text
    assert "Publish and tell everybody" not in desk.text

    new = _made(core, market)
    desk.get(page)
    assert OUT_OF_DATE not in desk.text
    assert next_steps(desk.page) == ["Publish 2"]
    desk.send(f"/desk/markets/timetables/{new}/publish")
    desk.get(page)
    assert OUT_OF_DATE not in desk.text
    assert "Published" in desk.text


def test_who_gets_none_by_another_timetable_leaves_it_done_and_who_comes_after_it_asks_for_one(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    page = f"/desk/markets/{market.id}"
    with core.units.write() as uow:
        nobody_speaks_it = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        nobody_speaks_it.languages = ["ne"]
    plan = _made(core, market)
    desk.send(f"/desk/markets/timetables/{plan}/publish")

    desk.get(page)
    assert "Timetable 1 person has no route Done" in desk.text

    with core.units.write() as uow:
        come(uow, market.id, name="Dorien")
    desk.get(page)
    assert "Timetable 1 person has no route yet" in desk.text
    assert next_steps(desk.page) == ["To the timetable"]


def test_beside_what_people_know_it_is_said_that_other_rules_only_add(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    page, said = f"/desk/markets/{market.id}/timetables", "stays in each of them"
    plan = _made(core, market)
    desk.get(page)
    assert said not in desk.text
    desk.send(f"/desk/markets/timetables/{plan}/publish")
    desk.get(page)
    assert said not in desk.text
    _made(core, market)
    desk.get(page)
    assert said in desk.text

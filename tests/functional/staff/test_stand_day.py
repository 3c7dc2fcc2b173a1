"""A stand on the day, without JavaScript: who comes, what is pressed, and who may open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import StandState, VisitorState, VisitState
from volunteer.models import Candidate, MarketVisitor, Stand, Visit
from volunteer.services import market_cards, stand_links, visits
from volunteer.web.card_to_file import FIELD, card_to_ask, connect_card, remember_card


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """A market whose first round is on: Bart and somebody of the group at B1, Elif one round later."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-35))
        plan(uow, made.visitors["Bart"], made.stands["B1"], 0)
        plan(uow, made.members[0], made.stands["B1"], 0, interpreter="ar", interpreter_id=made.interpreter)
        plan(uow, made.visitors["Elif"], made.stands["B1"], 1)
        return made


@pytest.fixture
def path(core: Core, market: SmallMarket) -> str:
    """The address that the hosts of B1 have."""
    with core.units.read() as uow:
        return _path(stand_links.host_link(core.links, uow.session.get_one(Stand, market.stands["B1"])))


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def _links(core: Core, visitor: MarketVisitor) -> tuple[str, str]:
    """What the code on this card opens, and the link in messages to its owner."""
    return _path(market_cards.card_link(core.links, visitor)), _path(
        market_cards.own_link(core.links, visitor)
    )


def _visit(core: Core, visitor_id: UUID) -> Visit:
    with core.units.read() as uow:
        return uow.session.query(Visit).filter_by(visitor_id=visitor_id).one()


def _press(browser: Browser, path: str, core: Core, visitor_id: UUID, do: str, **more: Any) -> None:
    browser.send(path, do=do, visit=str(_visit(core, visitor_id).id), **more)


def test_a_host_says_who_came_and_with_whom_they_go_on(
    browser: Browser, core: Core, market: SmallMarket, path: str
) -> None:
    bart = market.visitors["Bart"]
    browser.get(path)
    for said in ("Now with you", "Bart", "Card 2", "Group of Taalschool", "Interpreter Rasha", "Elif", "B1"):
        assert said in browser.text, said
    for _ in range(2):
        _press(browser, path, core, bart, "met")
    assert "Go on with Bart?" in browser.text
    _press(browser, path, core, bart, "yes")
    assert "You want to go on" in browser.text
    visit = _visit(core, bart)
    assert (visit.state, visit.stand_says, visit.settled_by) == ("met", True, f"stand:{market.stands['B1']}")
    _press(browser, path, core, bart, "open")
    _press(browser, path, core, bart, "missed")
    _press(browser, path, core, bart, "undo")
    assert _visit(core, bart).state == VisitState.PLANNED


def test_one_press_is_next_at_a_stand(browser: Browser, core: Core, market: SmallMarket, path: str) -> None:
    for visitor_id in (market.visitors["Bart"], market.members[0], market.visitors["Elif"]):
        browser.get(path)
        assert next_steps(browser.page) == ["Is here"]
        _press(browser, path, core, visitor_id, "met")
    assert next_steps(browser.page) == []


def test_a_card_that_is_typed_is_here_and_a_wrong_one_stays_in_its_field(
    browser: Browser, path: str, market: SmallMarket, core: Core
) -> None:
    browser.send(path, status=422, do="card", card="99")
    assert 'value="99"' in browser.page
    assert "No card of this market has this number." in browser.text
    browser.send(path, status=422, do="card", card="acht")
    assert "Type the number that stands large on the card." in browser.text
    browser.send(path, status=409, do="card", card="4")
    assert "Every seat of this round is promised" in browser.text
    _press(browser, path, core, market.visitors["Bart"], "missed")
    browser.send(path, do="card", card="4")
    assert "Card 4 is here." in browser.text
    assert _visit(core, market.visitors["Dawit"]).state == VisitState.MET


def test_a_stand_that_runs_late_says_so_and_is_on_time_again(browser: Browser, path: str) -> None:
    browser.send(path, do="late", minutes="10")
    assert "You said: 10 minutes." in browser.text
    browser.send(path, do="late", minutes="0")
    assert "You said" not in browser.text
    browser.send(path, status=422, do="late", minutes="600")


def test_a_screen_that_has_it_already_gets_one_word(browser: Browser, path: str, core: Core) -> None:
    first = browser.get(path)
    again = browser.client.get(
        path, headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    )
    assert (again.status_code, again.data) in {(304, b""), (200, again.data)}
    if again.status_code == 200:  # The minute changed in between.
        assert again.headers["ETag"] != first.headers["ETag"]


def test_a_stand_touches_no_meeting_of_another(
    browser: Browser, core: Core, market: SmallMarket, path: str
) -> None:
    with core.units.write() as uow:
        elsewhere = plan(uow, market.visitors["Chloé"], market.stands["A1"], 0)
    browser.send(path, status=404, at=path, do="met", visit=str(elsewhere))
    browser.send(path, status=404, at=path, do="met", visit="x")
    assert _visit(core, market.visitors["Chloé"]).state == VisitState.PLANNED


def test_the_link_of_a_stand_that_withdrew_opens_nothing(
    browser: Browser, core: Core, market: SmallMarket, path: str
) -> None:
    browser.get(path)
    with core.units.write() as uow:
        uow.session.get_one(Stand, market.stands["B1"]).state = StandState.WITHDRAWN
    browser.get(path, status=403)
    assert "Bart" not in browser.text


def test_the_desk_opens_every_stand_and_sees_where_both_want_to_go_on(
    hire: Hire, core: Core, market: SmallMarket, work: Callable[[], None]
) -> None:
    desk = hire(Role.DESK_WORKER).browser
    today = f"/desk/markets/stands/{market.stands['B1']}/today"
    bart = market.visitors["Bart"]
    for do in ("met", "yes"):
        _press(desk, today, core, bart, do)
    desk.get(f"/desk/markets/{market.id}/interests")
    assert "Bart" not in desk.text
    with core.units.read() as uow:
        scanned, own = _links(core, uow.session.get_one(MarketVisitor, bart))
    visitor = Browser(desk.client.application, language="en")
    visitor.get(own)
    assert "With whom do you want to go on?" in visitor.text
    visitor.post(f"{own}/interest", do="yes", visit=str(_visit(core, bart).id))
    assert "They want it, too" in visitor.text
    work()
    desk.get(f"/desk/markets/{market.id}/interests")
    assert "Bart · Card 2" in desk.text
    assert "They have no file yet." in desk.text
    visitor.get(scanned)
    assert "They want it, too" in visitor.text
    assert "Begin my file" not in visitor.text
    visitor.post(f"{scanned}/interest", status=403, do="file")
    visitor.get(own)
    visitor.post(f"{own}/interest", do="file")
    assert visitor.path.startswith("/signup")


def test_a_file_is_begun_from_a_card_once_somebody_waits_for_it(
    app: Flask, core: Core, market: SmallMarket
) -> None:
    with core.units.read() as uow:
        own = _links(core, uow.session.get_one(MarketVisitor, market.visitors["Bart"]))[1]
        card = _links(core, uow.session.get_one(MarketVisitor, market.members[0]))[0]
    visitor = Browser(app, language="en")
    for path in (own, card):
        visitor.get(path)
        visitor.post(f"{path}/interest", status=403, do="file")
    with core.units.write() as uow:
        visit_id = _visit(core, market.members[0]).id
        visits.settle(uow, visit_id, met=True, visitor_says=True, stand_says=True, by="account:x")
    visitor.get(card)
    visitor.post(f"{card}/interest", do="file")
    assert visitor.path.startswith("/signup")
    sign_up(visitor, until="check")
    assert "Card 6 of the market is mine" in visitor.text
    assert "checked" not in visitor.page.partition('name="market_card"')[2].partition(">")[0]
    visitor.post("/signup/check", market_card="6")
    with core.units.read() as uow:
        theirs = uow.session.get_one(MarketVisitor, market.members[0])
        assert (theirs.kind, theirs.group_id) == ("candidate", None)


@pytest.mark.parametrize(
    ("hours", "ticked", "is_theirs"), [(2, "2", False), (0, "", False), (0, "3", False), (0, "2", True)]
)
def test_a_file_gets_the_card_that_its_person_ticks_a_moment_after(
    app: Flask, core: Core, market: SmallMarket, hours: int, ticked: str, is_theirs: bool
) -> None:
    """Somebody else may begin one on the same phone: it is their route that the card would tell."""
    with app.test_request_context(), core.units.write() as uow:
        bart = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        uow.session.get_one(MarketVisitor, market.visitors["Amina"]).state = VisitorState.WITHDRAWN
        uow.session.flush()
        remember_card(bart, now=uow.now - timedelta(hours=hours))
        assert card_to_ask(uow) == (None if hours else 2)
        connect_card(uow, uow.session.get_one(Candidate, market.candidate), {FIELD: ticked})
        assert (bart.candidate_id == market.candidate) is is_theirs
        assert card_to_ask(uow) is None


def test_whoever_scans_the_card_of_somebody_with_a_file_says_nothing_for_them(
    app: Flask, core: Core, market: SmallMarket
) -> None:
    with core.units.write() as uow:
        amina = uow.session.get_one(MarketVisitor, market.visitors["Amina"])
        visit_id = plan(uow, amina.id, market.stands["A1"], 0, state=VisitState.MET)
        scanned, own = _links(core, amina)
    finder = Browser(app, language="en")
    finder.get(scanned)
    assert "With whom do you want to go on?" not in finder.text
    finder.get(own)
    assert re.search(r'name="do" value="yes"', finder.page)
    finder.post(f"{scanned}/interest", status=403, do="yes", visit=str(visit_id))
    finder.get(own)
    finder.post(f"{own}/interest", do="yes", visit=str(visit_id))
    assert _visit(core, market.visitors["Amina"]).visitor_says is True


def test_the_page_of_a_group_says_which_card_and_a_stand_want_to_go_on(
    hire: Hire, core: Core, market: SmallMarket
) -> None:
    desk = hire(Role.DESK_WORKER).browser
    visit_id = _visit(core, market.members[0]).id
    desk.get(f"/desk/markets/groups/{market.group}")
    assert "Both want to go on" not in desk.text
    with core.units.write() as uow:
        visits.settle(uow, visit_id, met=True, visitor_says=True, stand_says=True, by="account:x")
    desk.get(f"/desk/markets/groups/{market.group}")
    assert "Card 6 · Soep B1" in desk.text

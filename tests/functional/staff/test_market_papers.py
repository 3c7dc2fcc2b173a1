"""Papers of a market, and typing in what was ticked on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from uuid import UUID

import pytest

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, plan
from tests.paper import Paper, watch
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.interests import TASKS
from volunteer.domain.market_days import MarketState
from volunteer.models import Market, MarketVisitor, Organisation, Stand, Visit
from volunteer.services import market_cards, visits


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """It is over, and its sheets came back: Bart and one of the group were to be at B1."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-140))
        plan(uow, made.visitors["Bart"], made.stands["B1"], 0)
        plan(uow, made.members[0], made.stands["B1"], 0, interpreter="ar", interpreter_id=made.interpreter)
        return made


@pytest.fixture
def desk(hire: Hire) -> Browser:
    """Somebody of the desk."""
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """What is written on paper."""
    return watch(monkeypatch)


def _visit(core: Core, visitor_id: UUID) -> Visit:
    with core.units.read() as uow:
        return uow.session.query(Visit).filter_by(visitor_id=visitor_id).one()


def test_what_is_ticked_is_written_and_the_next_sheet_opens(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    bart, dawit = market.visitors["Bart"], market.visitors["Dawit"]
    visit = _visit(core, bart).id
    sheet = f"/desk/markets/{market.id}/ticks?stand={market.stands['B1']}"
    desk.get(sheet)
    for _ in range(2):
        desk.send(sheet, ticks=[f"{visit}:came", f"{visit}:they", f"{visit}:we"])
        found = _visit(core, bart)
        assert (found.state, found.visitor_says, found.stand_says) == ("met", True, True)
    assert "B2" in desk.text
    desk.send(sheet, ticks=[f"{visit}:came", f"{visit}:missed"], cards="4", status=422)
    assert "Card 2: either they came, or they did not." in desk.text
    assert 'value="4"' in desk.page
    with core.units.read() as uow:
        assert not uow.session.query(Visit).filter_by(visitor_id=dawit).count()
    desk.send(sheet, ticks=[f"{visit}:came"], cards="4")
    assert _visit(core, dawit).state == "met"
    assert _visit(core, bart).visitor_says is None
    desk.send(sheet, ticks=[f"{visit}:came"], cards="twelve", status=422)
    assert "Type numbers of cards, with a space between them." in desk.text


def test_a_sheet_leaves_alone_what_a_phone_said_since_it_was_opened(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    bart, other = (_visit(core, each).id for each in (market.visitors["Bart"], market.members[0]))
    sheet = f"/desk/markets/{market.id}/ticks?stand={market.stands['B1']}"
    desk.get(sheet)
    drawn = _value(desk.page, "drawn")
    with core.units.write() as uow:
        visits.meet(uow, bart, by="stand:phone")
        visits.visitor_wants(uow, bart, yes=True)
    desk.send(sheet, drawn=drawn, ticks=[f"{other}:came"])
    found = _visit(core, market.visitors["Bart"])
    assert (found.state, found.visitor_says, found.visitor_said_how) == ("met", True, "own_device")
    assert _visit(core, market.members[0]).state == "met"
    desk.send(sheet, drawn=drawn, ticks=[f"{bart}:we"])
    found = _visit(core, market.visitors["Bart"])
    assert (found.visitor_says, found.visitor_said_how, found.stand_says) == (True, "own_device", True)
    desk.get(sheet)
    desk.send(sheet, drawn=_value(desk.page, "drawn"), ticks=[f"{bart}:missed", f"{other}:came"])
    found = _visit(core, market.visitors["Bart"])
    assert (found.state, found.visitor_says) == ("missed", None)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_the_desk_prints_everything(desk: Browser, market: SmallMarket, paper: Paper) -> None:
    papers = f"/desk/markets/{market.id}/papers"
    desk.get(papers)
    assert "8 cards, each in the language of who gets it." in desk.text
    cards = _text(desk, paper, f"{papers}/cards.pdf?size=a6")
    # The group first, then who comes alone: by the number of the card.
    numbers = [line for line in cards.split("\n") if line.isdecimal()]
    assert numbers == ["6", "7", "8", "1", "2", "3", "4", "5"]
    sheet = _text(desk, paper, f"{papers}/stands.pdf?zone=B")
    assert "Bart" in sheet
    assert "Soep A1" not in sheet
    for name in ("interpreters", "groups", "door"):
        assert "Soep B1" in _text(desk, paper, f"{papers}/{name}.pdf"), name
    assert "Bart" in _text(desk, paper, f"{papers}/cards.pdf?card=2")
    desk.get(f"{papers}/cards.pdf?card=99", status=404)


def test_a_code_prints_no_name_and_the_own_link_does(
    browser: Browser, core: Core, market: SmallMarket, paper: Paper
) -> None:
    with core.units.read() as uow:
        visitor = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        links: list[Callable[..., str]] = [market_cards.card_link, market_cards.own_link]
        code, own = ("/" + make(core.links, visitor).split("/", 3)[3] for make in links)
    assert "Bart" not in _text(browser, paper, f"{code}/card.pdf")
    assert "Bart" in _text(browser, paper, f"{own}/card.pdf")
    entry = _entry(browser, f"{code}/calendar.ics")
    assert "Soep B1" in entry["DESCRIPTION"]
    assert "Bart" not in browser.page
    with core.units.write() as uow:
        uow.session.get_one(Market, market.id).state = MarketState.CANCELLED
    off = _entry(browser, f"{code}/calendar.ics")
    assert (off["STATUS"], off["UID"]) == ("CANCELLED", entry["UID"])
    assert int(off["SEQUENCE"]) > int(entry["SEQUENCE"])


def test_a_card_and_its_page_say_the_same_of_a_stand(
    browser: Browser, core: Core, market: SmallMarket, paper: Paper
) -> None:
    """In the language of who goes there, also where the stand told it in Dutch alone."""
    with core.units.write() as uow:
        stand = uow.session.get_one(Stand, market.stands["B1"])
        stand.offer, stand.tasks = {"nl": "Proef soep."}, ["t.accounts", "t.cook"]
        visitor = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        visitor.language = "ar"
        card = "/" + market_cards.card_link(core.links, visitor).split("/", 3)[3]
    cooking = TASKS["t.cook"].label("ar")
    assert cooking in _text(browser, paper, f"{card}/card.pdf")
    browser.get("/language/ar")
    browser.get(card)
    assert cooking in browser.text
    assert "Proef soep." not in browser.page


def test_a_group_and_a_stand_get_one_entry_for_the_day(core: Core, market: SmallMarket, hire: Hire) -> None:
    """The whole day and where to be; nobody is named."""
    with core.units.read() as uow:
        day = uow.session.get_one(Market, market.id)
        hours = [f"{each.astimezone(UTC):%Y%m%dT%H%M%SZ}" for each in (day.starts_at, day.ends_at)]
        brings = uow.session.get_one(Organisation, market.referrer).name
    veerle, host = hire(Role.SUPPORT_WORKER, at=brings).browser, hire(Role.OWNER, at="Soep B1").browser
    for who, path, said in (
        (veerle, f"/support/markets/groups/{market.group}/calendar.ics", "Klas 1"),
        (host, f"/organisation/markets/{market.id}/calendar.ics", "B1"),
    ):
        entry = _entry(who, path)
        assert [entry["DTSTART"], entry["DTEND"]] == hours
        assert said in entry["SUMMARY"]
        assert "Bart" not in who.page


def _entry(browser: Browser, path: str) -> dict[str, str]:
    """What the only entry of this calendar file says, by property (RFC 5545, section 3.1)."""
    browser.get(path)
    lines = browser.page.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    return {name: value for name, _, value in (line.partition(":") for line in lines)}


def _text(browser: Browser, paper: Paper, path: str) -> str:
    """What is set on this one."""
    paper.lines.clear()
    assert browser.client.get(path).status_code == 200, path
    return paper.text


def test_an_interpreter_without_a_meeting_has_a_sheet_too(desk: Browser, core: Core) -> None:
    with core.units.write() as uow:
        planned_for_nobody = make_market(uow)
    answer = desk.client.get(f"/desk/markets/{planned_for_nobody.id}/papers/interpreters.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")

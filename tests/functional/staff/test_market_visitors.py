"""Coming to a market: on a phone, with a file, on a tablet, in Arabic, with a group, at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire, Hired
from tests.integration.services.markets import SmallMarket, make_market, make_timetable, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.interests import TASKS
from volunteer.models import Market, MarketHelpReading, MarketVisitor, Message
from volunteer.queries import market_visitors as queries
from volunteer.services import market_cards, market_visitors, timetable_publishing
from volunteer.web.views.markets import visitors

JOINED: dict[str, Any] = {"name": "Samira", "languages": ["ar", "nl"], "tasks": ["t.cook"], "agrees": "yes"}


@pytest.fixture
def market(core: Core) -> SmallMarket:
    with core.units.write() as uow:
        return make_market(uow)


@pytest.fixture
def join(app: Flask, market: SmallMarket) -> Callable[..., Browser]:
    def joined(language: str = "en", *, status: int = 200, **given: Any) -> Browser:
        browser = Browser(app, language=language)
        browser.send(f"/market/{market.id}/join", status=status, **{**JOINED, **given})
        return browser

    return joined


def _card(core: Core, market: SmallMarket, number: int) -> MarketVisitor:
    with core.units.read() as uow:
        found = queries.with_card(uow.session, market.id, number)
        assert found is not None
        return found


def test_everybody_reads_what_it_is(app: Flask, market: SmallMarket) -> None:
    browser = Browser(app, language="ar")
    browser.get(f"/market/{market.id}")
    assert '<html lang="ar" dir="rtl">' in browser.page
    sewing = TASKS["t.sew"].label("ar")
    for said in ("Kleine markt", "De Hal", "Soep A1", "Mensen", sewing, "هكذا يسير الأمر"):
        assert said in browser.page
    assert "Kom proeven." not in browser.page
    browser.get(f"/market/{market.group}", status=404)


def test_somebody_without_a_file_has_a_card_in_one_page(
    core: Core, market: SmallMarket, join: Callable[..., Browser]
) -> None:
    browser = join("ar", help=["ph.quiet_place"], more_time="yes", agrees_to_help="yes", together="3")
    assert browser.path.startswith("/m/")
    assert "Samira" in browser.page
    assert "نحن نعدّ مسارك." in browser.page
    found = _card(core, market, 9)
    assert (found.language, found.languages, found.tasks) == ("ar", ["ar", "nl"], ["t.cook"])
    assert found.help_sealed is not None
    assert "لا يمكننا إرسالها إليك مرة أخرى." in browser.page
    browser.send(browser.path, do="change", walk="freely", languages=["ar"], wanted="2")
    assert not _card(core, market, 9).wants_route
    browser.send(browser.path, do="does_not_come")
    assert _card(core, market, 9).state == "withdrawn"
    assert _card(core, market, 9).help_sealed is None
    browser.send(browser.path, do="forget_me")
    assert "Samira" not in browser.page
    assert _card(core, market, 9).name_sealed is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"agrees": ""}, "agrees"),
        ({"help": ["ph.quiet_place"]}, "agrees_to_help"),
        ({"channel": "sms", "contact_sms": "12"}, "contact_sms"),
        ({"together": "77"}, "together"),
        ({"together": "x"}, "together"),
        ({"arrives_at": "03:00"}, "arrives_at"),
        ({"leaves_at": "99:99"}, "leaves_at"),
        ({"wanted": "40"}, "wanted"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    join: Callable[..., Browser], given: dict[str, Any], field: str
) -> None:
    browser = join(status=422, **given)
    assert f'href="#{field}"' in browser.page
    assert 'value="t.cook" checked' in browser.page


def test_the_code_of_a_card_shows_the_route_and_changes_nothing(
    app: Flask, core: Core, market: SmallMarket
) -> None:
    with core.units.write() as uow:
        bart = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        plan(uow, bart.id, market.stands["B1"], 0)
        plan(uow, bart.id, market.stands["C1"], 2, interpreter="ar")
        code = market_cards.card_link(core.links, bart).removeprefix(core.settings.public_url)
    browser = Browser(app, language="nl")
    browser.get(code)
    for said in ("Soep B1", "Soep C1", "Pauze van 10 minuten", "Arabisch"):
        assert said in browser.page
    assert "Bart" not in browser.page
    assert "does_not_come" not in browser.page
    browser.send(code, at=f"/market/{market.id}/join", status=403, do="does_not_come")
    assert _card(core, market, 2).state == "registered"


def test_an_own_card_leads_to_the_board_on_the_day_and_on_a_kiosk_nothing_does(
    core: Core, market: SmallMarket, hire: Hire, join: Callable[..., Browser]
) -> None:
    board = f'href="/board/{market.id}"'
    kiosk = hire(Role.DESK_WORKER).browser
    kiosk.send("/kiosk/hand-over")
    kiosk.send(f"/market/{market.id}/join", **JOINED)
    phone = join()
    assert board not in phone.page
    with core.units.write() as uow:
        made = uow.session.get_one(Market, market.id)
        made.starts_at, made.ends_at = uow.now - timedelta(minutes=40), uow.now + timedelta(hours=2)
    phone.get(phone.path)
    assert board in phone.page
    assert kiosk.path == "/m"
    for page in ("/m", f"/market/{market.id}"):
        kiosk.get(page)
        assert "Kleine markt" in kiosk.page
        assert board not in kiosk.page


def test_its_owner_reads_why_these_stands(
    core: Core, market: SmallMarket, join: Callable[..., Browser]
) -> None:
    browser = join("nl")
    with core.units.write() as uow:
        plan(uow, _card(core, market, 9).id, market.stands["B1"], 0)
    browser.get(browser.path)
    assert "Waarom deze stands?" in browser.page
    assert "Dit doe je graag" not in browser.page
    browser.get(f"{browser.path}?why=yes")
    assert "Dit doe je graag: koken" in browser.page


def test_whose_file_is_open_comes_with_one_press(
    app: Flask, core: Core, market: SmallMarket, work: Callable[[], object]
) -> None:
    browser = Browser(app, language="en")
    sign_up(browser)
    for _ in range(2):
        browser.get(f"/market/{market.id}")
        if "/mine" in browser.page:
            browser.post(f"/market/{market.id}/mine")
    browser.get(f"/market/{market.id}")
    assert _card(core, market, 9).candidate_id is not None
    assert "/my-card" in browser.page
    browser.get(f"/market/{market.id}/my-card")
    assert browser.path.startswith("/m/")
    work()
    with core.units.read() as uow:
        told = uow.session.scalars(select(Message).where(Message.kind == "market_registered")).all()
        assert [each.about_id for each in told] == [_card(core, market, 9).id]


def test_who_left_no_address_in_their_file_changes_their_card_too(
    app: Flask, core: Core, market: SmallMarket
) -> None:
    browser = Browser(app, language="en")
    sign_up(browser, answers(contact={"channel": "desk"}))
    browser.get(f"/market/{market.id}")
    browser.post(f"/market/{market.id}/mine")
    assert "I need more time at each stand" in browser.page
    browser.send(browser.path, do="change", walk="freely")
    assert not _card(core, market, 9).wants_route


def test_who_has_a_file_asks_for_more_time_on_their_card(
    app: Flask, core: Core, market: SmallMarket, hire: Hire
) -> None:
    browser = Browser(app, language="en")
    sign_up(browser)
    browser.get(f"/market/{market.id}")
    browser.post(f"/market/{market.id}/mine")
    browser.send(browser.path, do="more_time")
    assert "Your next route gives you more time" in browser.page
    assert "I need more time at each stand" not in browser.page
    assert _card(core, market, 9).help_sealed is not None
    browser.send(browser.path, do="forget_help")
    assert _card(core, market, 9).help_sealed is None
    desk = hire(Role.DESK_WORKER).browser
    page = f"/desk/markets/visitors/{_card(core, market, 9).id}"
    desk.send(page, status=422, do="more_time")
    assert 'href="#agrees_to_help"' in desk.page
    assert "First ask this person" in desk.text
    assert "helps you" not in desk.text
    desk.send(page, do="more_time", agrees_to_help="yes")
    assert _card(core, market, 9).help_sealed is not None


def test_a_support_worker_brings_a_group_and_says_what_helps(
    hire: Hire, teacher: Hired, core: Core, market: SmallMarket
) -> None:
    browser = teacher.browser
    new = f"/support/markets/{market.id}/groups/new"
    browser.send(new, status=422, name="Klas 2B", size="0", languages=["ar", "fr"])
    assert "Klas 2B" in browser.page
    browser.send(new, name="Klas 2B", size="3", companions="1", languages=["ar", "fr"])
    cards = re.findall(r"/support/markets/cards/([0-9a-f-]+)", browser.page)
    assert len(cards) == 3
    card = f"/support/markets/cards/{cards[0]}"
    told: dict[str, Any] = {
        "language": "fr",
        "languages": ["ar"],
        "help": ["ph.quiet_place"],
        "walk": "route",
    }
    browser.send(card, status=422, **told)
    browser.send(card, **told, agrees_to_help="yes")
    browser.get(card)
    assert 'value="ph.quiet_place" checked' in browser.page
    with core.units.read() as uow:
        assert len(uow.session.scalars(select(MarketHelpReading)).all()) == 1
    hire(Role.SUPPORT_WORKER, at="Onthaalpunt De Brug").browser.get(card, status=404)


def test_the_day_of_a_support_worker_says_what_comes_next_for_a_market(
    teacher: Hired, core: Core, market: SmallMarket
) -> None:
    browser = teacher.browser
    browser.get("/support")
    new = f"/support/markets/{market.id}/groups/new"
    assert f'href="{new}"' in browser.page
    browser.send(new, name="Klas 2B", size="3", languages=["ar"])
    group = browser.path.rpartition("/")[2]
    browser.get("/support")
    assert "1 group of yours comes, 3 cards." in browser.text
    assert "The routes come later." in browser.text
    assert new not in browser.page
    with core.units.write() as uow:
        timetable_publishing.publish(uow, make_timetable(uow, market.id), by="account:desk")
    browser.get("/support")
    assert "The routes are ready." in browser.text
    assert f'href="/support/markets/groups/{group}/cards.pdf"' in browser.page


def test_the_desk_registers_a_group_that_nobody_brings(
    hire: Hire, market: SmallMarket, work: Callable[[], object], mails: Callable[[], list[tuple[str, str]]]
) -> None:
    colleague = hire(Role.DESK_WORKER)
    desk = colleague.browser
    cards = f"/desk/markets/{market.id}/visitors"
    new = f"/desk/markets/{market.id}/groups/new"
    desk.get(cards)
    assert f'href="{new}"' in desk.page
    desk.send(new, status=422, name="Buren", size="0", languages=["ar"])
    assert "Buren" in desk.page
    desk.send(new, name="Buren", size="3", companions="1", languages=["ar"], arrives_at="14:00")
    assert "Card 9" in desk.text
    page = desk.path
    papers = f"/desk/markets/{market.id}/papers/cards.pdf?group={page.rpartition('/')[2]}"
    assert f'href="{papers}"' in desk.page
    assert desk.client.get(papers).mimetype == "application/pdf"
    desk.send(page, do="change", name="Buren", size="2", languages=["ar", "fr"])
    assert "Card 11" not in desk.text
    desk.get(cards)
    assert "Buren" in desk.page
    work()
    [told] = [text for to, text in mails() if to == colleague.email]
    assert f"{page}\n" in told
    desk.send(page, do="does_not_come")
    assert "This group does not come." in desk.page


def test_the_desk_finds_writes_in_and_changes(hire: Hire, core: Core, market: SmallMarket) -> None:
    desk = hire(Role.DESK_WORKER, language="nl").browser
    page = f"/desk/markets/{market.id}/visitors"
    desk.get(f"{page}?q=chlo")
    assert "Chloé" in desk.page
    assert "Bart" not in desk.page
    told: dict[str, Any] = {
        "name": "Yusuf",
        "person_language": "ar",
        "languages": ["ar"],
        "tasks": ["t.cook"],
    }
    desk.send(f"{page}/new", status=422, **told)
    assert "Lees het eerst voor aan deze persoon" in desk.text
    assert "We hebben je ja nodig" not in desk.text
    desk.send(f"{page}/new", **told, agrees="yes")
    assert "Yusuf" in desk.page
    desk.send(desk.path, do="change", walk="freely")
    found = _card(core, market, 9)
    assert (found.wants_route, found.tasks, found.languages) == (False, ["t.cook"], ["ar"])
    code = market_cards.card_link(core.links, found).removeprefix(core.settings.public_url)
    desk.get(code)
    assert desk.path == f"/desk/markets/visitors/{found.id}"
    desk.send(desk.path, do="does_not_come")
    assert _card(core, market, 9).state == "withdrawn"


def test_a_long_list_of_cards_is_read_a_page_at_a_time(
    hire: Hire, core: Core, market: SmallMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "ON_A_PAGE", 3)
    desk = hire(Role.DESK_WORKER).browser

    def numbers() -> list[int]:
        return [int(each) for each in re.findall(r'<span class="number">(\d+)<', desk.page)]

    def turn(words: str) -> None:
        [there] = re.findall(rf'href="([^"]+)"[^>]*>(?:(?!</a>).)*{words}', desk.page)
        desk.get(unescape(there).partition("#")[0])

    desk.get(f"/desk/markets/{market.id}/visitors")
    assert numbers() == [1, 2, 3]
    assert "Cards before these" not in desk.text
    turn("Cards after these")
    turn("Cards after these")
    assert numbers() == [7, 8]
    assert "Cards after these" not in desk.text
    turn("Cards before these")
    assert numbers() == [4, 5, 6]
    turn("Cards before these")
    assert numbers() == [1, 2, 3]
    desk.get(f"/desk/markets/{market.id}/visitors?after=-3&q=")
    assert numbers() == [1, 2, 3]
    desk.get(f"/desk/markets/{market.id}/visitors?after=soep")
    assert numbers() == [1, 2, 3]


def test_the_desk_says_which_card_was_of_somebody_who_has_a_file_now(
    core: Core, market: SmallMarket, hire: Hire
) -> None:
    desk = hire(Role.DESK_WORKER).browser
    person = f"/desk/markets/people/{market.candidate}"
    with core.units.write() as uow:
        for had in queries.of_candidate(uow.session, market.candidate, since=uow.now):
            market_visitors.withdraw(uow, had.id)
    path = f"/desk/markets/{market.id}/people/{market.candidate}"
    desk.get(person)
    assert "They had a card before they had a file" in desk.text
    for typed in ("", "999"):
        desk.post(path, do="card", card=typed)
        assert _card(core, market, 2).candidate_id is None
    desk.post(path, do="card", card="2")
    assert "of somebody with another first name" in desk.text
    assert (_card(core, market, 2).candidate_id, _card(core, market, 2).kind) == (None, "visitor")
    desk.post(path, do="card", card="6")
    assert "Card 6 is theirs now." in desk.text
    assert _card(core, market, 6).candidate_id == market.candidate

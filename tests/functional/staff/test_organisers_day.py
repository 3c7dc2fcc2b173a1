"""The day of a market at the desk: routes made again, the clock, a stand that closes, and the board."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, make_timetable, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import TimetableState, VisitState
from volunteer.models import Market, MarketVisitor, Stand, Timetable
from volunteer.queries import timetables as queries
from volunteer.services import market_cards, replanning, stand_links, timetables
from volunteer.services.timetable_solving import solved


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """The first of four rounds of an hour is on; Bart is here and has no route."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-40), round_minutes=60)
        market = uow.session.get_one(Market, made.id)
        market.ends_at = market.rounds.end + timedelta(minutes=15)
        uow.session.get_one(MarketVisitor, made.visitors["Bart"]).checked_in_at = uow.now
    return made


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def day(market: SmallMarket) -> str:
    return f"/desk/markets/{market.id}/day"


def _made_by_a_worker(core: Core, timetable_id: UUID) -> None:
    with core.units.write() as uow:
        found = timetables.begin(uow, timetable_id)
    assert found is not None
    with core.units.write() as uow:
        replanning.keep(uow, timetable_id, solved(found, lambda _: None))


def _asked(core: Core) -> UUID:
    """The one that was asked for last."""
    with core.units.read() as uow:
        return uow.session.scalars(select(Timetable.id).order_by(Timetable.number.desc())).first() or UUID(
            int=0
        )


def test_routes_are_made_again_once_and_the_page_says_what_changed(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    desk.get(day)
    assert re.search(r"Here without a meeting 2 Bart", desk.text), desk.text
    desk.post(day, do="replan")
    desk.post(day, do="replan")
    assert "Meetings that were promised stay." in desk.text
    with core.units.read() as uow:
        asked = uow.session.scalars(select(Timetable)).one()
        assert asked.is_replan
    desk.get(f"{day}/now")
    assert "New routes are being made." in desk.text
    _made_by_a_worker(core, asked.id)
    with core.units.read() as uow:
        changed = len(queries.changed_by(uow.session, uow.session.get_one(Timetable, asked.id)))
    desk.get(f"{day}/now")
    assert changed
    assert re.search(rf"Made again at \d\d:\d\d: {changed} routes? changed\.", desk.text), desk.text
    assert "Everyone who wants a meeting has one." in desk.text


def test_the_clock_is_set_and_stopped(desk: Browser, core: Core, market: SmallMarket, day: str) -> None:
    def every() -> tuple[int | None, bool]:
        with core.units.read() as uow:
            found = uow.session.get_one(Market, market.id)
            return found.replan_minutes, found.replan_at is not None

    desk.send(day, do="clock", minutes="10")
    assert every() == (10, True)
    assert '<option value="10" selected' in desk.page
    desk.post(day, status=422, do="clock", minutes="7")
    assert "Choose how often." in desk.text
    assert every() == (10, True)
    desk.send(day, do="clock", minutes="")
    assert every() == (None, False)


def test_while_no_round_is_on_the_line_is_a_sentence(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    with core.units.write() as uow:
        uow.session.get_one(Market, market.id).first_round_at += timedelta(hours=1)
    desk.get(day)
    assert "The next round begins at" in desk.text


def test_a_stand_goes_home_and_comes_back(desk: Browser, core: Core, market: SmallMarket, day: str) -> None:
    def closed() -> list[int]:
        with core.units.read() as uow:
            return list(uow.session.get_one(Stand, market.stands["B1"]).closed_rounds)

    b1 = str(market.stands["B1"])
    for _again in range(2):
        desk.send(day, do="close", stand=b1)
        assert closed() == [1, 2, 3]
    assert re.search(r"B1 Soep B1 Closed", desk.text), desk.text
    assert "Open it again : B1" in desk.text
    with core.units.read() as uow:
        link = stand_links.host_link(core.links, uow.session.get_one(Stand, market.stands["B1"]))
    desk.get("/" + link.split("/", 3)[3])
    assert "Your stand is closed from" in desk.text
    desk.get(day)
    desk.post(day, do="reopen", stand=b1)
    assert closed() == []
    assert "Open it again :" not in desk.text
    desk.post(day, status=404, do="close", stand=str(market.visitors["Bart"]))
    with core.units.write() as uow:
        uow.session.get_one(Market, market.id).first_round_at -= timedelta(hours=4)
    desk.send(day, status=409, do="close", stand=b1)
    assert "The last round has begun." in desk.text
    assert closed() == []


def test_who_was_to_come_to_a_stand_that_closes_gets_a_new_route_at_once(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    with core.units.write() as uow:
        for name in ("Amina", "Chloé"):
            plan(uow, market.visitors[name], market.stands["B1"], 2)
        plan(uow, market.visitors["Elif"], market.stands["B1"], 1)
        plan(uow, market.visitors["Dawit"], market.stands["B1"], 1)
        uow.session.get_one(MarketVisitor, market.visitors["Dawit"]).absent_at = uow.now
        plan(uow, market.visitors["Bart"], market.stands["B1"], 0)  # that round has begun
    desk.send(day, do="close", stand=str(market.stands["B1"]))
    assert "3 people had a meeting that cannot be now: new routes are being made." in desk.text
    asked = _asked(core)
    _made_by_a_worker(core, asked)
    desk.get(day)
    assert "cannot be" not in desk.text
    with core.units.read() as uow:
        told = queries.changed_by(uow.session, uow.session.get_one(Timetable, asked))
        assert not [each for each in queries.visits_at(uow.session, market.stands["B1"]) if each.round]
    assert {market.visitors[name] for name in ("Amina", "Chloé", "Elif")} <= told
    # Nobody was to come there: nothing is asked.
    desk.send(day, do="close", stand=str(market.stands["C1"]))
    # And its seats are given when somebody is there again.
    desk.send(day, do="reopen", stand=str(market.stands["B1"]))
    assert "its seats are given again" in desk.text
    assert _asked(core) != asked


def test_closing_a_stand_where_nobody_was_to_come_asks_for_nothing(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    desk.send(day, do="close", stand=str(market.stands["B1"]))
    assert "Closed from the next round on." in desk.text
    assert "new routes" not in desk.text.lower()
    with core.units.read() as uow:
        assert uow.session.scalars(select(Timetable)).all() == []


@pytest.mark.parametrize("how", ["end", "away"])
def test_when_an_interpreter_leaves_new_routes_are_asked_for_at_once(
    desk: Browser, core: Core, market: SmallMarket, day: str, how: str
) -> None:
    with core.units.write() as uow:
        for number, card in enumerate(market.members[:2], start=1):
            plan(
                uow,
                card,
                market.stands["B1"],
                number,
                interpreter="ar",
                interpreter_id=market.interpreter,
            )
    helper = f"/desk/markets/helpers/{market.interpreter}"
    told: dict[str, Any] = {"name": "Rasha", "role": "interpreter", "languages": ["ar"]}
    if how == "end":
        desk.send(f"{helper}/end", at=helper)
    else:
        desk.send(helper, **told)
        assert "new routes" not in desk.text
        desk.send(helper, **told, away=["1", "2"])
    assert "2 people had a meeting that cannot be now: new routes are being made." in desk.text
    _made_by_a_worker(core, _asked(core))
    desk.get(day)
    assert "cannot be" not in desk.text


def test_what_was_lost_stays_in_sight_until_there_are_new_routes(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    with core.units.write() as uow:
        plan(uow, market.visitors["Amina"], market.stands["B1"], 2)
        uow.session.get_one(Stand, market.stands["B1"]).closed_rounds = [2]
    desk.get(day)
    assert "1 person has a meeting that cannot be" in desk.text
    assert next_steps(desk.page) == ["Make the routes again"]


def test_first_come_the_figures_then_what_asks_for_a_deed_then_the_deeds_and_last_the_lists(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    with core.units.write() as uow:
        plan(uow, market.visitors["Elif"], market.stands["B1"], 0, state=VisitState.MET)
        uow.session.get_one(Stand, market.stands["A1"]).opened_at = uow.now
        uow.session.get_one(MarketVisitor, market.visitors["Chloé"]).arrives_at = uow.now + timedelta(hours=1)
        uow.session.get_one(MarketVisitor, market.visitors["Dawit"]).absent_at = uow.now
    desk.get(day)
    # Bart is here, Chloé said a later hour, five were expected when the first round began, Dawit stays away.
    assert "1 of 8 are here 1 still to come 5 late 1 does not come" in desk.text
    in_order = (
        "of 8 are here",
        "1 person is here without a meeting",
        # One stand opened its page and one marked somebody: of three others nothing was heard.
        "Nothing was heard of 3 stands",
        "Make the routes again",
        "Say something on the board",
        "A stand goes home",
        "Make the routes again by itself",
        "Here without a meeting",
        "Stands to look at",
    )
    places = [desk.text.index(words) for words in in_order]
    assert places == sorted(places)
    assert "B1 Soep B1 Nothing was heard" not in desk.text
    assert next_steps(desk.page) == ["Make the routes again"]


def test_who_stays_without_a_meeting_has_the_reason_and_no_button_in_full_colour(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    with core.units.write() as uow:
        uow.session.get_one(MarketVisitor, market.visitors["Bart"]).languages = ["ne"]
    desk.get(day)
    assert next_steps(desk.page) == ["Make the routes again"]
    desk.send(day, do="replan")
    _made_by_a_worker(core, _asked(core))
    desk.get(day)
    assert "No further stand speaks their language" in desk.text
    assert next_steps(desk.page) == []


def test_a_published_timetable_says_how_many_have_no_route(
    desk: Browser, core: Core, market: SmallMarket
) -> None:
    with core.units.write() as uow:
        made = make_timetable(uow, market.id)
        uow.session.get_one(Timetable, made).state = TimetableState.PUBLISHED
    desk.get(f"/desk/markets/{market.id}")
    assert re.search(r"Timetable [1-9]\d* people have no route", desk.text), desk.text
    assert "Everybody has a route" not in desk.text


def test_the_code_of_a_card_of_the_market_leads_to_its_page(
    browser: Browser, core: Core, market: SmallMarket
) -> None:
    with core.units.read() as uow:
        bart = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        link = market_cards.card_link(core.links, bart)
    browser.get("/card")
    reached = browser.post("/card", card=link)
    assert reached.request.path == f"/m/{link.rpartition('/')[2]}"


def test_what_is_said_stands_on_the_board_and_what_is_too_long_stays_on_the_form(
    desk: Browser, core: Core, market: SmallMarket, day: str
) -> None:
    desk.send(day, do="note", note_nl="Soep om 15 uur", note_en="Soup at three")
    desk.get(f"/board/{market.id}")
    assert "Soup at three" in desk.text
    desk.send(day, status=422, do="note", note_en="Soup at four", note_fr="a" * 121)
    assert "The board has room for 120 letters." in desk.text
    assert 'value="Soup at four"' in desk.page
    assert "a" * 121 in desk.page
    desk.get(f"/board/{market.id}")
    assert "Soup at three" in desk.text
    desk.send(day, do="note", note_nl="", note_en="")
    assert "Nothing is said on the board now." in desk.text
    with core.units.read() as uow:
        assert not uow.session.get_one(Market, market.id).board_note

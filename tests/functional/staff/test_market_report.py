"""The report of a market: for the desk, as a file, and for a team about its own stand."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.next_step import next_steps
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import VisitState
from volunteer.models import MarketVisitor, Organisation
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """One that is over. Seventeen more came, of whom twelve met A1, two C1 after that."""
    return _with_people(core, timedelta(hours=-5))


@pytest.fixture
def market_on(core: Core) -> SmallMarket:
    """The same, in its last but one round: of four rounds one is still to come."""
    return _with_people(core, timedelta(minutes=-30 - 55))


def _with_people(core: Core, ahead: timedelta) -> SmallMarket:
    with core.units.write() as uow:
        made = make_market(uow, ahead=ahead)
        for card in range(101, 118):
            visitor = MarketVisitor(
                id=uuid4(),
                market_id=made.id,
                card=card,
                kind="visitor",
                state="registered",
                language="nl",
                given_how="desk",
                registered_at=uow.now,
                wants_route=True,
                checked_in_at=uow.now,
            )
            uow.session.add(visitor)
            uow.session.flush()
            if card > 105:
                plan(uow, visitor.id, made.stands["A1"], card % 3, state=VisitState.MET)
            if card > 115:
                plan(uow, visitor.id, made.stands["C1"], (card + 1) % 3, state=VisitState.MET)
            if card <= 105:
                plan(uow, visitor.id, made.stands["B1"], 0, state=VisitState.MISSED)
    return made


def test_the_desk_reads_what_came_of_it(hire: Hire, app: Flask, market: SmallMarket) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/{market.id}/report")
    for words in ("Who came", "Meetings held, by zone", "Did it help you on?", "fewer than 5"):
        assert words in desk.text
    answer = desk.get(f"/desk/markets/{market.id}/report.csv")
    rows = {(table, row): count for table, row, count in csv.reader(StringIO(answer.get_data(as_text=True)))}
    assert rows["Who came", "Came"] == "17"
    # Two in zone C: shown neither, nor what would give them away.
    assert [rows["Meetings held, by zone", zone] for zone in ("A Mensen", "B Eten", "C Maken")] == [
        "",
        "0",
        "",
    ]
    assert not {count for count in rows.values() if count in {"1", "2", "3", "4"}}


def test_while_it_is_on_it_says_what_was_until_now_and_what_is_to_come(
    hire: Hire, core: Core, market_on: SmallMarket
) -> None:
    with core.units.write() as uow:
        for who in (*market_on.visitors.values(), *market_on.members):
            plan(uow, who, market_on.stands["A2"], 3)
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/{market_on.id}/report")
    assert "<h1>Until now</h1>" in desk.page
    assert "1 round is still to come" in desk.text
    assert "Not here yet 8" in desk.text
    assert "Still to come 8" in desk.text
    # Nobody stayed away yet, was asked anything, or has had no meeting for good.
    for words in ("Stayed away", "Did it help you on?", "Why people who came had no meeting"):
        assert words not in desk.text
    assert "Who wants to go on</h2>" not in desk.page
    assert "Round 4" not in desk.text
    assert next_steps(desk.page) == ["The market today"]


def test_once_it_is_over_one_thing_is_first(hire: Hire, market: SmallMarket) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/{market.id}/report")
    assert "<h1>What came of it</h1>" in desk.page
    assert "still to come" not in desk.text
    assert next_steps(desk.page) == ["All tables as a file"]


def test_while_it_is_on_a_team_cannot_see_who_just_said_yes(
    hire: Hire, core: Core, market_on: SmallMarket
) -> None:
    with core.units.read() as uow:
        name = uow.session.get_one(Organisation, market_on.organisations["A1"]).name
    team = hire(Role.VIEWER, at=name).browser
    team.get(f"/organisation/markets/{market_on.id}/report")
    assert "Held 12" in team.text
    assert "Our stand until now" in team.text
    assert "Who wants to go on</h2>" not in team.page


def test_a_team_reads_of_its_own_stand_alone(hire: Hire, core: Core, app: Flask, market: SmallMarket) -> None:
    with core.units.read() as uow:
        name = uow.session.get_one(Organisation, market.organisations["A1"]).name
    team = hire(Role.VIEWER, at=name).browser
    team.get(f"/organisation/markets/{market.id}/report")
    assert "Held 12" in team.text
    assert "by zone" not in team.text
    team.get(f"/desk/markets/{market.id}/report", status=403)
    stranger = hire(Role.VIEWER, at="Zonder stand").browser
    stranger.get(f"/organisation/markets/{market.id}/report", status=404)


def test_a_support_worker_reads_of_their_own_group_alone(hire: Hire, core: Core, market: SmallMarket) -> None:
    page = f"/support/markets/groups/{market.group}"
    support = hire(Role.SUPPORT_WORKER, at="Taalschool").browser
    support.get(page)
    # Three cards: whatever is counted, somebody can be.
    assert "What came of it for your group" not in support.text
    with core.units.write() as uow:
        for card in range(201, 206):
            member = _member(uow, market, card)
            plan(uow, member, market.stands["A2"], card % 3, state=VisitState.MET)
    support.get(page)
    said = support.text[support.text.index("What came of it for your group") :]
    # Of eight cards five came: three did not, so that neither count is shown.
    assert "Held 5" in said
    for words in ("Came", "Who wants to go on", "Did it help you on?", "by interpreter"):
        assert words not in said
    with core.units.write() as uow:
        for who in market.members:
            uow.session.get_one(MarketVisitor, who).checked_in_at = uow.now
    support.get(page)
    assert "Came 8" in support.text
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/groups/{market.group}")
    assert "What came of it for your group" not in desk.text


def test_before_the_first_round_nothing_is_said(hire: Hire, core: Core) -> None:
    with core.units.write() as uow:
        market = make_market(uow)
    desk: Browser = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/{market.id}/report")
    assert "The first round is still to come." in desk.text
    assert "Who came" not in desk.text


def _member(uow: UnitOfWork, market: SmallMarket, card: int) -> UUID:
    """One more of the group, who is here."""
    member = MarketVisitor(
        id=uuid4(),
        market_id=market.id,
        card=card,
        kind="member",
        group_id=market.group,
        state="registered",
        language="ar",
        given_how="desk",
        registered_at=uow.now,
        wants_route=True,
        checked_in_at=uow.now,
    )
    uow.session.add(member)
    uow.session.flush()
    return member.id

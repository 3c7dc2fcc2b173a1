"""The report of a market: for the desk, as a file, and for a team about its own stand."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.market_days import VisitState
from volunteer.models import MarketVisitor, Organisation


@pytest.fixture
def market(core: Core) -> SmallMarket:
    """Seventeen more came: twelve met A1, two of them C1 after that; five were missed at B1."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(hours=-2))
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
                plan(uow, visitor.id, made.stands["A1"], card % 4, state=VisitState.MET)
            if card > 115:
                plan(uow, visitor.id, made.stands["C1"], (card + 1) % 4, state=VisitState.MET)
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


def test_before_the_first_round_nothing_is_said(hire: Hire, core: Core) -> None:
    with core.units.write() as uow:
        market = make_market(uow)
    desk: Browser = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/markets/{market.id}/report")
    assert "The first round is still to come." in desk.text
    assert "Who came" not in desk.text

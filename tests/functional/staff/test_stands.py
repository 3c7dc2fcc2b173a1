"""A stand from the first page of a team to its spot in the hall: asked for, confirmed, moved, refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories.gatherings import make_gathering
from tests.functional.browsing import Browser
from tests.functional.staff.conftest import POLLEPEL, Hire
from tests.integration.services.markets import AHEAD, SmallMarket, make_market
from volunteer.bootstrap import Core
from volunteer.domain.access import Strength
from volunteer.domain.accounts import Role
from volunteer.domain.gatherings import GatheringKind
from volunteer.domain.market_days import StandState
from volunteer.models import Candidate, GatheringParty, Market, NeedReading, Stand
from volunteer.services import needs, stand_links

SAID: dict[str, Any] = {
    "offer_nl": "Proef onze soep.",
    "tasks": ["t.cook"],
    "languages": ["nl", "fr"],
    "access_ic.pictograms": "yes",
    "access_ph.quiet_place": "no",
    "seats": "3",
    "hosts": "Fatima",
    "phone": "0470 12 34 56",
    "words": "Een stopcontact",
}
_FORM_ID = re.compile(r'name="form_id" value="([0-9a-f]{32})"')
_LINK = re.compile(r'id="host-link" readonly value="[^"]*(/stand/[^"]+)"')


@dataclass(frozen=True)
class Scene:
    """An open market with a training, a team without a stand, and the desk."""

    market: SmallMarket
    training: UUID
    team: Browser
    desk: Browser

    @property
    def page(self) -> str:
        """The market, for the team."""
        return f"/organisation/markets/{self.market.id}"


@pytest.fixture
def scene(core: Core, hire: Hire) -> Scene:
    team, desk = hire(Role.OWNER, language="en").browser, hire(Role.DESK_WORKER, language="en").browser
    with core.units.write() as uow:
        market = make_market(uow)
        kind, ahead = GatheringKind.ORGANISATION_TRAINING, timedelta(days=3)
        training = make_gathering(uow, kind=kind, ahead=ahead, seats=5)
        uow.session.get_one(Market, market.id).training_id = training
    return Scene(market, training, team, desk)


@pytest.fixture
def own_stand(core: Core) -> Callable[[], Stand]:
    """The stand the team asked for last."""

    def find() -> Stand:
        with core.units.read() as uow:
            asked = select(Stand).where(Stand.account_id.is_not(None)).order_by(Stand.applied_at.desc())
            return uow.session.scalars(asked.limit(1)).one()

    return find


def test_from_a_line_on_the_first_page_to_a_spot_in_the_hall(
    scene: Scene,
    app: Flask,
    own_stand: Callable[[], Stand],
    work: Callable[[], None],
    mails: Callable[[], list[tuple[str, str]]],
) -> None:
    scene.team.get("/organisation")
    assert f'href="{scene.page}"' in scene.team.page
    scene.team.get(scene.page)
    assert "You ask for a stand." in scene.team.text
    scene.team.send(f"{scene.page}/stand", **SAID, training="yes", training_size="2")
    assert "Waits for the info desk" in scene.team.text
    assert "Has a seat in the training" in scene.team.text
    scene.desk.get("/desk")
    assert "1 stand waits for a yes." in scene.desk.text
    scene.desk.get(f"/desk/markets/{scene.market.id}/stands")
    assert "Nothing is missing" in scene.desk.text
    stand = f"/desk/markets/stands/{own_stand().id}"
    scene.desk.send(stand, do="confirm")
    scene.desk.send(stand, do="place", spot="B3")
    assert "It stands at B3 now." in scene.desk.text
    work()
    assert any("is confirmed" in text for _, text in mails())
    scene.team.get(scene.page)
    assert "B3" in scene.team.text
    link = _LINK.search(scene.team.page)
    assert link
    Browser(app, language="en").get(unescape(link[1]))


def test_pressed_twice_it_is_asked_once(scene: Scene, core: Core) -> None:
    scene.team.get(f"{scene.page}/stand")
    form_id = _FORM_ID.findall(scene.team.page)[0]
    for _ in range(2):
        scene.team.post(f"{scene.page}/stand", **SAID, training="yes", training_size="2", form_id=form_id)
        scene.team.get(f"{scene.page}/stand")
    with core.units.read() as uow:
        mine = select(func.count()).select_from(Stand).where(Stand.account_id.is_not(None))
        parties = select(func.count()).select_from(GatheringParty)
        assert [uow.session.scalar(each) for each in (mine, parties)] == [1, 1]


def test_what_is_wrong_is_said_and_what_was_typed_stays(scene: Scene) -> None:
    wrong = SAID | {"offer_nl": "", "languages": [], "seats": "veel", "phone": "12"}
    scene.team.send(f"{scene.page}/stand", status=422, **wrong)
    for message in ("Tell in Dutch what people can do", "Tick at least one language", "Write a number"):
        assert message in scene.team.text
    assert 'value="veel"' in scene.team.page
    assert "Een stopcontact" in scene.team.text
    scene.team.post(f"{scene.page}/stand", status=422, **(SAID | {"phone": "12"}))
    assert 'id="phone-error"' in scene.team.page
    scene.team.post(f"{scene.page}/stand", status=422, **SAID, training="yes", training_size="0")
    assert 'id="training_size-error"' in scene.team.page, "no stand without the seats that were asked with it"
    scene.team.get(scene.page)
    assert "Waits for the info desk" not in scene.team.text


def test_the_desk_asks_for_a_word_where_nobody_was_trained_and_says_why_not(
    scene: Scene,
    own_stand: Callable[[], Stand],
    work: Callable[[], None],
    mails: Callable[[], list[tuple[str, str]]],
) -> None:
    scene.team.send(f"{scene.page}/stand", **SAID)
    assert "Not signed up for the training" in scene.team.text
    stand = f"/desk/markets/stands/{own_stand().id}"
    scene.desk.send(stand, do="confirm", status=409)
    assert "has no seat in the training" in scene.desk.text
    scene.desk.post(stand, do="refuse", reason_fr="Complet", status=422)
    assert 'id="reason_nl-error"' in scene.desk.page
    assert "Complet" in scene.desk.page
    scene.desk.send(stand, do="confirm", knows_how="yes")
    assert own_stand().trained_by is not None
    scene.desk.send(stand, do="refuse", reason_nl="De zaal is te klein.")
    assert own_stand().state == StandState.REFUSED
    work()
    assert any("De zaal is te klein." in text for _, text in mails())
    assert not any("is confirmed" in text for _, text in mails()), "what was overtaken is not sent"
    scene.team.get(scene.page)
    assert "De zaal is te klein." in scene.team.text
    scene.team.get(f"{scene.page}/stand")
    assert "Proef onze soep." in scene.team.page, "who asks again finds what they said before"


def test_a_viewer_reads_and_another_team_finds_its_own_page(scene: Scene, hire: Hire) -> None:
    scene.team.send(f"{scene.page}/stand", **SAID)
    viewer = hire(Role.VIEWER, language="en").browser
    viewer.get(scene.page)
    assert "Waits for the info desk" in viewer.text
    viewer.send(f"{scene.page}/withdraw", at=scene.page, status=403)
    other = hire(Role.OWNER, at="Een andere ploeg", language="en").browser
    other.send(f"{scene.page}/withdraw", at=scene.page)
    assert "Fatima" not in other.text
    scene.team.send(f"{scene.page}/withdraw", at=scene.page)
    assert "Does not come" in scene.team.text


def test_the_desk_writes_a_stand_in_and_lays_out_the_hall(scene: Scene, core: Core) -> None:
    scene.desk.get(f"/desk/markets/{scene.market.id}/stands/new")
    (whose,) = re.findall(rf'value="([0-9a-f]{{32}})">{POLLEPEL}', scene.desk.page)
    scene.desk.post(f"/desk/markets/{scene.market.id}/stands/new", status=422, **SAID)
    assert "Choose an organisation." in scene.desk.text
    scene.desk.post(f"/desk/markets/{scene.market.id}/stands/new", **SAID, organisation=whose)
    scene.desk.post(scene.desk.path, do="confirm", knows_how="yes")
    plan = f"/desk/markets/{scene.market.id}/plan"
    scene.desk.send(plan, do="all")
    assert "1 stand has a spot now." in scene.desk.text
    moved = scene.market.stands["A1"].hex
    scene.desk.post(plan, do="place", stand=moved, spot="A2", status=409)
    assert "Soep A2 stands at A2" in scene.desk.text.replace("\u2068", "").replace("\u2069", "")
    scene.desk.post(plan, do="place", stand=moved, spot="A2", swap="yes")
    with core.units.read() as uow:
        spots = [uow.session.get_one(Stand, scene.market.stands[each]).spot for each in ("A1", "A2")]
    assert spots == [2, 1]


def test_needs_are_counted_from_five_and_the_reading_is_written_down(scene: Scene, core: Core) -> None:
    with core.units.write() as uow:
        person = uow.session.get_one(Candidate, scene.market.candidate)
        person.needs_sealed = needs.seal(uow, {"ic.pictograms": Strength.MUST})
    stands = f"/desk/markets/{scene.market.id}/stands"
    scene.desk.get(stands)
    assert "fewer than 5" in scene.desk.text, "of sign languages, always"
    with core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(NeedReading)) == 0
    scene.desk.post(stands)
    row = re.search(r"Explained with pictures</th>(.*?)</tr>", scene.desk.page, re.DOTALL)
    assert row
    assert "fewer than" in row[1], "one is not told apart from none"
    with core.units.read() as uow:
        assert uow.session.scalars(select(NeedReading.purpose)).all() == ["prepare the market"]


@pytest.mark.parametrize(
    ("ahead", "opens"), [(AHEAD, False), (timedelta(minutes=-31), True)], ids=["to come", "on"]
)
def test_on_the_day_a_team_opens_the_page_of_its_stand_with_one_press(
    hire: Hire, core: Core, ahead: timedelta, opens: bool
) -> None:
    with core.units.write() as uow:
        market = make_market(uow, ahead=ahead)
    team = hire(Role.OWNER, at="Soep A1").browser
    team.get(f"/organisation/markets/{market.id}")
    assert ("Open the page of our stand" in team.text) is opens
    with core.units.read() as uow:
        link = stand_links.host_link(core.links, uow.session.get_one(Stand, market.stands["A1"]))
    assert (f'href="{link}"' in team.page) is opens

"""A market at the desk: written, drawn, opened, changed and called off; who helps there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire
from tests.integration.services.markets import SmallMarket, make_market
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Market, MarketHelper, Message
from volunteer.services import market_helpers
from volunteer.web.qr import qr_code

FORM: dict[str, Any] = {
    "title_nl": "Superdag",
    "about_nl": "Ontmoet organisaties.",
    "from": "13:00",
    "until": "17:30",
    "first_round": "13:30",
    "round_count": "6",
    "round_minutes": "15",
    "change_minutes": "5",
    "break_after_0": "3",
    "break_minutes_0": "20",
    "venue_name": "De Hal",
    "street": "Kaai 1",
    "wanted": "3",
    "access": ["ph.step_free_entrance"],
}

_TIMES: dict[str, Any] = {"round_minutes": "20", "change_minutes": "5"}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def day(core: Core) -> str:
    with core.units.read() as uow:
        return uow.today.replace(year=uow.today.year + 1, day=1).isoformat()


@pytest.fixture
def small(core: Core) -> SmallMarket:
    with core.units.write() as uow:
        return make_market(uow)


def _written(desk: Browser, day: str, **given: Any) -> str:
    """The path of a new draft."""
    desk.send("/desk/markets/new", day=day, **{**FORM, **given})
    found = re.search(
        r'action="(/desk/markets/[0-9a-f-]{36})/publish"|href="(/desk/markets/[0-9a-f-]{36})/hall"', desk.page
    )
    assert found is not None
    return found[1] or found[2]


def _markets(core: Core) -> list[Market]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(Market)))


def test_a_market_goes_from_an_empty_form_to_open_by_its_next_step(
    desk: Browser, core: Core, day: str
) -> None:
    path = _written(desk, day)
    assert "Draw the hall" in desk.text
    desk.send(f"{path}/hall", name_A_nl="Mensen", spots_A="4", name_B_nl="Eten", spots_B="2", far=[])
    assert "4 of 4 free" in desk.text
    desk.get(path)
    assert "Name who helps" in desk.text
    desk.send(f"{path}/helpers", name="Idris", role="check_in")
    desk.get(path)
    desk.send(f"{path}/publish", at=path)
    assert "It is open." in desk.text
    (market,) = _markets(core)
    assert (market.state, market.rounds.breaks, market.rules["wanted"]) == ("open", {2: 20}, 3)
    assert [(each.letter, each.spots) for each in _zones(core)] == [("A", 4), ("B", 2)]


def _zones(core: Core) -> Iterator[Any]:
    with core.units.read() as uow:
        yield from uow.session.scalars(select(Market)).one().zones


def test_a_hall_that_is_not_drawn_keeps_a_market_closed(desk: Browser, core: Core, day: str) -> None:
    path = _written(desk, day)
    desk.send(f"{path}/helpers", name="Idris", role="check_in")
    desk.post(f"{path}/publish", status=422)
    assert "Draw the hall first" in desk.text
    desk.send(f"{path}/hall", name_A_nl="", spots_A="")
    assert "No zone is drawn yet." in desk.text
    assert _markets(core)[0].opened_at is None


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("day", {"day": ""}, "Choose a day."),
        ("until", {"until": "15:00"}, "The last round would end at 15:45."),
        ("first_round", {"first_round": "12:30"}, "The first round begins once the doors are open."),
        ("round_count", {"round_count": "41"}, "Give a number from 1 to 40."),
        ("round_minutes", {"round_minutes": "x"}, "Write a number, such as 12."),
        ("break_after_0", {"break_after_0": "6"}, "A break comes after a round that is not the last."),
        ("break_minutes_0", {"break_minutes_0": ""}, "Write a number, such as 12."),
        ("signup_day", {"signup_day": "morgen"}, "Write the day as 2026-03-10."),
        ("wanted", {"wanted": "9"}, "Give a number from 1 to"),
        ("training", {"training": "x"}, "Choose a training of organisations from the list."),
        ("access", {"access": ["ph.nothing"]}, "ph.nothing"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_stays(
    desk: Browser, core: Core, day: str, field: str, wrong: dict[str, Any], said: str
) -> None:
    desk.send("/desk/markets/new", status=422, **{**FORM, "day": day, **wrong})
    assert said in desk.text
    assert f'href="#{field}"' in desk.page
    assert 'value="Superdag"' in desk.page
    assert _markets(core) == []


def test_the_same_form_again_makes_no_second_market(desk: Browser, core: Core, day: str) -> None:
    desk.get("/desk/markets/new")
    number = re.search(r'name="form_id" value="([^"]+)"', desk.page)
    assert number is not None
    for _ in range(2):
        desk.post("/desk/markets/new", form_id=number[1], day=day, **FORM)
    assert len(_markets(core)) == 1


def test_the_form_shows_what_was_said_and_the_hours_of_every_round(desk: Browser, day: str) -> None:
    path = _written(desk, day)
    desk.get(f"{path}/change")
    assert 'value="Kaai 1"' in desk.page
    assert "13:30–13:45" in desk.text
    assert "14:50–15:05" in desk.text
    desk.send(f"{path}/change", day=day, **{**FORM, "street": "Kaai 2"})
    assert "Kaai 2" in desk.text


def test_a_zone_where_somebody_stands_is_not_taken_away(desk: Browser, small: SmallMarket) -> None:
    path = f"/desk/markets/{small.id}/hall"
    desk.send(path, status=422, name_A_nl="", spots_A="", name_B_nl="Eten", spots_B="3")
    assert "There is a stand at A2." in desk.text


def test_what_is_wrong_in_the_hall_is_in_sight(desk: Browser, small: SmallMarket) -> None:
    path = f"/desk/markets/{small.id}/hall"
    desk.send(path, status=422, name_A_nl="Mensen", name_A_fr="85.07.30-033.28", spots_A="3")
    before, _field, _after = desk.page.partition('id="name_A_fr"')
    assert before.rpartition("<details")[2].startswith(' class="more" open>')
    # And nothing stands between what is wrong and where it is mended.
    assert "hall-drawn" not in desk.page
    desk.get(path)
    assert "hall-drawn" in desk.page


def test_calling_it_off_needs_a_reason_and_tells_everyone(
    desk: Browser, core: Core, small: SmallMarket, work: Callable[[], None]
) -> None:
    path = f"/desk/markets/{small.id}/cancel"
    desk.send(path, status=422, reason_fr="Il neige.")
    assert "Say in Dutch why it does not go on." in desk.text
    desk.send(path, reason_nl="Het sneeuwt.")
    assert "Called off" in desk.text
    work()
    with core.units.read() as uow:
        told = uow.session.scalars(select(Message).where(Message.kind.endswith("_cancelled"))).all()
        kinds = sorted((each.kind, each.recipient) for each in told)
        to_people = {each.recipient_id for each in told if each.kind == "market_cancelled"}
    # Amina has a file; Bart, Chloé and Elif left a number, Dawit none; Veerle brings the group; five stands.
    people = [("market_cancelled", who) for who in ("account", "candidate", "market", "market", "market")]
    assert kinds == people + [("stand_day_cancelled", "organisation")] * 5
    assert small.visitors["Dawit"] not in to_people


def test_another_venue_is_told_to_everyone_with_a_way_to_see_it(
    desk: Browser, core: Core, small: SmallMarket, work: Callable[[], None], mails: Callable[[], list[Any]]
) -> None:
    desk.get(f"/desk/markets/{small.id}/change")
    fields = {
        name: value
        for name, value in re.findall(
            r'<input class="input[^"]*" id="(\w+)" name="\w+"[^>]*value="([^"]*)"', desk.page
        )
        if value
    }
    desk.send(
        f"/desk/markets/{small.id}/change", **{**fields, **_words(core, small), "venue_name": "De Loods"}
    )
    assert "Saved." in desk.text
    work()
    stands = [text for to, text in mails() if "@soep.example" in to]
    assert len(stands) == 5
    assert all("De Loods" in text for text in stands)


def _words(core: Core, small: SmallMarket) -> dict[str, str]:
    with core.units.read() as uow:
        said = uow.session.get_one(Market, small.id).texts["nl"]
        return {f"{name}_nl": words for name, words in said.items()}


def test_who_helps_has_a_link_until_they_do_not(desk: Browser, core: Core, small: SmallMarket) -> None:
    path = f"/desk/markets/{small.id}/helpers"
    desk.send(path, status=422, name="Olha", role="interpreter")
    assert "Choose the languages of this interpreter." in desk.text
    assert 'value="Olha"' in desk.page
    desk.send(path, name="Olha", role="interpreter", languages=["uk"], away=["3"])
    with core.units.read() as uow:
        rows = uow.session.scalars(select(MarketHelper)).all()
        helper = next(each for each in rows if market_helpers.name_of(uow, each) == "Olha")
        link = market_helpers.door_link(core.links, helper)
        assert helper.away == [3]
    assert link.rpartition("/")[2][:40] in desk.page
    desk.send(f"/desk/markets/helpers/{helper.id}", name="Olha", role="interpreter", languages=["uk", "ru"])
    assert "Russian" in desk.text
    desk.post(f"/desk/markets/helpers/{helper.id}/end")
    desk.get(path)
    assert "Olha" not in desk.text


def test_a_market_near_stands_on_the_page_of_today(desk: Browser, small: SmallMarket) -> None:
    desk.get("/desk")
    assert f'href="/desk/markets/{small.id}"' in desk.page


@pytest.mark.parametrize("path", ["", "/change", "/hall", "/helpers", "/cancel"])
def test_a_market_that_is_not_there_is_said_so(desk: Browser, path: str) -> None:
    desk.get(f"/desk/markets/{UUID(int=1)}{path}", status=404)
    assert "This market is not there any more." in desk.text


def test_the_hours_of_the_rounds_are_shown_before_anything_is_saved(
    desk: Browser, core: Core, small: SmallMarket
) -> None:
    hard: dict[str, Any] = {"title_nl": "Markt", "about_nl": "Wij doen dit in het kader van de buurt."}
    for path in ("/desk/markets/new", f"/desk/markets/{small.id}/change"):
        desk.send(path, do="times", first_round="14:00", round_count="2", **_TIMES, **hard)
        assert "nothing is saved yet 1 14:00–14:20 2 14:25–14:45" in desk.text
        assert "in het kader van" in desk.text.partition("Easy to read?")[2]
        desk.post(path, status=422, do="times", first_round="14:00", round_count="0", **_TIMES)
        assert "Give a number from 1 to" in desk.text
    (only,) = _markets(core)
    assert (only.id, only.round_count) == (small.id, 4)


def test_a_helper_scans_their_link_at_the_desk(desk: Browser, core: Core, small: SmallMarket) -> None:
    desk.get(f"/desk/markets/helpers/{small.interpreter}")
    with core.units.read() as uow:
        link = market_helpers.door_link(core.links, market_helpers.found(uow, small.interpreter))
    assert str(qr_code(link)) in desk.page

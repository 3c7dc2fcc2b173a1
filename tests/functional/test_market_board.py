"""The board in the hall: what it says as the day goes on, to how many screens, and that it names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.fakes import HandClock, RecordingBell
from tests.functional.browsing import Browser
from tests.integration.services.markets import VISITORS, SmallMarket, make_market, plan
from volunteer import times_in_words
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.market_days import MarketState, VisitState
from volunteer.models import Market, MarketHelper, Stand, Timetable, Visit
from volunteer.models.base import field_name

EVERY = ("en", "nl", "fr", "ar")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def core(settings: Settings, clock: HandClock, bell: RecordingBell) -> Iterator[Core]:
    """A core whose time we make."""
    made = make_core(settings, clock=clock, bell=bell)
    yield made
    made.close()


@pytest.fixture
def market(core: Core, clock: HandClock) -> SmallMarket:
    """A market whose first round begins now; four meetings fill zone B, and one in A has an interpreter."""
    with core.units.write() as uow:
        made = make_market(uow, ahead=timedelta(minutes=-30))
        people = list(made.visitors.values())
        for visitor, spot in zip(people, ("B1", "B1", "B2", "B2"), strict=False):
            plan(uow, visitor, made.stands[spot], 0)
        plan(uow, made.members[0], made.stands["A1"], 0, interpreter="ar")
    return made


def _board(app: Flask, market: SmallMarket) -> str:
    browser = Browser(app, language="en")
    browser.get(f"/board/{market.id}")
    return browser.text


def test_it_says_where_there_is_room_and_who_interprets(app: Flask, market: SmallMarket) -> None:
    said = _board(app, market)
    assert "Round 1 of 4" in said
    assert "A Mensen 2 free Interpreter \u2068Arabic · العربية\u2069" in said
    assert "B Eten Full Free at" in said
    assert "C Maken 2 free" in said
    assert "Zoek de letter op je kaart" in said
    assert "الحرف على بطاقتك" in said


def test_it_goes_through_the_day(app: Flask, market: SmallMarket, clock: HandClock) -> None:
    seen = []
    for minutes in (0, 15, 20, 15, 40, 30):
        clock.go_on(minutes=minutes)
        seen.append(_board(app, market))
    for said, words in zip(
        seen,
        (
            "Round 1 of 4",
            "Go to your next meeting",
            "Break until",
            "Round 3 of 4",
            "Thank you for coming",
            "Thank you for coming",
        ),
        strict=True,
    ):
        assert words in said


def test_it_names_nobody_who_comes(app: Flask, core: Core, market: SmallMarket) -> None:
    page = Browser(app).get(f"/board/{market.id}").get_data(as_text=True)
    with core.units.read() as uow:
        ids = [str(each) for each in (*market.visitors.values(), *market.stands.values())]
        assert uow.session.get(Stand, market.stands["A1"]) is not None
    assert not [each for each in (*VISITORS, "Rasha", "Soep", "Klas 1", *ids) if each in page]


def test_who_is_at_the_door_is_named_on_the_day_by_a_first_name(
    app: Flask, core: Core, market: SmallMarket, clock: HandClock
) -> None:
    with core.units.write() as uow:
        helper = uow.session.get_one(MarketHelper, market.at_the_door)
        sealed = uow.keyring.seal("Idris Haddad", field=field_name("market_helpers", "name_sealed"))
        helper.name_sealed = sealed
    said = _board(app, market)
    assert "Idris Help at the door Hulp aan de deur" in said
    assert not [each for each in ("Haddad", *core.settings.centre.people) if each in said]
    with core.units.write() as uow:
        uow.session.get_one(MarketHelper, market.at_the_door).ended_at = uow.now
    clock.go_on(seconds=1)
    assert "Help at the door" in _board(app, market)
    assert "Idris" not in _board(app, market)
    clock.go_on(days=-1)
    assert "Idris" not in _board(app, market)


def test_a_day_to_come_has_its_date_in_each_language(
    app: Flask, market: SmallMarket, clock: HandClock
) -> None:
    clock.go_on(days=-3)
    said = _board(app, market)
    days = [times_in_words.day(clock.now() + timedelta(days=3), code, "Europe/Brussels") for code in EVERY]
    assert "It is now" not in said
    assert [day for day in days if day not in said] == []
    clock.go_on(days=3, minutes=-10)
    assert days[0] not in _board(app, market)


def test_it_speaks_the_languages_of_the_centre_the_readers_first(
    app: Flask, core: Core, market: SmallMarket, clock: HandClock
) -> None:
    said = _board(app, market)
    for words in ("Free Full", "Vrij Vol", "Libre Complet", "شاغر ممتلئ"):
        assert words in said
    clock.go_on(minutes=15)
    said = _board(app, market)
    for words in ("Go to your next meeting Ga naar", "Allez"):
        assert words in said
    with core.units.write() as uow:
        stand = uow.session.get_one(Stand, market.stands["B2"])
        stand.late_minutes, stand.late_at = 10, uow.now
        uow.session.get_one(Market, market.id).board_note = {"nl": "Soep om vijf uur.", "fr": "Soupe à 17 h."}
    clock.go_on(seconds=2)
    page = Browser(app, language="fr").get(f"/board/{market.id}").get_data(as_text=True)
    news = re.findall(r'class="board-news[^"]*" lang="(\w\w)" dir="(\w+)">(.*?)</div>', page, re.DOTALL)
    assert [(code, direction) for code, direction, _words in news] == [
        ("fr", "ltr"),
        ("nl", "ltr"),
        ("en", "ltr"),
        ("ar", "rtl"),
    ]
    assert "Soupe" in news[0][2]
    assert "Soep" in news[1][2]
    assert "Loopt uit: B2" in news[1][2]
    assert 'lang="nl" dir="ltr">Soep' in news[3][2]


def test_a_meeting_that_falls_away_is_a_free_seat_within_a_second(
    app: Flask, core: Core, market: SmallMarket, clock: HandClock
) -> None:
    assert "B Eten Full" in _board(app, market)
    with core.units.write() as uow:
        here = Visit.stand_id == market.stands["B1"]
        uow.session.scalars(select(Visit).where(here).limit(1)).one().state = VisitState.MISSED
    assert "B Eten Full" in _board(app, market)
    clock.go_on(seconds=1)
    assert "B Eten 1 free" in _board(app, market)


def test_hundreds_of_screens_are_one_reading(
    app: Flask, core: Core, market: SmallMarket, clock: HandClock
) -> None:
    client, path = app.test_client(), f"/board/{market.id}/now"
    first = client.get(path)
    asked: list[str] = []
    event.listen(core.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for _ in range(300):
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert asked == []
    clock.go_on(seconds=2)
    later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 304
    assert datetime.fromisoformat(later.headers["As-Of"]) == clock.now()
    assert asked


def test_it_says_what_is_new(app: Flask, core: Core, market: SmallMarket) -> None:
    with core.units.write() as uow:
        uow.session.get_one(Market, market.id).board_note = {"nl": "Soep om vijf uur.", "en": "Soup at five."}
        stand = uow.session.get_one(Stand, market.stands["B2"])
        stand.late_minutes, stand.late_at = 10, uow.now
        uow.session.add(
            Timetable(
                id=uuid4(),
                market_id=market.id,
                number=2,
                state="published",
                is_replan=True,
                asked_at=uow.now,
                published_at=uow.now,
            )
        )
    said = _board(app, market)
    assert "Soup at five." in said
    assert "B2 by 10 minutes" in said
    assert "Some routes changed at" in said


def test_a_market_that_is_called_off_says_why(app: Flask, core: Core, market: SmallMarket) -> None:
    _turn_into(core, market.id, MarketState.CANCELLED)
    said = _board(app, market)
    assert "It does not go on" in said
    assert "The hall is wet." in said
    assert "free" not in said.replace("freely", "")


def test_what_is_not_told_yet_has_no_board(app: Flask, core: Core, market: SmallMarket) -> None:
    _turn_into(core, market.id, MarketState.DRAFT)
    for path in (f"/board/{market.id}", f"/board/{market.id}/now", f"/board/{uuid4()}"):
        Browser(app).get(path, status=404)


def _turn_into(core: Core, market_id: UUID, state: MarketState) -> None:
    with core.units.write() as uow:
        market = uow.session.get_one(Market, market_id)
        market.state, market.cancel_reason = state, {"en": "The hall is wet."}

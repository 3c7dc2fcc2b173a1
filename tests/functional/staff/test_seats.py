"""The page of a seat: what it says to one person and to a group, and what stays when nothing goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.gatherings import make_gathering
from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import Hire, Hired
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.links import Purpose
from volunteer.models import GatheringParty
from volunteer.services import gatherings

_ONLINE = "https://meet.example/abc"
_VISITOR: dict[str, Any] = {
    "name": "Amina",
    "channel": "sms",
    "contact_sms": "0470 12 34 51",
    "agrees": "yes",
}


@pytest.fixture
def make(core: Core) -> Callable[..., UUID]:
    def made(**given: Any) -> UUID:
        with core.units.write() as uow:
            return make_gathering(uow, **given)

    return made


def _join(app: Flask, gathering_id: UUID, language: str = "en") -> Browser:
    browser = Browser(app, language=language)
    browser.send(f"/agenda/{gathering_id}/join", **_VISITOR)
    return browser


def _call_off(core: Core, gathering_id: UUID) -> None:
    with core.units.write() as uow:
        gatherings.cancel(uow, gathering_id, {"nl": "De zaal is nat."})


def test_a_seat_of_what_was_called_off_says_so_everywhere(
    app: Flask, core: Core, hire: Hire, make: Callable[..., UUID]
) -> None:
    workshop = make(texts={"nl": {"title": "Wat?", "about": "Kom.", "directions": "Neem de lift."}})
    seat = _join(app, workshop)
    assert "Neem de lift." in seat.text
    person = Browser(app, language="en")
    sign_up(person)
    person.send(f"/agenda/{workshop}/mine", at=f"/agenda/{workshop}")
    _call_off(core, workshop)
    seat.get(seat.path)
    assert "Neem de lift." not in seat.text
    person.get("/me")
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/gatherings/{workshop}")
    for page in (seat, person, desk):
        assert "Does not go on" in page.text
        assert "You have a seat" not in page.text
        assert "Has a seat" not in page.text


def test_the_desk_is_told_nothing_untrue_of_what_was_called_off(
    app: Flask, core: Core, hire: Hire, make: Callable[..., UUID]
) -> None:
    workshop = make()
    _join(app, workshop)
    desk = hire(Role.DESK_WORKER).browser
    page = f"/desk/gatherings/{workshop}"
    desk.get(f"{page}/afterwards")
    assert "What they said" not in desk.text
    untrue = ("Signing up closes on", "At the door", "Have a seat")
    desk.get(page)
    assert [said in desk.text for said in untrue] == [True, True, True]
    desk.get(f"{page}/preview")
    assert f"{page}/change" in desk.page
    assert "Say it when you sign up" in desk.text
    _call_off(core, workshop)
    desk.get(page)
    assert [said in desk.text for said in untrue] == [False, False, False]
    desk.get(f"{page}/preview")
    assert f"{page}/change" not in desk.page
    assert "Say it when you sign up" not in desk.text
    desk.get(f"{page}/change")
    assert desk.path == page
    assert "This activity was called off." in desk.text


def test_a_seat_is_given_back_after_one_more_question(app: Flask, make: Callable[..., UUID]) -> None:
    seat = _join(app, make())
    assert "Are you sure? Then your seat goes to somebody else." in seat.text
    (fold,) = re.findall(r'<details class="more".*?</details>', seat.page, re.DOTALL)
    assert seat.page.count("does_not_come") == fold.count("does_not_come") == 1


def test_a_group_is_spoken_to_as_a_group(core: Core, make: Callable[..., UUID], teacher: Hired) -> None:
    workshop = make(seats=10)
    browser = teacher.browser
    browser.send(f"/support/gatherings/{workshop}", size="6", companions="1")
    with core.units.read() as uow:
        party = uow.session.scalars(select(GatheringParty.id)).one()
    browser.get(core.links.make(Purpose.SEAT, party).removeprefix(core.settings.public_url))
    assert "Your group has seats" in browser.text
    assert "You have a seat" not in browser.text
    assert browser.text.index("Come with more, or with fewer") < browser.text.index("None of us comes")
    assert 'href="/support/gatherings"' in browser.page


def test_the_list_of_a_team_says_what_it_booked_in_words_to_itself(
    make: Callable[..., UUID], teacher: Hired
) -> None:
    booked, open_one = make(seats=10), make(seats=10)
    browser = teacher.browser
    browser.send(f"/support/gatherings/{booked}", size="6", companions="1")
    browser.get("/support/gatherings")
    assert "Your group has seats" in browser.text
    assert "Has a seat" not in browser.text
    cards = [each.partition("</article>")[0] for each in browser.page.split("<article ")[1:]]
    said = {each: next(card for card in cards if str(each) in card) for each in (booked, open_one)}
    assert ["Look at it" in said[each] for each in (booked, open_one)] == [True, False]
    assert ["Sign up" in said[each] for each in (booked, open_one)] == [False, True]


def test_who_is_in_finds_the_link_and_the_calendar(app: Flask, core: Core, make: Callable[..., UUID]) -> None:
    both, online = make(seats=1, online_url=_ONLINE), make(online_url=_ONLINE, venue_name="", street="")
    seat = _join(app, both)
    assert f'href="{_ONLINE}"' in seat.page
    assert f"/agenda/{both}/calendar.ics" in seat.page
    assert "Or online" in seat.text
    assert "Show this code at the door" in seat.text
    waiting = Browser(app, language="en")
    waiting.send(f"/agenda/{both}/join", **{**_VISITOR, "contact_sms": "0470 12 34 52"})
    assert _ONLINE not in waiting.page
    assert "calendar.ics" not in waiting.page
    _call_off(core, both)
    seat.get(seat.path)
    assert _ONLINE not in seat.page
    assert "calendar.ics" not in seat.page
    far = _join(app, online)
    assert "You come online." in far.text
    assert "at the door" not in far.text
    assert 'class="qr"' not in far.page


def test_only_who_may_bring_a_group_is_offered_it(app: Flask, make: Callable[..., UUID]) -> None:
    workshop = make()
    way = f"/support/gatherings/{workshop}"
    for language, has_it in (("en", True), ("nl", True), ("ar", False)):
        visitor = Browser(app, language=language)
        visitor.get(f"/agenda/{workshop}")
        assert (way in visitor.page) is has_it
    person = Browser(app, language="en")
    sign_up(person)
    person.get(f"/agenda/{workshop}")
    assert way not in person.page


def test_an_address_and_a_moment_run_as_the_page_does(app: Flask, make: Callable[..., UUID]) -> None:
    workshop = make(street="Steenweg 5")
    visitor = Browser(app, language="ar")
    visitor.get(f"/agenda/{workshop}")
    assert "Steenweg 5" in visitor.page
    assert "<bdi>Steenweg 5" not in visitor.page
    visitor.get(f"/agenda/{workshop}/join")
    lead = visitor.page.partition('class="lead"')[2].partition("</p>")[0]
    assert "، " in lead
    assert ", " not in lead

"""An activity from the first word to who came: read, signed up for, waited for, booked, counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories.gatherings import make_gathering
from tests.factories.gatherings import sign_up as sign_up_visitor
from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import Hire, Hired
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.gatherings import GatheringKind
from volunteer.links import Purpose
from volunteer.models import Candidate, Gathering, GatheringHelpReading, GatheringParty

_FORM_ID = re.compile(r'name="form_id" value="([0-9a-f]{32})"')
VISITOR: dict[str, Any] = {"channel": "sms", "agrees": "yes"}
WRITTEN: dict[str, Any] = {
    "kind": "candidate_workshop",
    "title_nl": "Vrijwilligerswerk, iets voor mij?",
    "about_nl": "We praten samen over vrijwilligerswerk.",
    "from": "10:00",
    "until": "12:00",
    "venue_name": "Muntpunt",
    "street": "Munt 6",
    "seats": "12",
    "languages": ["nl", "fr"],
    "interpreters": ["vgt"],
    "access": ["ph.step_free_entrance"],
}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def make(core: Core) -> Callable[..., UUID]:
    def made(**given: Any) -> UUID:
        with core.units.write() as uow:
            return make_gathering(uow, **given)

    return made


def _join(app: Flask, gathering_id: UUID, name: str, phone: str, **given: Any) -> Browser:
    """Somebody without a file signs up, and sees their seat."""
    browser = Browser(app, language="en")
    page = f"/agenda/{gathering_id}/join"
    browser.send(page, **{**VISITOR, "name": name, "contact_sms": phone, **given})
    return browser


def _states(core: Core, gathering_id: UUID) -> list[tuple[int, str, int, int | None]]:
    with core.units.read() as uow:
        parties = uow.session.scalars(
            select(GatheringParty)
            .where(GatheringParty.gathering_id == gathering_id)
            .order_by(GatheringParty.number)
        )
        return [(each.number, each.state, each.size, each.attended) for each in parties]


def _make_it_today(core: Core, gathering_id: UUID) -> None:
    """It began a while ago."""
    with core.units.write() as uow:
        found = uow.session.get_one(Gathering, gathering_id)
        found.starts_at, found.ends_at = uow.now - timedelta(hours=1), uow.now + timedelta(hours=1)


def test_a_seat_that_comes_free_is_taken_by_a_button_and_by_no_scanner(
    app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=1)
    first = _join(app, workshop, "Amina", "0470 12 34 51")
    assert "Show this code at the door" in first.text
    assert 'class="qr"' in first.page
    second = _join(app, workshop, "Bilal", "0470 12 34 52")
    assert "You are number 1 in the line" in second.text
    first.get("/agenda")
    assert "Full. You can wait for a seat." in first.text
    first.get(f"/agenda/{workshop}")
    assert "you would be number 2" in first.text
    first.get(first_seat := _seat(core, workshop, 1))
    first.post(first_seat, do="does_not_come")
    assert "Somebody else is glad of the seat" in first.text
    for _scanner in range(2):
        second.get(_seat(core, workshop, 2))
        assert "A seat came free. Do you come?" in second.text
    assert _states(core, workshop) == [(1, "withdrawn", 1, None), (2, "offered", 1, None)]
    for _press in range(2):
        second.post(_seat(core, workshop, 2), do="comes")
        assert 'class="qr"' in second.page
    assert _states(core, workshop)[1] == (2, "in", 1, None)


def _seat(core: Core, gathering_id: UUID, number: int, purpose: Purpose = Purpose.SEAT) -> str:
    """The path of the page of this sign-up, as a message to a visitor says it."""
    with core.units.read() as uow:
        found = uow.session.scalars(
            select(GatheringParty.id).where(
                GatheringParty.gathering_id == gathering_id, GatheringParty.number == number
            )
        ).one()
    return core.links.make(purpose, found).removeprefix(core.settings.public_url)


def test_the_form_keeps_what_was_typed_in_any_language_and_does_nothing_twice(
    app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=5)
    browser, page = Browser(app, language="en"), f"/agenda/{workshop}/join"
    typed: dict[str, Any] = {
        **VISITOR,
        "name": "Amina",
        "contact_sms": "0470 12 34 51",
        "help": "ic.pictograms",
    }
    browser.send(page, **typed, status=422)
    assert 'id="agrees_to_help-error"' in browser.page
    assert 'value="0470 12 34 51"' in browser.page
    browser.post(page, **typed, language="ar")
    assert 'dir="rtl"' in browser.page
    assert 'value="Amina"' in browser.page
    assert _states(core, workshop) == []
    same: dict[str, Any] = {**typed, "agrees_to_help": "yes", "form_id": _FORM_ID.findall(browser.page)[0]}
    browser.post(page, **same)
    seat = browser.page
    browser.get(page)
    browser.post(page, **same)
    assert _states(core, workshop) == [(1, "in", 1, None)]
    assert "Amina" in seat
    again: dict[str, Any] = {**typed, "agrees_to_help": "yes"}
    browser.send(page, **again, status=409)
    assert 'value="Amina"' in browser.page


def test_a_visitor_and_the_desk_hear_everything_that_is_wrong_at_once(
    app: Flask, desk: Browser, make: Callable[..., UUID]
) -> None:
    workshop = make()
    wrong = {"name": "", "channel": "sms", "contact_sms": "12", "help": "ic.pictograms"}
    fields = ("name", "contact_sms", "agrees_to_help", "agrees")
    visitor = Browser(app, language="en")
    visitor.send(f"/agenda/{workshop}/join", **wrong, status=422)
    assert [each for each in fields if f'id="{each}-error"' in visitor.page] == list(fields)
    desk.send(f"/desk/gatherings/{workshop}/sign-up", **wrong, person_language="xx", status=422)
    asked = (*fields, "person_language")
    assert [each for each in asked if f'id="{each}-error"' in desk.page] == list(asked)


def test_a_person_with_a_file_comes_with_one_press_and_finds_it_in_their_file(
    app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=5)
    browser = Browser(app, language="en")
    sign_up(browser)
    browser.get(f"/agenda/{workshop}")
    before = browser.page
    for _press in range(2):
        browser.page = before
        browser.post(f"/agenda/{workshop}/mine")
        assert "Hello Amina" in browser.text
    browser.get("/me")
    assert "Your activities" in browser.text
    assert f"/agenda/{workshop}/my-seat" in browser.page
    assert _states(core, workshop) == [(1, "in", 1, None)]
    browser.get(f"/agenda/{workshop}")
    assert "You have a seat" in browser.text
    stranger = Browser(app, language="en")
    stranger.get(f"/agenda/{workshop}")
    assert "You have a seat" not in stranger.text


def test_a_support_worker_books_for_a_group_without_a_name(
    core: Core, make: Callable[..., UUID], teacher: Hired
) -> None:
    workshop = make(seats=10)
    browser, page = teacher.browser, f"/support/gatherings/{workshop}"
    browser.send(page, size="twelve", languages="ar", status=422)
    assert "What helps you all on that day?" in browser.text
    assert 'value="twelve"' in browser.page
    browser.send(page, size="6", companions="1", languages="ar")
    assert "6 people" in browser.text
    assert "Arabic" in browser.text
    browser.get(page)
    assert 'name="size"' not in browser.page
    seat = _seat(core, workshop, 1)
    browser.get(seat)
    browser.post(seat, do="size", size="11", companions="1", status=422)
    browser.post(seat, do="size", size="8", companions="1")
    assert _states(core, workshop) == [(1, "in", 8, None)]
    browser.post(seat, do="does_not_come")
    browser.get("/support/gatherings")
    assert "You signed up for" not in browser.text


def test_a_team_signs_up_for_its_training_and_not_for_what_is_for_others(
    core: Core, hire: Hire, make: Callable[..., UUID]
) -> None:
    training = make(seats=4, kind=GatheringKind.ORGANISATION_TRAINING)
    workshop = make(seats=4)
    team = hire(Role.EDITOR).browser
    team.send(f"/organisation/gatherings/{training}", at="/organisation/gatherings", size="3")
    assert "You have seats" in team.text
    team.get(f"/organisation/gatherings/{workshop}", status=404)
    team.get(f"/agenda/{training}")
    assert f"/organisation/gatherings/{training}" in team.page
    assert f"/agenda/{training}/join" not in team.page
    assert _states(core, training) == [(1, "in", 3, None)]


@pytest.mark.parametrize("kind", list(GatheringKind))
def test_who_is_logged_in_is_led_to_no_page_of_the_other_side(
    app: Flask, hire: Hire, make: Callable[..., UUID], teacher: Hired, kind: GatheringKind
) -> None:
    page = f"/agenda/{make(kind=kind)}"
    for browser in (hire(Role.EDITOR).browser, teacher.browser):
        browser.get(page)
        for link in re.findall(r'href="(/(?:support|organisation)/gatherings/[0-9a-f-]+)"', browser.page):
            browser.get(link)
    somebody = Browser(app, language="en")
    somebody.get(page)
    assert re.search(r'href="/(?:support|organisation)/gatherings/[0-9a-f-]+"', somebody.page)


def test_the_desk_writes_in_only_where_visitors_come_and_asks_what_they_offer(
    desk: Browser, make: Callable[..., UUID]
) -> None:
    training, day = make(kind=GatheringKind.ORGANISATION_TRAINING), make(kind=GatheringKind.COMPANY_DAY)
    desk.get(f"/desk/gatherings/{training}")
    assert f"/desk/gatherings/{training}/sign-up" not in desk.page
    written: dict[str, Any] = {
        "name": "Zohra",
        "person_language": "nl",
        "channel": "phone",
        "contact_phone": "0470 12 34 57",
        "agrees": "yes",
    }
    desk.send(f"/desk/gatherings/{training}/sign-up", **written, status=403)
    assert 'value="Zohra"' in desk.page
    desk.get(f"/desk/gatherings/{day}")
    assert f"/desk/gatherings/{day}/sign-up" in desk.page
    desk.get(f"/desk/gatherings/{day}/sign-up")
    assert 'name="expertise"' in desk.page
    assert "What helps this person on that day?" in desk.text


def test_the_desk_says_how_many_wait_before_and_not_how_many_ever_came(
    desk: Browser, app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=1)
    _join(app, workshop, "Amina", "0470 12 34 51")
    second = _join(app, workshop, "Bilal", "0470 12 34 52")
    second.post(_seat(core, workshop, 2), do="does_not_come")
    desk.send(
        f"/desk/gatherings/{workshop}/sign-up",
        name="Zohra",
        person_language="nl",
        channel="phone",
        contact_phone="0470 12 34 57",
        agrees="yes",
    )
    assert "they wait: number 1." in desk.text


def test_the_desk_writes_shows_publishes_changes_and_calls_off(desk: Browser, app: Flask, core: Core) -> None:
    with core.units.read() as uow:
        day = (uow.today + timedelta(days=9)).isoformat()
    desk.send("/desk/gatherings/new", **{**WRITTEN, "day": day, "seats": "many"}, status=422)
    assert 'id="seats-error"' in desk.page
    assert "Vrijwilligerswerk, iets voor mij?" in desk.page
    desk.send("/desk/gatherings/new", seats="12", status=422)
    empty = ("kind", "day", "from", "until")
    assert [each for each in empty if f'id="{each}-error"' in desk.page] == list(empty)
    desk.post("/desk/gatherings/new", **{**WRITTEN, "day": day, "about_nl": ""})
    with core.units.read() as uow:
        made = uow.session.scalars(select(Gathering.id)).one()
    page, visitor = f"/desk/gatherings/{made}", Browser(app, language="en")
    visitor.get(f"/agenda/{made}", status=404)
    desk.get(page)
    assert _not_said_in(desk) == ["Nederlands", "Français", "English", "العربية"]
    desk.send(f"{page}/publish", at=page, status=422)
    assert 'id="about_nl-error"' in desk.page
    desk.post(f"{page}/change", **{**WRITTEN, "day": day})
    desk.get(f"{page}/preview")
    assert "Entrance without steps" in desk.text
    desk.get(page)
    assert _not_said_in(desk) == ["Français", "English", "العربية"]
    desk.send(f"{page}/publish", at=page)
    assert "Not yet in" not in desk.text
    visitor.get(f"/agenda/{made}")
    for said in ("from 10:00 to 12:00", "Munt 6", "Flemish Sign Language", "12 seats left."):
        assert said in visitor.text
    desk.send(f"{page}/change", **{**WRITTEN, "day": day, "from": "11:00"})
    visitor.get("/agenda?kind=candidate_workshop&in=fr")
    assert "from 11:00 to 12:00" in visitor.text
    visitor.get("/agenda?in=tr")
    assert "Nothing like this for now." in visitor.text
    desk.send(f"{page}/cancel", reason_fr="Malade", status=422)
    assert "Empty: people read the Dutch words." in desk.text
    assert "Malade" in desk.page
    desk.send(f"{page}/cancel", reason_nl="Yasmina is ziek.")
    visitor.get(f"/agenda/{made}")
    assert "This does not go on. Yasmina is ziek." in visitor.text
    visitor.get(f"/agenda/{made}/join")
    assert "Signing up is closed." in visitor.text


def _not_said_in(desk: Browser) -> list[str]:
    """The languages that a draft is not written in, as they stand beside the button."""
    said = desk.text.partition("Not yet in: ")[2].split("As everybody")[0]
    return [each for each in ("Nederlands", "Français", "English", "العربية") if each in said[:60]]


def test_the_desk_writes_people_in_and_counts_them_by_ticket_and_by_list(
    desk: Browser, app: Flask, core: Core, make: Callable[..., UUID], teacher: Hired
) -> None:
    workshop = make(seats=20)
    page = f"/desk/gatherings/{workshop}"
    written: dict[str, Any] = {
        "name": "Zohra",
        "person_language": "ar",
        "channel": "phone",
        "contact_phone": "0470 12 34 57",
    }
    desk.send(f"{page}/sign-up", **written, status=422)
    assert 'value="Zohra"' in desk.page
    desk.post(f"{page}/sign-up", **written, agrees="yes")
    sign_up(person := Browser(app, language="en"))
    with core.units.read() as uow:
        candidate_id = uow.session.scalars(select(Candidate.id)).one()
    for _press in range(2):
        desk.send(f"{page}/people/{candidate_id}", at=f"/desk/people/{candidate_id}")
        assert "Has a seat" in desk.text
    teacher.browser.send(f"/support/gatherings/{workshop}", size="6", companions="1")
    assert _states(core, workshop) == [(1, "in", 1, None), (2, "in", 1, None), (3, "in", 6, None)]
    for name in ("Zohra", "Amina", "6 people"):
        desk.get(page)
        assert name in desk.text
    assert desk.client.get(f"{page}/attendance.pdf").data.startswith(b"%PDF")
    ticket = _seat(core, workshop, 1, Purpose.TICKET)
    person.get(ticket)
    assert person.path == f"/agenda/{workshop}"
    desk.get(ticket)
    assert "On the day itself" in desk.text
    _make_it_today(core, workshop)
    desk.get(ticket)
    for _press in range(2):
        desk.post(desk.path, do="here")
        assert "1 person of this sign-up is here." in desk.text
    desk.get(f"{page}/attendance")
    names = re.findall(r'name="(here_[0-9a-f]{32})" value="yes"', desk.page)
    (came,) = re.findall(r'name="(came_[0-9a-f]{32})"', desk.page)
    ticked: dict[str, Any] = {names[0]: "yes", names[2]: "yes", **_shown(desk)}
    desk.post(f"{page}/attendance", **{**ticked, came: "five"}, status=422)
    assert 'value="five"' in desk.page
    desk.post(f"{page}/attendance", **{**ticked, came: "5"})
    assert [each[3] for each in _states(core, workshop)] == [1, 0, 5]


def _shown(desk: Browser) -> dict[str, str]:
    """What the open list says of each by itself."""
    return dict(re.findall(r'<input type="hidden" name="(was_[0-9a-f]{32})" value="(\w+)"', desk.page))


def test_a_list_that_lay_open_says_nothing_against_the_door(
    desk: Browser, app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=20)
    for number in range(4):
        _join(app, workshop, "Amina", f"0470 12 34 6{number}")
    _make_it_today(core, workshop)
    tickets = [_seat(core, workshop, number, Purpose.TICKET) for number in (1, 2, 3)]
    desk.get(tickets[2])
    desk.post(desk.path, do="here")
    page = f"/desk/gatherings/{workshop}/attendance"
    desk.get(page)
    lay_open, shown = desk.page, _shown(desk)
    assert list(shown.values()) == ["none", "none", "1", "none"]
    desk.get(tickets[0])
    desk.post(desk.path, do="here")
    with core.units.write() as uow:
        gathering = uow.session.get_one(Gathering, workshop)
        gathering.signup_closes_at = gathering.ends_at
        sign_up_visitor(uow, workshop)
    desk.page = lay_open
    here = [each.replace("was", "here") for each in shown]
    ticked: dict[str, Any] = {**shown, here[1]: "yes"}
    desk.post(page, **ticked)
    assert [each[3] for each in _states(core, workshop)] == [1, 1, 0, 0, None]


def test_whoever_told_us_something_can_have_it_forgotten(
    desk: Browser, app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=5)
    for number in (1, 2):
        person = _join(
            app, workshop, "Amina", f"0470 12 34 5{number}", help="ic.pictograms", agrees_to_help="yes"
        )
    seat, at_desk = _seat(core, workshop, 1), _seat(core, workshop, 2, Purpose.TICKET)

    def kept() -> list[tuple[bool, bool]]:
        with core.units.read() as uow:
            every = uow.session.scalars(select(GatheringParty).order_by(GatheringParty.number)).all()
            return [(each.name_sealed is not None, each.help_sealed is not None) for each in every]

    person.get(seat)
    assert 'value="forget_me"' not in person.page
    person.post(seat, do="forget_me", status=409)
    desk.get(at_desk)
    for browser, path in ((person, seat), (desk, desk.path)):
        for _press in range(2):
            browser.post(path, do="forget_help")
    assert 'value="forget_help"' not in person.page
    assert kept() == [(True, False), (True, False)]
    _make_it_today(core, workshop)
    person.get(seat)
    desk.get(at_desk)
    assert "Forget this visitor" in desk.text
    for browser, path in ((person, seat), (desk, desk.path)):
        before = browser.page
        for _press in range(2):
            browser.page = before
            browser.post(path, do="forget_me")
    assert "Amina" not in person.text + desk.text
    assert kept() == [(False, False), (False, False)]
    assert [each[1] for each in _states(core, workshop)] == ["in", "in"]


def test_what_people_ask_for_is_added_up_and_the_look_is_written_down(
    desk: Browser, app: Flask, core: Core, make: Callable[..., UUID]
) -> None:
    workshop = make(seats=5)
    for number, asked in enumerate((["ic.pictograms"], ["ic.pictograms", "sv.children_welcome"], [])):
        _join(app, workshop, "Amina", f"0470 12 34 6{number}", help=asked, agrees_to_help="yes")
    page = f"/desk/gatherings/{workshop}"
    desk.get(page)
    assert "Explained with pictures" not in desk.text
    desk.send(f"{page}/help", at=page)
    assert "Explained with pictures 2×" in desk.text
    with core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(GatheringHelpReading)) == 2

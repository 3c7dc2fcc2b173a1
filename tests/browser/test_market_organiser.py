"""A market in Chromium, from an empty form to a pile of cards: the organiser, two stands and who comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.market_people import People, follow, press, printed
from tests.factories.gatherings import make_gathering
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.gatherings import GatheringKind
from volunteer.services import organisations

pytestmark = pytest.mark.browser
ABOUT = {
    "Title (Nederlands)": "Markt van de buurt",
    "What happens there? (Nederlands)": "Ontmoet mensen die jou kunnen gebruiken.",
    "Doors open": "13:00",
    "Doors close": "16:00",
    "First round": "13:30",
    "Rounds": "6",
    "Minutes each": "15",
    "Minutes to walk": "5",
    "Name of the venue": "De Hal",
    "Street and number": "Kaai 1",
}
POLLEPEL, WERKPLEK = "Buurtkeuken Pollepel", "Fietsatelier De Werkplek"


@pytest.fixture
def people(core: Core, open_page: Callable[..., Page]) -> People:
    """A training was planned for who asks for a stand, and two organisations are known."""
    with core.units.write() as uow:
        kind, ahead = GatheringKind.ORGANISATION_TRAINING, timedelta(days=3)
        make_gathering(uow, kind=kind, ahead=ahead, seats=5)
        for name in (POLLEPEL, WERKPLEK):
            organisations.by_name(uow, name, language="nl")
    return People(core, open_page)


def test_from_an_empty_form_to_a_pile_of_cards(
    people: People, core: Core, work: Callable[[], None], look: Look
) -> None:
    desk = people.logged_in(Role.DESK_WORKER)
    _write(desk, core, look)
    _draw_and_open(desk, look)
    market = desk.url
    team = people.logged_in(Role.OWNER, at=POLLEPEL)
    _ask_for_a_stand(team, look)
    _settle_stands(desk, look)
    work()
    team.goto("/organisation")
    follow(team, "Look at our stand")
    expect(team.locator("main .spot-line .figure")).to_have_text("A1")
    look(team)
    amina = people.open(market.replace("/desk/markets/", "/market/"), language="fr")
    _register(amina, look)
    _write_in(desk, look)
    _make_timetables(desk, work, look)
    _publish(desk, look)
    work()
    amina.reload()
    expect(amina.locator(".route-name bdi")).to_have_text([POLLEPEL, WERKPLEK])
    look(amina)
    _explain(desk, look)
    desk.goto(market)
    follow(desk, "To the papers")
    look(desk)
    (sheet,) = printed(desk, "Print all, four on A4")
    for word in ("Amina", "Dawit", "Pollepel", "De Werkplek", "Markt van de buurt"):
        assert word in sheet


def _write(desk: Page, core: Core, look: Look) -> None:
    """From the page of today to a draft."""
    look(desk)
    follow(desk, "Markets")
    look(desk)
    follow(desk, "A new market")
    with core.units.read() as uow:
        desk.get_by_label("Day", exact=True).fill((uow.today + timedelta(days=30)).isoformat())
    for label, words in ABOUT.items():
        desk.get_by_label(label, exact=True).fill(words)
    desk.get_by_label("Training for organisations").select_option(index=1)
    look(desk)
    press(desk, "Show the times")
    expect(desk.locator(".round-chips li")).to_have_count(6)
    look(desk)
    press(desk, "Keep as a draft")
    expect(desk.get_by_role("heading", name="Markt van de buurt")).to_be_visible()
    look(desk)


def _draw_and_open(desk: Page, look: Look) -> None:
    """Two zones, somebody at the door, and the doors of the form open; each by the next step."""
    follow(desk, "Draw the hall")
    for letter, name, spots in (("A", "Eten en buurt", "3"), ("B", "Maken", "2")):
        desk.locator(f"#name_{letter}_nl").fill(name)
        desk.locator(f"#spots_{letter}").fill(spots)
    look(desk)
    press(desk, "Save the hall")
    look(desk)
    follow(desk, "Back")
    follow(desk, "Name who helps")
    desk.get_by_label("First name").fill("Idris")
    desk.get_by_role("radio", name="Checks people in").check()
    press(desk, "Add")
    look(desk)
    follow(desk, "Markt van de buurt")
    press(desk, "Open it")
    expect(desk.locator(".flash-success")).to_be_visible()
    look(desk)


def _ask_for_a_stand(team: Page, look: Look) -> None:
    """From the page of the team, with two seats in the training."""
    look(team)
    follow(team, "Ask for a stand")
    look(team)
    follow(team, "Ask for a stand")
    team.get_by_label("At your stand (Nederlands)").fill("Proef onze soep.")
    team.get_by_role("checkbox", name="Cooking").check()
    for code in ("nl", "fr"):
        team.locator(f"[name=languages][value={code}]").check(force=True)
    team.get_by_label("How many people can talk").fill("2")
    team.get_by_label("Yes, sign us up").check()
    team.get_by_label("With how many do you come?").fill("2")
    look(team)
    press(team, "Ask for this stand")
    expect(team.locator(".flash-success")).to_be_visible()
    look(team)


def _settle_stands(desk: Page, look: Look) -> None:
    """One is confirmed, one written in by phone, and both get a spot."""
    follow(desk, "See the stands")
    look(desk)
    follow(desk, POLLEPEL)
    look(desk)
    press(desk, "Confirm this stand")
    follow(desk, "All stands")
    follow(desk, "Write a stand in")
    desk.get_by_label("Organisation", exact=True).select_option(label=WERKPLEK)
    desk.get_by_label("At the stand (Nederlands)").fill("Herstel je fiets met ons.")
    desk.get_by_role("checkbox", name="Repairing").check()
    desk.locator("[name=languages][value=nl]").check(force=True)
    desk.locator("[name=languages][value=fr]").check(force=True)
    desk.get_by_label("How many people at the same time?").fill("2")
    look(desk)
    press(desk, "Keep it")
    desk.get_by_label("They know how it goes").check()
    press(desk, "Confirm this stand")
    look(desk)
    follow(desk, "All stands")
    follow(desk, "Plan of the hall")
    look(desk)
    press(desk, "Give 2 stands a spot")
    expect(desk.locator(".hall-tile a")).to_have_count(2)
    look(desk)


def _register(phone: Page, look: Look) -> None:
    """On a phone, in French: as short as it can be."""
    look(phone)
    with phone.expect_navigation():
        phone.locator(".detail-side .button").click()
    look(phone)
    phone.locator("#name").fill("Amina")
    phone.locator("[name=languages][value=fr]").check(force=True)
    phone.locator("#agrees").check()
    look(phone)
    with phone.expect_navigation():
        phone.locator(".actions button").click()
    expect(phone.locator(".card-number b")).to_have_text("1")
    look(phone)


def _write_in(desk: Page, look: Look) -> None:
    """Somebody who came to the desk."""
    follow(desk, "All stands")
    follow(desk, "Markt van de buurt")
    follow(desk, "People and groups")
    look(desk)
    follow(desk, "Write somebody in")
    desk.get_by_role("textbox", name="First name").fill("Dawit")
    desk.get_by_label("In which language do we write?").select_option("en")
    desk.locator("[name=languages][value=nl]").check(force=True)
    desk.get_by_label("I read this aloud").check()
    look(desk)
    press(desk, "Write in")
    expect(desk.locator(".flash-success")).to_be_visible()
    look(desk)


def _make_timetables(desk: Page, work: Callable[[], None], look: Look) -> None:
    """Two, of which one gives everybody one meeting: a worker makes them while the page looks on."""
    follow(desk, "Who comes")
    follow(desk, "Back to the market")
    follow(desk, "To the timetable")
    look(desk)
    for number, wanted in ((1, "1"), (2, "2")):
        desk.get_by_label("How many meetings are usual?").fill(wanted)
        press(desk, "Make it")
        expect(desk.get_by_role("status")).to_contain_text(f"Timetable {number} is being made")
        look(desk)
        work()
        expect(desk.locator(".compare-table thead th")).to_have_count(number)
        expect(desk.get_by_role("status")).to_be_empty()
        expect(desk.locator("main .button:not(.button-second)")).to_have_text([f"Publish {number}"])
        look(desk)
    expect(desk.get_by_text("Timetable 2 serves more people.")).to_be_visible()


def _publish(desk: Page, look: Look) -> None:
    """The better one."""
    follow(desk, "Timetable 2")
    look(desk)
    follow(desk, "Publish")
    look(desk)
    press(desk, "Publish and tell everybody")
    expect(desk.locator(".flash-success")).to_be_visible()
    look(desk)


def _explain(desk: Page, look: Look) -> None:
    """Why this route; nobody has fewer meetings than the timetable was to give."""
    follow(desk, "Routes, and who is short")
    expect(desk.locator("h2 .number")).to_have_text("0")
    look(desk)
    desk.get_by_label("Number on the card").fill("1")
    press(desk, "Show the route")
    expect(desk.locator(".desk-route")).to_contain_text(POLLEPEL)
    look(desk)
    desk.get_by_label("Stand", exact=True).select_option(index=1)
    press(desk, "Tell me")
    expect(desk.get_by_role("status")).to_be_visible()
    look(desk)

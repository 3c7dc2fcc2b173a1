"""A person's suggestions in a real browser: one by one with the map, saying no, others, nothing fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.factories.city_map import load_districts
from volunteer.bootstrap import Core
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose as Agreed
from volunteer.domain.interests import Interests
from volunteer.domain.opportunities import Place, Posting
from volunteer.links import Purpose
from volunteer.services import candidates, opportunities, organisations

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
Work = Callable[[], None]
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def way_in(core: Core, work: Work) -> str:
    """Somebody from Anderlecht with ten roles to see; returns the link that opens their file."""
    with core.units.write() as uow:
        for number in range(10):
            posting = Posting(
                title=f"Koken {number}",
                description="Elke dinsdag koken we samen soep.",
                language="nl",
                tasks=frozenset({"t.cook", "t.serve"}),
                place=Place(street="Plein 1", municipality="elsene"),
                getting_there="Tram 81, halte Flagey. Bel aan.",
                contact_name="Fatima",
            )
            owner = organisations.by_name(uow, f"Keuken {number}", language="nl")
            uow.session.flush()
            opportunities.post(uow, posting, organisation_id=owner.id, said_by="test")
        person = SignUp(
            first_name="Amina",
            language="en",
            channel=Channel.DESK,
            municipality="anderlecht",
            interests=Interests.of(want=["t.cook"]),
            consents=frozenset({Agreed.ACCOUNT, Agreed.MATCH}),
        )
        candidate, _ = candidates.enrol(uow, person, origin="page")
        candidate_id: UUID = candidate.id
    work()
    return core.links.make(Purpose.OPEN_FILE, candidate_id).removeprefix(core.settings.public_url)


def opened(open_page: OpenPage, way_in: str, **options: Any) -> Page:
    """A browser in which the file is open, on the list."""
    page = open_page(way_in, **options)
    button = page.get_by_role("main").get_by_role("button")
    if button.count() == 1:
        with page.expect_navigation():
            button.click()
    page.goto("/me/suggestions")
    expect(page.locator(".suggestion").first).to_be_visible()
    return page


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_every_page_of_a_suggestion_can_be_used_by_everybody(
    open_page: OpenPage, way_in: str, look: Look, size: dict[str, int]
) -> None:
    page = opened(open_page, way_in, viewport=size)
    look(page)
    page.locator(".suggestion h3 a").first.click()
    expect(page.get_by_role("img", name="Map of the city. The place is in Ixelles.")).to_be_visible()
    expect(page.get_by_text("Your municipality: Anderlecht")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Not for me").click()
    page.wait_for_url("**/refuse")
    look(page)
    page.get_by_role("radio", name="It is too far").check()
    page.get_by_role("button", name="Take it off my list").click()
    expect(page.get_by_role("heading", name="Shall we look closer by?")).to_be_visible()
    look(page)
    page.goto("/me/suggestions/refused")
    look(page)
    page.goto("/me/nothing-fits")
    look(page)
    page.get_by_role("button", name="Tell the info desk").click()
    expect(page.locator("#error-summary")).to_be_focused()
    look(page)
    page.get_by_role("radio", name="There is nothing near me").check()
    page.get_by_role("button", name="Tell the info desk").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    look(page)


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
def test_in_every_language(open_page: OpenPage, way_in: str, look: Look, language: str) -> None:
    page = opened(open_page, way_in)
    page.goto(f"/language/{language}?next=/me/suggestions")
    one = page.locator(".suggestion h3 a").first.get_attribute("href")
    for path in ("/me/suggestions", one, f"{one}/refuse", "/me/nothing-fits", "/me/nothing-fits/others"):
        page.goto(str(path))
        expect(page.locator("html")).to_have_attribute("lang", language)
        look(page)


def test_districts_are_drawn_where_they_are_loaded(
    core: Core, open_page: OpenPage, way_in: str, look: Look
) -> None:
    load_districts(core)
    page = opened(open_page, way_in, viewport=WIDE, color_scheme="dark")
    page.locator(".suggestion h3 a").first.click()
    expect(page.locator(".city-map .map-there")).to_be_visible()
    drawn = page.locator(".city-map .map-there").bounding_box()
    assert drawn is not None
    assert drawn["width"] > 0
    look(page)


def test_others_come_by_themselves_and_the_first_stay(
    open_page: OpenPage, way_in: str, look: Look, work: Work
) -> None:
    page = opened(open_page, way_in)
    first = page.locator(".suggestion h3").all_inner_texts()
    page.get_by_role("button", name="Show others").click()
    live = page.locator("#suggestion-live")
    expect(live).to_contain_text("We look for others.")
    look(page)
    work()
    expect(live).to_contain_text("Here are 2 others.")
    expect(page.locator(".suggestion")).to_have_count(2)
    assert not set(first) & set(page.locator(".suggestion h3").all_inner_texts())
    look(page)
    page.get_by_role("link", name="Back to the ones before").click()
    expect(page.locator(".suggestion")).to_have_count(8)
    assert page.locator(".suggestion h3").all_inner_texts() == first


def test_by_keyboard_alone_and_without_scripts(open_page: OpenPage, way_in: str, work: Work) -> None:
    page = opened(open_page, way_in, java_script_enabled=False, viewport=WIDE)
    title = page.locator(".suggestion h3").first.inner_text()
    page.get_by_role("button", name="Save").first.press("Enter")
    expect(page.get_by_role("heading", name="Your short list")).to_be_visible()
    page.get_by_role("link", name="Not for me").first.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Take it off my list").press("Enter")
    expect(page.get_by_text("When do you have time?")).to_be_visible()
    page.get_by_role("button", name="That was a mistake. Put it back.").press("Enter")
    expect(page.locator(".suggestion h3").first).to_have_text(title)
    page.get_by_role("button", name="Show others").press("Enter")
    work()
    page.get_by_role("link", name="Show the new ones").press("Enter")
    expect(page.locator(".suggestion")).to_have_count(2)

"""The desk's pages about people in a real browser: by keyboard alone, without scripts, small and large."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.services import accounts

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PASSWORD = "een korte zin om binnen te komen"
SIZES = ({"width": 1440, "height": 900}, {"width": 820, "height": 1180}, {"width": 320, "height": 640})


@pytest.fixture
def at_desk(core: Core, open_page: OpenPage) -> OpenPage:
    """Opens the browser of a desk worker who is logged in."""
    with core.units.write() as uow:
        account = accounts.create(
            uow, name="Noor", email="desk@voorbeeld.example", password=PASSWORD, language="nl"
        )
        accounts.grant(uow, account, Role.DESK_WORKER)

    def open_it(path: str, **options: object) -> Page:
        page = open_page("/login", **{"language": "nl", "viewport": SIZES[0], **options})
        page.fill("#email", "desk@voorbeeld.example")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url("**/desk")
        page.goto(path)
        return page

    return open_it


def _fill_in(page: Page, *, name: str = "Amina") -> None:
    page.fill("#first_name", name)
    page.check("#is_16-yes")
    page.fill("#postal_code", "1000")
    page.select_option("#channel", "sms")
    page.fill("#contact_sms", "0470 12 34 56")
    page.check("#consent_account-yes")
    page.check("#consent_match-yes")
    page.check("#consent_needs-no")


def _send(page: Page) -> None:
    page.click("#enrolment .dense-foot > p button")
    page.wait_for_load_state()


def test_a_file_is_opened_without_touching_the_mouse(at_desk: OpenPage, core: Core) -> None:
    page = at_desk("/desk")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/people/new")
    expect(page.locator("#speaks-nl")).to_be_focused()

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector} by Tab")

    tab_to("[name=person_language]")
    page.keyboard.press("ArrowRight")
    tab_to("#first_name")
    page.keyboard.type("Amina")
    tab_to("[name=is_16]")
    page.keyboard.press("Space")
    tab_to("#postal_code")
    page.keyboard.type("1000")
    tab_to("#channel")
    page.keyboard.type("Met een sms")
    tab_to("#contact_sms")
    page.keyboard.type("0470123456")
    tab_to("#tasks-filter")
    page.keyboard.type("kok")
    page.keyboard.press("Enter")
    tab_to("#tongues-filter")
    page.keyboard.type("arab")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    for consent in ("#consent_account-yes", "#consent_match-yes"):
        tab_to(consent)
        page.keyboard.press("Space")
    tab_to("[name=consent_needs]")
    page.keyboard.press("Space")
    expect(page.locator(".dense-needs")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina")
    expect(page.get_by_text("Koken", exact=True)).to_be_visible()
    expect(page.get_by_text("العربية\u2069 (heel goed)")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("aminah")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/people")
    page.get_by_role("link", name="Amina").press("Enter")
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))


def test_needs_are_asked_only_after_the_spoken_yes(at_desk: OpenPage) -> None:
    page = at_desk("/desk/people/new")
    expect(page.locator(".dense-needs")).to_be_hidden()
    page.check("#consent_needs-yes")
    expect(page.locator(".dense-needs")).to_be_visible()


def test_the_words_to_read_aloud_follow_the_person(at_desk: OpenPage) -> None:
    page = at_desk("/desk/people/new")
    expect(page.locator(".aloud-ar").first).to_be_hidden()
    page.check("#speaks-ar")
    expect(page.locator(".aloud-ar").first).to_be_visible()
    expect(page.locator(".aloud-fr").first).to_be_hidden()


def test_while_typing_the_desk_hears_of_a_file_that_is_there(at_desk: OpenPage, look: Look) -> None:
    page = at_desk("/desk/people/new")
    _fill_in(page)
    _send(page)
    page.goto("/desk/people/new")
    page.fill("#first_name", "Aminah")
    page.fill("#postal_code", "1000")
    page.press("#postal_code", "Tab")
    expect(page.get_by_text("Misschien kennen we deze persoon")).to_be_visible()
    look(page)
    _fill_in(page, name="Aminah")
    _send(page)
    expect(page.get_by_role("button", name="Iemand anders: ga verder")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Iemand anders: ga verder").press("Enter")
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))


def test_enter_never_presses_a_button_above_and_nothing_typed_is_lost(at_desk: OpenPage, look: Look) -> None:
    page = at_desk("/desk/people/new")
    _fill_in(page)
    _send(page)
    known = page.url
    page.goto("/desk/people/new")
    page.fill("#first_name", "Aminah")
    page.fill("#postal_code", "1000")
    page.press("#postal_code", "Tab")
    expect(page.get_by_role("button", name="Het is Amina: open")).to_be_visible()
    page.press("#first_name", "Enter")
    expect(page.locator("#error-summary")).to_be_visible()
    assert page.url.endswith("/desk/people/new"), "Enter sends the form, and does not leave for the file"
    page.fill("#first_name", "Aminaah")
    page.press("#first_name", "Tab")
    page.get_by_role("button", name="Het is Amina: open").click()
    page.wait_for_url(known)
    expect(page.get_by_text("Wat je typte, is er nog")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Overnemen wat nieuw is").click()
    page.wait_for_url("**/answers?with=typed")
    expect(page.locator("#postal_code")).to_have_value("1000")
    look(page)


def test_what_helps_and_a_yes_are_changed_by_keyboard_alone(at_desk: OpenPage, look: Look) -> None:
    page = at_desk("/desk/people/new")
    _fill_in(page)
    page.check("#consent_needs-yes")
    _send(page)
    page.get_by_role("button", name="Toon wat helpt").press("Enter")
    page.wait_for_url("**/needs*")
    expect(page.locator("input[name='need_sv.buddy'][value=must]")).to_be_visible()
    look(page)
    page.focus("input[name='need_sv.buddy'][value=must]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De suggesties worden opnieuw gemaakt")).to_be_visible()
    page.locator("#agreed summary").first.press("Enter")
    look(page)
    page.get_by_role("button", name="Schrijf op: ingetrokken").press("Enter")
    expect(page.get_by_text("ingetrokken bij Noor")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_foot_is_one_row_on_a_tablet(at_desk: OpenPage, language: str) -> None:
    page = at_desk("/desk", viewport=SIZES[1])
    page.goto(f"/language/{language}?next=/desk")
    page.goto("/desk")
    box = page.locator(".keys").bounding_box()
    assert box is not None
    assert box["height"] < 80


def test_everything_works_without_scripts(at_desk: OpenPage) -> None:
    page = at_desk("/desk/people/new", java_script_enabled=False)
    _fill_in(page)
    page.check("input[name=tasks_want][value='t.board']")
    page.select_option("select[name=level_ti]", "3")
    _send(page)
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))
    page.fill("#search", "emina amina")
    page.fill("#search", "amina")
    page.press("#search", "Enter")
    page.wait_for_url("**/desk/people")
    expect(page.get_by_role("link", name="Amina")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_every_page_is_fit_for_everybody(
    at_desk: OpenPage, look: Look, size: dict[str, int], role: object, work: Callable[[], None]
) -> None:
    page = at_desk("/desk/people/new", viewport=size)
    look(page)
    _send(page)
    look(page)
    _fill_in(page)
    page.check("#consent_needs-yes")
    page.check("#speaks-ar")
    look(page)
    _send(page)
    work()
    person = page.url
    page.goto(person)
    look(page)
    page.goto(f"{person}/answers")
    look(page)
    page.goto(f"{person}/erase")
    look(page)
    page.goto(person)
    page.get_by_role("link", name="Wil kennismaken").first.click()
    page.wait_for_url("**/meet/**")
    look(page)
    page.goto("/desk/people/new")
    _fill_in(page, name="Aminah")
    _send(page)
    page.get_by_role("button", name="Iemand anders: ga verder").click()
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))
    page.goto(f"{page.url}/same/{person.rpartition('/')[2]}")
    look(page)
    page.get_by_role("button", name="Zelfde persoon").click()
    page.wait_for_load_state()
    look(page)
    page.goto("/desk/people")
    page.fill("#search", "amina")
    page.press("#search", "Enter")
    page.wait_for_load_state()
    look(page)

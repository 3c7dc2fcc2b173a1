"""The sign-up in a real browser, on a phone: by touch, by keyboard, without scripts, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import FILL, GO_ON_BY_THEMSELVES, Look, answer, press_next, sign_up

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_every_page_can_be_used_by_everyone(
    open_page: OpenPage, look: Look, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/", language=language)
    look(page)
    page.locator(".door-main").click()
    sign_up(page, look)
    look(page)
    work()
    expect(page.locator("article.suggestion")).to_have_count(1)
    expect(page.locator("#suggestion-poll")).to_have_count(0)
    look(page)
    page.locator("article.suggestion form button").first.click()
    page.wait_for_url(re.compile(r"/meet\??$"))
    look(page)
    press_next(page)
    page.wait_for_url("**/me")
    expect(page.locator(".introduction .pill")).to_have_count(1)
    look(page)


def test_suggestions_appear_by_themselves(open_page: OpenPage, role: UUID, work: Callable[[], None]) -> None:
    page = open_page("/signup/name")
    sign_up(page)
    expect(page.locator(".live-busy")).to_be_visible()
    work()
    expect(page.get_by_text("Koken met de ploeg")).to_be_visible()
    expect(page.locator(".live-ready")).to_be_visible()


def test_it_works_without_scripts(open_page: OpenPage, role: UUID, work: Callable[[], None]) -> None:
    page = open_page("/signup/name", java_script_enabled=False)
    sign_up(page)
    work()
    page.get_by_text("Show the new ones").click()
    expect(page.get_by_text("Koken met de ploeg")).to_be_visible()


@pytest.mark.parametrize(
    "slug",
    [
        slug
        for slug in FILL
        if not slug.startswith("needs/") and slug not in {"languages", *GO_ON_BY_THEMSELVES}
    ],
)
def test_an_error_is_found_at_once(open_page: OpenPage, look: Look, slug: str) -> None:
    page = open_page("/signup/name")
    for each in FILL:
        if each == slug:
            break
        answer(page, each)
    page.wait_for_url(f"**/signup/{slug}")
    press_next(page)
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error:")
    look(page)
    summary.locator("a").first.click()
    target = summary.locator("a").first.get_attribute("href") or ""
    expect(page.locator(target)).to_be_visible()


def test_the_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    page = open_page("/signup/name")
    page.locator("#first_name").focus()
    page.keyboard.type("Amina")
    page.keyboard.press("Enter")
    page.wait_for_url("**/signup/age")
    page.locator("#is_16").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/signup/where")


@pytest.mark.parametrize("path", ["/", "/signup/name", "/card", "/login", "/nowhere", "/signup/too-young"])
def test_it_fits_the_narrowest_screen(open_page: OpenPage, look: Look, path: str) -> None:
    page = open_page("/", viewport={"width": 320, "height": 640})
    page.goto(path) if path != "/nowhere" else page.set_content(page.request.get(path).text())
    look(page)


def test_ready_wipe_everything(open_page: OpenPage) -> None:
    page = open_page("/signup/name")
    FILL["name"](page)
    press_next(page)
    page.wait_for_url("**/signup/age")
    page.locator('form[action="/me/leave"] button').click()
    page.wait_for_url("**/")
    assert [cookie for cookie in page.context.cookies() if cookie.get("name") == "signup"] == []
    page.go_back()
    page.wait_for_url("**/signup/name")
    expect(page.locator("#first_name")).to_have_value("")

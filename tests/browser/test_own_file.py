"""A person's own file in a real browser: what they told us, what they agreed to, and erasing all of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import Look, sign_up

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PAGES = (
    "/me", "/me/answers", "/me/answers/contact", "/me/answers/helps", "/me/consents", "/me/journal",
    "/me/data", "/me/erase", "/me/erased",
)  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_every_page_can_be_used_by_everyone(
    open_page: OpenPage, look: Look, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/signup/name", language=language)
    sign_up(page)
    work()
    for path in PAGES:
        page.goto(path)
        look(page)


def test_erasing_by_keyboard_without_scripts(open_page: OpenPage, role: UUID) -> None:
    page = open_page("/signup/name", java_script_enabled=False)
    sign_up(page)
    page.goto("/me/erase")
    page.locator("#sure").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/erased**")
    expect(page.locator("h1")).to_have_text("Everything is erased")
    page.goto("/me")
    page.wait_for_url("**/card")

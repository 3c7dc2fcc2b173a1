"""Another language in the middle of a question, in a real browser: with scripts, without, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False])
def test_another_language_keeps_what_is_typed(open_page: OpenPage, look: Look, scripts: bool) -> None:
    page = open_page("/signup/name", java_script_enabled=scripts)
    page.locator("#first_name").fill("Amina")
    page.locator(".language-menu summary").click()
    page.locator(".language-menu button[value=ar]").click()
    expect(page.locator("html[dir=rtl]")).to_have_count(1)
    expect(page.locator("#first_name")).to_have_value("Amina")
    if scripts:
        look(page)


def test_enter_goes_on_and_changes_no_language(open_page: OpenPage) -> None:
    page = open_page("/signup/name")
    page.locator("#first_name").fill("Amina")
    page.locator("#first_name").press("Enter")
    page.wait_for_url("**/signup/age")
    expect(page.locator("html[lang=en]")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390])
def test_arabic_letters_come_from_their_own_font(open_page: OpenPage, look: Look, width: int) -> None:
    page = open_page("/signup/languages", language="ar", viewport={"width": width, "height": 640})
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter(each => each.status == 'loaded').map(each => each.family).join()"
    page.wait_for_function(f"({loaded}).includes('Noto Sans Arabic')")
    look(page)

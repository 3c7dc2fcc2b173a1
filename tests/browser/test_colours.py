"""Dark, and with the colours of the reader: what is chosen and where one is are still seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.walking import FILL, answer

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
COLOURS = {
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "forced-dark": {"forced_colors": "active", "color_scheme": "dark"},
}
STEPS = 14
"""How far somebody goes with Tab on each page."""
_HAS_AN_EDGE = """each => [each, ...each.children].some(
  part => parseFloat(getComputedStyle(part).borderTopWidth) > 0
)"""
_IS_RINGED = """() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const near = [at, at.nextElementSibling, at.parentElement, at.closest(".choice")].filter(Boolean);
  return near.some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
}"""

with_colours = pytest.mark.parametrize("colours", COLOURS.values(), ids=COLOURS.keys())


@with_colours
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_choice_is_still_seen(open_page: OpenPage, language: str, colours: dict[str, Any]) -> None:
    page = open_page("/signup", language=language, **colours)
    for slug in FILL:
        if slug == "tasks":
            break
        answer(page, slug)
    page.wait_for_url("**/signup/tasks")
    FILL["tasks"](page)
    chosen, other = (
        page.locator(f'.tick:has([name={name}][value="t.cook"])') for name in ("tasks_want", "tasks_can")
    )
    for each in (chosen, other):
        assert each.evaluate(_HAS_AN_EDGE)
    assert chosen.screenshot() != other.screenshot()
    assert chosen.locator("svg").last.evaluate("icon => getComputedStyle(icon).display") != "none"


@with_colours
@pytest.mark.parametrize("path", ["/", "/signup/name", "/not-right", "/law", "/card", "/login"])
def test_where_one_is_is_still_seen(open_page: OpenPage, path: str, colours: dict[str, Any]) -> None:
    page = open_page(path, **colours)
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_RINGED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")

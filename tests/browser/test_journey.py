"""Everything a candidate meets, in each language: on a phone, by touch, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.walking import FILL, GO_ON_BY_THEMSELVES, Look, answer, press_next, sign_up

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
LANGUAGES = ("nl", "fr", "en", "ar")
NARROWEST = ViewportSize(width=320, height=640)
ZOOMED = ViewportSize(width=320, height=256)
"""A screen of 1280 by 1024 at 400 %."""
WIDER = (ViewportSize(width=820, height=1180), ViewportSize(width=1440, height=900))
OWN_PAGES = (
    "/me",
    "/me/answers",
    "/me/answers/tasks",
    "/me/answers/languages",
    "/me/consents",
    "/me/journal",
    "/me/data",
    "/me/erase",
    "/me/suggestions",
    "/me/suggestions/refused",
    "/me/nothing-fits",
    "/me/nothing-fits/others",
    "/me/card",
)
OPEN_PAGES = ("/", "/law", "/card", "/signup/too-young", "/not-right")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_on_the_narrowest_phone(
    open_page: OpenPage, look: Look, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/", language=language, viewport=NARROWEST)
    for path in OPEN_PAGES:
        page.goto(path)
        look(page)
    page.goto("/signup")
    sign_up(page, look)
    work()
    expect(page.locator("article.suggestion")).to_have_count(1)
    _meet(page, look)
    work()
    for path in OWN_PAGES:
        page.goto(path)
        look(page)
        assert page.evaluate("document.documentElement.lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(
    open_page: OpenPage, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/signup", language=language, viewport=ZOOMED)
    sign_up(page, _fits)
    work()
    for size in (ZOOMED, *WIDER):
        page.set_viewport_size(size)
        for path in (*OPEN_PAGES, *OWN_PAGES):
            page.goto(path)
            _fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_by_touch(
    open_page: OpenPage, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/", language=language, has_touch=True, is_mobile=True)
    page.locator(".door-main").tap()
    page.fill("#first_name", "Amal")
    _tap_next(page)
    for slug, tapped in TAPPED.items():
        page.wait_for_url(f"**/signup/{slug}")
        for each in tapped:
            page.locator(each).tap()
        if slug not in SENT_BY_THE_ANSWER:
            _tap_next(page)
    page.wait_for_url("**/signup/check")
    _tap_next(page)
    page.wait_for_url("**/me/suggestions")
    work()
    page.locator("article.suggestion form button").first.tap()
    page.wait_for_url(re.compile(r"/meet\??$"))
    _tap_next(page)
    page.wait_for_url("**/me")
    expect(page.locator(".introduction .pill")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_by_keyboard(
    open_page: OpenPage, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/", language=language, viewport=WIDER[1])
    _press(page, page.locator(".door-main"), "Enter")
    page.wait_for_url("**/signup/name")
    _press(page, page.locator("#first_name"))
    page.keyboard.type("Amal")
    page.keyboard.press("Enter")
    for slug, pressed in PRESSED.items():
        page.wait_for_url(f"**/signup/{slug}")
        for each in pressed:
            _press(page, page.locator(each), _WITH_ARROWS.get(slug, "Space"))
        if slug not in SENT_BY_THE_ANSWER:
            _press(page, page.locator("form .actions button:not([name=back])"), "Enter")
    page.wait_for_url("**/me/suggestions")
    work()
    wish = page.locator("article.suggestion form button").first
    _press(page, wish, "Enter")
    page.wait_for_url(re.compile(r"/meet\??$"))
    _press(page, page.locator("form .actions button"), "Enter")
    page.wait_for_url("**/me")
    expect(page.locator(".introduction .pill")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_without_scripts(
    open_page: OpenPage, role: UUID, work: Callable[[], None], language: str
) -> None:
    page = open_page("/signup", language=language, java_script_enabled=False)
    sign_up(page)
    work()
    page.locator("#suggestion-poll a").click()
    _meet(page, lambda _page: None)
    work()
    for path in OWN_PAGES:
        reply = page.goto(path)
        assert reply, path
        assert reply.ok, path


@pytest.mark.parametrize("slug", ["tasks", "when", "needs/physical"])
def test_what_has_the_focus_is_never_covered(open_page: OpenPage, slug: str) -> None:
    page = open_page("/signup", viewport={"width": 390, "height": 640})
    for each in FILL:
        page.wait_for_url(f"**/signup/{each}")
        if each == slug:
            break
        answer(page, each)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


SENT_BY_THE_ANSWER = {*GO_ON_BY_THEMSELVES, "where", "when"}
"""On the short path also "rather not" and "I don't know yet" go on by themselves."""
TAPPED: dict[str, tuple[str, ...]] = {
    "age": ("#is_16",),
    "where": ("#where_unknown",),
    "tasks": ('.tick:has([name=tasks_want][value="t.cook"])',),
    "when": ("#times_unknown",),
    "languages": (),
    "contact": ("label[for=channel-desk]",),
    "consent": ("label[for=consent_account]", "label[for=consent_match]"),
    "helps": ("#consent_needs-no",),
}
"""After the name, page by page: the short path."""
PRESSED: dict[str, tuple[str, ...]] = {
    "age": ("#is_16",),
    "where": ("#where_unknown",),
    "tasks": ('[name=tasks_want][value="t.cook"]',),
    "when": ("#times_unknown",),
    "languages": (),
    "contact": ("[name=channel] >> nth=0",),
    "consent": ("#consent_account", "#consent_match"),
    "helps": ("#consent_needs-no",),
    "check": (),
}
_WITH_ARROWS = {"contact": "ArrowUp"}
"""From the first choice to the last: the desk."""
_IS_SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const shown = at.getBoundingClientRect().width > 1 ? at : at.closest("label") || at.parentElement;
  const box = shown.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return !!top && (shown.contains(top) || top.contains(shown) || !!top.closest("label")?.contains(at));
}"""


def _meet(page: Page, look: Look) -> None:
    """Look at one suggestion, and ask to meet them."""
    page.locator("article.suggestion h3 a").first.click()
    page.wait_for_url(re.compile(r"/me/suggestions/[0-9a-f-]+$"))
    look(page)
    page.goto("/me/suggestions")
    page.locator("article.suggestion a[href*='/refuse']").first.click()
    page.wait_for_url("**/refuse")
    look(page)
    page.goto("/me/suggestions")
    page.locator("article.suggestion form[action*='/meet'] button").first.click()
    page.wait_for_url(re.compile(r"/meet\??$"))
    look(page)
    press_next(page)
    page.wait_for_url("**/me")


def _fits(page: Page) -> None:
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} at {page.viewport_size} scrolls sideways by {too_wide} pixels"


def _tap_next(page: Page) -> None:
    page.locator("form .actions button:not([name=back])").tap()


def _press(page: Page, wanted: Locator, key: str | None = None) -> None:
    """Go there with Tab alone, as often as it takes; then press ``key``."""
    for _ in range(150):
        if wanted.first.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not get to {wanted}")
    if key:
        page.keyboard.press(key)

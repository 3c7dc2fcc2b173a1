"""A tablet that is handed over, in a real browser: nothing of one person is left for the next."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID
from zlib import decompress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from tests.browser.walking import FILL, GO_ON_BY_THEMSELVES, Look, press_next
from tests.factories.gatherings import make_gathering
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.services import accounts
from volunteer.web import kiosk

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PASSWORD = "een korte zin om binnen te komen"
UPRIGHT = ViewportSize(width=820, height=1180)
WIDE = ViewportSize(width=1280, height=800)
SMALLEST = ViewportSize(width=320, height=640)
NUMBER = "0470 12 34 56"
TRACES = ("Amina", NUMBER, "470123456", "0470123456", "Koken met de ploeg", "/me/suggestions/")
"""What the person before told, chose and was shown; the last is the address of one of their suggestions."""
EMPTY = {"visit", "csrf_token", "_flashes"}
_HELD = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage), caches: await caches.keys(),
  bases: await indexedDB.databases(), state: JSON.stringify(history.state), name: window.name,
  chosen: document.querySelectorAll('input:checked').length,
  typed: [...document.querySelectorAll('input:not([type=hidden],[type=radio],[type=checkbox]), textarea')]
    .map((field) => field.value).join(''),
})"""


_CAME_TO_REST = """() => {
  if (window.old || document.readyState !== 'complete') return false;
  window.seen = (window.seen ?? 0) + 1;
  return window.seen > 2;
}"""


@pytest.fixture
def worker(core: Core) -> str:
    """Address of somebody at the desk."""
    with core.units.write() as uow:
        account = accounts.create(
            uow, name="Yasmina", email="desk@voorbeeld.example", password=PASSWORD, language="nl"
        )
        accounts.grant(uow, account, Role.DESK_WORKER)
    return "desk@voorbeeld.example"


def _hand_over(page: Page, worker: str) -> Page:
    page.goto("/login")
    page.locator("#email").fill(worker)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/desk")
    page.goto("/kiosk/hand-over")
    page.locator("main form button").click()
    expect(page.locator(".door-main")).to_be_visible()
    return page


@pytest.fixture
def hand_over(open_page: OpenPage, worker: str) -> OpenPage:
    """Opens a browser, logs a desk worker in, and hands it over."""

    def make(**options: object) -> Page:
        return _hand_over(open_page("/login", **{"viewport": UPRIGHT, **options}), worker)

    return make


@pytest.fixture
def tablet(hand_over: OpenPage) -> Page:
    """A tablet whose clock can be put forward."""
    page = hand_over()
    page.clock.install()
    page.reload()
    return page


def _by_text(page: Page) -> None:
    page.locator("#channel-sms").check()
    page.locator("#contact_sms").fill(NUMBER)


def _sign_up(page: Page, *, until: str = "check") -> None:
    page.goto("/signup/name")
    for slug, fill in {**FILL, "contact": _by_text}.items():
        page.wait_for_url(f"**/signup/{slug}")
        fill(page)
        if slug == until:
            return
        if slug not in GO_ON_BY_THEMSELVES:
            press_next(page)
    page.wait_for_url("**/signup/check")
    press_next(page)
    page.wait_for_url("**/me/suggestions")


def _all_the_way(page: Page, work: Callable[[], None]) -> None:
    """A whole visit: an error on the way, signed up, suggestions, one they want to meet, their file."""
    page.goto("/signup/name")
    press_next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    _sign_up(page)
    work()
    page.locator("article.suggestion form button").first.click()
    page.wait_for_url(re.compile(r"/meet\??$"))
    page.locator("#message").fill("Groetjes van Amina")
    press_next(page)
    page.wait_for_url("**/me")
    expect(page.get_by_text("Koken met de ploeg").first).to_be_visible()


def _nothing_is_left(page: Page) -> None:
    seen = page.content() + page.title() + page.evaluate("document.body.innerText")
    held: dict[str, Any] = page.evaluate(_HELD)
    where = page.url
    assert [trace for trace in TRACES[:-1] if trace in seen + where + json.dumps(held)] == [], where
    assert not re.search(r"/me/suggestions/.", where)
    assert (held["local"], held["session"], held["caches"], held["bases"]) == ([], [], [], []), where
    assert (held["chosen"], held["typed"], held["name"]) == (0, "", ""), where
    _no_cookie_tells(page.context)


def _no_cookie_tells(context: BrowserContext) -> None:
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    assert cookies.keys() <= {"kiosk", "kiosk_seen", "session"}
    if "session" in cookies:
        assert _inside(cookies["session"]).keys() <= EMPTY


def _inside(cookie: str) -> dict[str, Any]:
    packed = cookie.startswith(".")
    body = cookie.lstrip(".").split(".")[0]
    data = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    found: dict[str, Any] = json.loads(decompress(data) if packed else data)
    return found


def _walk_history(page: Page) -> int:
    """Back to the very first page and forward again; returns how many steps that were."""
    steps = 0
    for way, step in (("canGoBack", -1), ("canGoForward", 1)):
        while page.evaluate(f"navigation.{way}"):
            # Later, so that the answer is in before the page that gives it goes.
            page.evaluate("step => { window.old = true; setTimeout(() => history.go(step)); }", step)
            _settle(page)
            _nothing_is_left(page)
            steps += 1
    return steps


def _settle(page: Page) -> None:
    """Wait until a step in the history came to rest, wherever that led: a page may send on to another."""
    for _ in range(400):
        page.wait_for_timeout(50)
        with suppress(Error):
            if page.evaluate(_CAME_TO_REST):
                return
    raise AssertionError(f"still not there: {page.url}")


def _end_by_button(page: Page) -> None:
    page.locator("form.wipe button").click()


def _end_by_silence(page: Page) -> None:
    page.clock.fast_forward(kiosk.WARN_SECONDS * 1000 + 2000)
    expect(page.locator("#kiosk-idle")).to_be_visible()
    page.clock.fast_forward(kiosk.WAIT_SECONDS * 1000 + 2000)


ENDS = pytest.mark.parametrize("end", [_end_by_button, _end_by_silence])


@ENDS
def test_after_the_end_nothing_is_left(
    chromium: Browser, tablet: Page, role: UUID, work: Callable[[], None], end: Callable[[Page], None]
) -> None:
    _all_the_way(tablet, work)
    with pytest.raises(AssertionError):
        _nothing_is_left(tablet)
    end(tablet)
    expect(tablet.locator(".door-main")).to_be_visible()
    _nothing_is_left(tablet)
    tablet.reload()
    _nothing_is_left(tablet)
    assert _walk_history(tablet) > 15

    for path in ("/me", "/me/suggestions", "/signup/check", "/signup/name", "/signup/tasks", "/card", "/"):
        tablet.goto(path)
        _nothing_is_left(tablet)

    again = tablet.context.new_page()
    tablet.close()
    again.goto("/")
    _nothing_is_left(again)
    kept = again.context.storage_state()
    site = re.sub(r"(?<=\d)/.*", "", again.url)
    later = chromium.new_context(storage_state=kept)
    try:
        page = later.new_page()
        for path in ("/", "/signup/check", "/me", "/me/suggestions"):
            page.goto(site + path)
            _nothing_is_left(page)
        page.goto(site + "/")
        expect(page.locator("#nothing-stays")).to_be_visible()
    finally:
        later.close()


@ENDS
def test_half_way_nothing_is_left_either(tablet: Page, end: Callable[[Page], None]) -> None:
    _sign_up(tablet, until="contact")
    end(tablet)
    expect(tablet.locator(".door-main")).to_be_visible()
    _nothing_is_left(tablet)
    assert _walk_history(tablet) > 10
    tablet.goto("/signup/name")
    _nothing_is_left(tablet)


def test_what_was_typed_and_not_sent_is_gone_too(tablet: Page) -> None:
    tablet.goto("/signup/name")
    tablet.locator("#first_name").fill("Amina")
    _end_by_silence(tablet)
    expect(tablet.locator(".door-main")).to_be_visible()
    tablet.go_back()
    tablet.wait_for_url("**/signup/name")
    _nothing_is_left(tablet)


def test_a_tablet_stays_one_when_its_browser_is_started_again(tablet: Page) -> None:
    (mine,) = [cookie for cookie in tablet.context.cookies() if cookie.get("name") == "kiosk"]
    assert mine.get("httpOnly")
    assert mine.get("expires", -1) > 300 * 86400
    tablet.context.clear_cookies(name="session")
    tablet.goto("/desk")
    assert tablet.url.endswith("/kiosk/leave")


def test_the_question_can_be_answered(tablet: Page, look: Look) -> None:
    tablet.goto("/signup/name")
    field = tablet.locator("#first_name")
    field.fill("Amina")
    tablet.clock.fast_forward(kiosk.WARN_SECONDS * 1000 - 10_000)
    expect(tablet.locator("#kiosk-idle")).to_be_hidden()
    tablet.clock.fast_forward(12_000)
    expect(tablet.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    expect(tablet.locator("#idle-stay")).to_be_focused()
    for size in (UPRIGHT, SMALLEST):
        tablet.set_viewport_size(size)
        look(tablet)
    tablet.clock.fast_forward(30_000)
    expect(tablet.locator("#idle-said")).to_have_text(re.compile(r"Still \d+ seconds"))
    tablet.keyboard.press("Enter")
    expect(tablet.locator("#kiosk-idle")).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("Amina")

    tablet.clock.fast_forward(kiosk.WARN_SECONDS * 1000 + 2000)
    tablet.keyboard.press("Escape")
    expect(tablet.locator("#kiosk-idle")).to_be_hidden()
    tablet.clock.fast_forward(kiosk.WARN_SECONDS * 1000 - 10_000)
    field.press("a")
    tablet.clock.fast_forward(20_000)
    expect(tablet.locator("#kiosk-idle")).to_be_hidden()
    expect(field).to_have_value("Aminaa")


def test_a_tablet_that_slept_wipes_when_it_wakes(tablet: Page) -> None:
    _sign_up(tablet, until="where")
    tablet.clock.fast_forward("08:00:00")
    expect(tablet.locator(".door-main")).to_be_visible()
    _nothing_is_left(tablet)


def test_the_first_page_goes_back_to_its_own_language(hand_over: OpenPage) -> None:
    page = hand_over(language="nl")
    page.clock.install()
    page.goto("/language/fr")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.clock.fast_forward("04:02")
    page.wait_for_function("document.documentElement.lang === 'nl'")
    page.evaluate("window.here = true")
    page.clock.fast_forward("30:00")
    page.wait_for_timeout(300)
    assert page.evaluate("window.here"), "a page at rest stays as it is"


def test_another_window_never_keeps_a_visit_that_is_over(tablet: Page) -> None:
    _sign_up(tablet, until="where")
    other = tablet.context.new_page()
    other.goto("/signup/name")
    expect(other.locator("#first_name")).to_have_value("Amina")
    _end_by_button(tablet)
    expect(other.locator(".door-main")).to_be_visible()
    _nothing_is_left(other)


def test_who_is_busy_in_one_window_is_busy_in_all(tablet: Page) -> None:
    _sign_up(tablet, until="where")
    other = tablet.context.new_page()
    other.goto("/signup/name")
    tablet.clock.fast_forward(kiosk.WARN_SECONDS * 1000 - 5000)
    other.locator("#first_name").press("a")
    tablet.clock.fast_forward(20_000)
    other.wait_for_timeout(300)
    expect(tablet.locator("#kiosk-idle")).to_be_hidden()


def test_without_scripts_the_page_ends_by_itself(
    hand_over: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hand_over(java_script_enabled=False)
    assert "Each page stays open for 4 minutes." in page.locator("main").inner_text()
    assert "After 3 quiet minutes" not in page.locator("main").inner_text()
    _sign_up(page, until="where")
    monkeypatch.setattr(kiosk, "WARN_SECONDS", 1)
    page.goto("/signup/name")
    assert page.locator("#first_name").input_value() == "Amina"
    monkeypatch.setattr(kiosk, "WAIT_SECONDS", 1)
    page.goto("/signup/where")
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.locator(".door-main")).to_be_visible()
    _no_cookie_tells(page.context)
    page.goto("/signup/name")
    assert page.locator("#first_name").input_value() == ""


def test_a_page_in_memory_is_asked_for_again(tablet: Page) -> None:
    _sign_up(tablet, until="where")
    tablet.context.clear_cookies(name="signup")
    tablet.evaluate(
        "window.old = true; dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )
    tablet.wait_for_function("!window.old && document.readyState === 'complete'")
    _nothing_is_left(tablet)


def test_everything_at_the_tablet_can_be_used_by_everyone(
    tablet: Page, look: Look, role: UUID, work: Callable[[], None]
) -> None:
    def both() -> None:
        tablet.wait_for_timeout(200)
        for size in (UPRIGHT, WIDE, SMALLEST):
            tablet.set_viewport_size(size)
            look(tablet)

    tablet.goto("/")
    both()
    _sign_up(tablet, until="tasks")
    both()
    small = tablet.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, .tick > span, .choice-line, .input')]
          .filter((each) => each.checkVisibility())
          .filter((each) => !each.closest('.help, .skip, .visually-hidden, p:not([class])'))
          .filter((each) => each.getBoundingClientRect().height < 55.5)
          .map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert small == []
    tablet.goto("/")
    expect(tablet.get_by_text("There are still answers of somebody on this tablet.")).to_be_visible()
    both()
    tablet.goto("/kiosk/leave")
    both()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_first_page_in_both_directions(hand_over: OpenPage, look: Look, language: str) -> None:
    page = hand_over()
    page.goto(f"/language/{language}")
    for size in (UPRIGHT, WIDE):
        page.set_viewport_size(size)
        look(page)


def test_handing_over_can_be_used_by_everyone(open_page: OpenPage, look: Look, worker: str) -> None:
    page = open_page("/login", viewport=WIDE)
    page.locator("#email").fill(worker)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/desk")
    page.goto("/kiosk/hand-over")
    look(page)
    page.locator("main form button").click()
    expect(page.locator(".door-main")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/kiosk/leave$"))
    page.locator("#email").fill(worker)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/desk")


def test_a_seat_of_the_visit_before_is_not_there_any_more(tablet: Page, look: Look, core: Core) -> None:
    with core.units.write() as uow:
        workshop = make_gathering(uow)
    tablet.goto(f"/agenda/{workshop}/join")
    tablet.locator("#name").fill("Amina")
    _by_text(tablet)
    tablet.locator("#agrees").check()
    press_next(tablet)
    tablet.wait_for_url("**/seat")
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Amina")
    look(tablet)
    _end_by_button(tablet)
    expect(tablet.locator(".door-main")).to_be_visible()
    tablet.goto("/seat")
    tablet.wait_for_url("**/agenda")
    _nothing_is_left(tablet)

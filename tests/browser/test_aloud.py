"""Reading aloud: by a voice on this device alone, each piece in its language, by nobody without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import FILL, Look, answer, sign_up

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
LOCAL_EN = {"name": "Here", "lang": "en-GB", "localService": True}
LOCAL_NL = {"name": "Hier", "lang": "nl-NL", "localService": True}
LOCAL_BE = {"name": "Bij ons", "lang": "nl_BE", "localService": True}
LOCAL_AR = {"name": "Huna", "lang": "ar-001", "localService": True}
REMOTE_EN = {"name": "Elsewhere", "lang": "en-US", "localService": False}
REMOTE_NL = {"name": "Elders", "lang": "nl-BE", "localService": False}
STUB = """(voices) => {
  const speech = new EventTarget();
  const said = [];
  let queue = [];
  Object.assign(speech, {
    said, voices, cancelled: 0,
    getVoices: () => speech.voices,
    speak(words) { said.push([words.voice.name, words.lang, words.text]); queue.push(words); },
    cancel() {
      speech.cancelled += 1;
      for (const words of queue.splice(0)) words.dispatchEvent(new Event('error'));
    },
    goOn() { queue.shift()?.dispatchEvent(new Event('end')); },
    appear(more) { speech.voices = more; speech.dispatchEvent(new Event('voiceschanged')); },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
}"""


@pytest.fixture
def open_with(open_page: OpenPage) -> OpenPage:
    """Opens a page on a device with these voices."""

    def make(path: str, voices: list[dict[str, Any]], **options: Any) -> Page:
        page = open_page("/", **options)
        page.add_init_script(f"({STUB})({_json(voices)})")
        page.goto(path)
        return page

    return make


def _json(voices: list[dict[str, Any]]) -> str:
    return json.dumps(voices)


def _said(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("speechSynthesis.said")
    return found


def _hear_all(page: Page) -> list[str]:
    """Let the voice come to its end; returns what it said."""
    for _ in range(400):
        before = len(_said(page))
        page.evaluate("speechSynthesis.goOn()")
        if len(_said(page)) == before:
            break
    return [text for _, _, text in _said(page)]


def test_a_question_is_read_by_a_voice_of_this_device(open_with: OpenPage, look: Look) -> None:
    page = open_with("/signup/name", [REMOTE_EN, LOCAL_NL, LOCAL_EN])
    button = page.get_by_role("button", name="Listen")
    expect(button).to_be_visible()
    look(page)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(page.locator("h1.aloud-now")).to_have_count(1)
    look(page)
    assert _hear_all(page) == [page.locator(part).inner_text() for part in ("h1", "label")]
    assert {voice for voice, _, _ in _said(page)} == {"Here"}
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".aloud-now")).to_have_count(0)


def test_pressed_again_it_is_silent(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [LOCAL_EN])
    button = page.get_by_role("button", name="Listen")
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert len(_hear_all(page)) == 1
    button.click()
    assert len(_hear_all(page)) == 3, "from the beginning again"


@pytest.mark.parametrize("voices", [[], [REMOTE_EN], [REMOTE_EN, LOCAL_NL]])
def test_without_a_voice_here_there_is_no_button(open_with: OpenPage, voices: list[dict[str, Any]]) -> None:
    page = open_with("/signup/name", voices)
    expect(page.locator(".aloud")).to_be_hidden()
    assert _said(page) == []


def test_without_scripts_there_is_no_button(open_page: OpenPage) -> None:
    page = open_page("/signup/name", java_script_enabled=False)
    expect(page.locator(".aloud")).to_be_hidden()


def test_a_voice_may_come_later_and_go(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [])
    button = page.locator(".aloud")
    expect(button).to_be_hidden()
    page.evaluate(f"speechSynthesis.appear({_json([REMOTE_EN])})")
    expect(button).to_be_hidden()
    page.evaluate(f"speechSynthesis.appear({_json([REMOTE_EN, LOCAL_EN])})")
    expect(button).to_be_visible()
    button.click()
    page.evaluate(f"speechSynthesis.appear({_json([REMOTE_EN])})")
    expect(button).to_be_hidden()
    assert len(_hear_all(page)) == 1


def test_a_voice_of_this_country_is_preferred(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [REMOTE_NL, LOCAL_NL, LOCAL_BE], language="nl")
    page.locator(".aloud").click()
    assert [voice for voice, _, _ in _said(page)] == ["Bij ons"]


def test_choices_are_read_and_the_same_answers_once(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [LOCAL_EN])
    for slug in FILL:
        page.wait_for_url(f"**/signup/{slug}")
        if slug == "tasks":
            break
        answer(page, slug)
    page.locator(".aloud").click()
    heard = _hear_all(page)
    assert heard[0] == "What do you like doing?"
    assert "Cooking" in heard
    assert any("arden" in text for text in heard)
    assert [heard.count(each) for each in ("Can", "Want", "Learn")] == [1, 1, 1]
    assert "I don't know yet" in heard
    assert not {"Next", "Back"} & set(heard)
    assert "riving" not in " ".join(heard), "what is folded is not read"


def test_each_consent_can_be_heard_by_itself(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [LOCAL_EN])
    for slug in FILL:
        page.wait_for_url(f"**/signup/{slug}")
        if slug == "consent":
            break
        answer(page, slug)
    buttons = page.locator(".aloud")
    expect(buttons).to_have_count(5)
    buttons.nth(1).click()
    heard = _hear_all(page)
    assert heard[0] == "Keep my answers"
    assert heard[-1].startswith("Only the info desk sees this."), "what holds for all is heard with each"
    assert "Find tasks by computer" not in heard
    expect(page.locator("#consent_account")).not_to_be_checked()


def test_a_suggestion_is_read_each_part_in_its_own_language(
    open_with: OpenPage, role: UUID, work: Callable[[], None], look: Look
) -> None:
    page = open_with("/signup/name", [LOCAL_EN, LOCAL_NL, REMOTE_NL])
    sign_up(page)
    work()
    card = page.locator("article.suggestion").first
    expect(card.locator(".aloud")).to_be_visible()
    look(page)
    card.locator(".aloud").click()
    _hear_all(page)
    by_voice = {text: voice for voice, _, text in _said(page)}
    assert by_voice["Koken met de ploeg"] == "Hier"
    assert any("You like to do this: cooking." in text for text in by_voice)
    assert {voice for text, voice in by_voice.items() if text != "Koken met de ploeg"} == {"Here"}
    assert not [text for text in by_voice if "I want to meet them" in text or "Not for me" in text]

    page.evaluate(f"speechSynthesis.appear({_json([LOCAL_EN])})")
    page.evaluate("speechSynthesis.said.length = 0")
    card.locator(".aloud").click()
    assert "Koken met de ploeg" not in _hear_all(page), "left out where nobody here can say it"
    assert len(_said(page)) > 2


def test_it_is_silent_when_the_page_is_left(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [LOCAL_EN])
    page.evaluate(
        "addEventListener('pagehide', () => { sessionStorage.cancelled = speechSynthesis.cancelled; })"
    )
    page.locator(".aloud").click()
    before = page.evaluate("speechSynthesis.cancelled")
    page.goto("/card")
    assert int(page.evaluate("sessionStorage.cancelled")) > before


def test_no_text_goes_anywhere(open_with: OpenPage) -> None:
    page = open_with("/signup/name", [LOCAL_EN])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".aloud").click()
    _hear_all(page)
    page.wait_for_timeout(200)
    assert asked == []


def test_arabic_is_read_by_an_arabic_voice(open_with: OpenPage, look: Look) -> None:
    page = open_with("/language/ar?next=/signup/name", [LOCAL_EN, LOCAL_AR])
    expect(page.locator(".aloud")).to_be_visible()
    look(page)
    page.locator(".aloud").click()
    _hear_all(page)
    assert {voice for voice, _, _ in _said(page)} == {"Huna"}


@pytest.mark.parametrize("path", ["/law"])
def test_the_law_can_be_heard(open_with: OpenPage, path: str, look: Look) -> None:
    page = open_with(path, [LOCAL_EN])
    expect(page.locator(".aloud").first).to_be_visible()
    look(page)
    page.locator(".aloud").first.click()
    assert len(_hear_all(page)) > 1

"""A card on a second device, in a real browser: two devices, one question, one answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from volunteer.bootstrap import Core
from volunteer.config import Settings
from volunteer.domain.access import Strength
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.models import Candidate, Suggestion
from volunteer.services import candidates, introductions
from volunteer.services.introductions import Choice

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
DESKTOP = {"width": 1440, "height": 900}
LANGUAGES = ("nl", "fr", "en", "ar")


@pytest.fixture
def language() -> str:
    """What the person reads; tests of every language say so themselves."""
    return "en"


@pytest.fixture
def token(core: Core, role: UUID, work: Callable[[], None], language: str) -> str:
    """The card of somebody who asked to meet one organisation, and reads mail."""
    answers = SignUp(
        first_name="Amina",
        language=language,
        channel=Channel.EMAIL,
        contact="amina@voorbeeld.example",
        needs={"ph.step_free_entrance": Strength.MUST},
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
    )
    with core.units.write() as uow:
        candidate, made = candidates.enrol(uow, answers, origin="page")
        candidate_id = candidate.id
    work()
    with core.units.write() as uow:
        suggestion = uow.session.query(Suggestion).filter_by(candidate_id=candidate_id).one()
        introductions.request(
            uow, uow.session.get_one(Candidate, candidate_id), suggestion.id, Choice(contact=True)
        )
    work()
    return made


def question_in(settings: Settings) -> str:
    """The path of the link that was mailed last."""
    found = []
    for path in sorted(settings.mail_folder.glob("*.eml")):
        body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        found += re.findall(r"/confirm/\S+", body.get_content() if body else "")
    return str(found[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_confirms_a_new_device_on_their_phone(
    open_page: OpenPage, look: Look, token: str, settings: Settings, work: Callable[[], None], language: str
) -> None:
    # Given a card that is used on a new device
    computer = open_page(f"/c/{token}", language=language, viewport=DESKTOP)
    expect(computer).to_have_url(re.compile("/me/first$"))
    look(computer)
    # When everything is wanted there
    computer.locator("button[name=by][value=own_channel]").click()
    expect(computer.locator(".live-busy")).to_be_visible()
    look(computer)
    sign = computer.locator(".sign-number").inner_text()
    work()
    # Then the person's own phone shows the same number, and one button answers
    phone = open_page(question_in(settings), language=language)
    expect(phone.locator(".sign-number")).to_have_text(sign)
    look(phone)
    phone.locator("button[name=answer][value=yes]").click()
    expect(phone).to_have_url(re.compile("/confirmed$"))
    look(phone)
    # And the new device goes on by itself, without anything to copy
    onward = computer.locator("#device-live a.button")
    expect(onward).to_be_visible()
    look(computer)
    onward.click()
    expect(computer).to_have_url(re.compile("/me$"))
    computer.goto("/me/card")
    look(computer)


def test_by_keyboard_alone_and_without_scripts(
    open_page: OpenPage, token: str, settings: Settings, work: Callable[[], None]
) -> None:
    computer = open_page("/card", java_script_enabled=False)
    computer.locator("#card").focus()
    computer.keyboard.insert_text(token)
    computer.keyboard.press("Enter")
    expect(computer).to_have_url(re.compile("/me/first$"))
    computer.locator("button[name=by][value=own_channel]").focus()
    computer.keyboard.press("Enter")
    expect(computer.locator(".live-busy")).to_be_visible()
    work()
    phone = open_page(question_in(settings), java_script_enabled=False)
    phone.locator("button[name=answer][value=yes]").focus()
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("/confirmed$"))
    computer.locator("#device-poll a").click()
    expect(computer).to_have_url(re.compile("/me$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_says_no_can_stop_the_card(
    open_page: OpenPage, look: Look, token: str, settings: Settings, work: Callable[[], None], language: str
) -> None:
    finder = open_page(f"/c/{token}", language=language, viewport={"width": 320, "height": 640})
    look(finder)
    finder.locator("button[name=by][value=own_channel]").click()
    expect(finder.locator(".live-busy")).to_be_visible()
    work()
    owner = open_page(question_in(settings), language=language, viewport={"width": 320, "height": 640})
    with owner.expect_navigation():
        owner.locator("button[name=answer][value=no]").click()
    look(owner)
    expect(finder.locator(".live-empty")).to_be_visible()
    look(finder)
    owner.locator("main form button").click()
    expect(owner).to_have_url(re.compile("/card$"))
    finder.goto("/me/first")
    expect(finder).to_have_url(re.compile("/card$"))

"""The pages of staff in a real browser: by keyboard, without scripts, on a phone and on a large screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Look
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer, Strength
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.incidents import SaidAs
from volunteer.domain.interests import Interests
from volunteer.domain.opportunities import Scope
from volunteer.models import Candidate, Delivery, Opportunity
from volunteer.services import (
    access_answers,
    accounts,
    candidates,
    incidents,
    introductions,
    organisations,
    suggestions,
)
from volunteer.services.introductions import Choice

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PASSWORD = "een korte zin om binnen te komen"
LARGE = ViewportSize(width=1440, height=900)
SMALLEST = ViewportSize(width=320, height=640)
SIGN_UP = SignUp(
    first_name="Amal",
    language="nl",
    interests=Interests.of(want=["t.cook"]),
    languages={"ar": 4},
    channel=Channel.PHONE,
    contact="+3225111111",
    consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
)


@dataclass(frozen=True)
class Town:
    """Somebody in every place, and something to do for each of them."""

    introduction_id: UUID


@pytest.fixture
def town(core: Core, role: UUID, work: Callable[[], None]) -> Town:
    with core.units.write() as uow:
        organisation = uow.session.get_one(Opportunity, role).organisation
        organisations.set_phone(uow, organisation, "+3225111112")
        for name, job in (("desk", Role.DESK_WORKER), ("admin", Role.ADMIN), ("team", Role.OWNER)):
            inside = job in {Role.DESK_WORKER, Role.ADMIN}
            account = accounts.create(
                uow, name="Noor", email=f"{name}@voorbeeld.example", password=PASSWORD, language="nl"
            )
            accounts.grant(uow, account, job, organisation=None if inside else organisation)
            if job is Role.OWNER:
                accounts.grant(uow, account, Role.SUPPORT_WORKER, organisation=organisation)
        access_answers.record(
            uow,
            {"ph.step_free_entrance": Answer.YES},
            organisation_id=organisation.id,
            scope=Scope.OPPORTUNITY,
            scope_id=role,
            said_by="test",
        )
        uow.session.get_one(Opportunity, role).wanted = 9
    waiting = _ask(core, work, replace(SIGN_UP, needs={"ph.step_free_entrance": Strength.MUST}), shares=True)
    said_yes = _ask(core, work, replace(SIGN_UP, first_name="Mariam"))
    for code in ("sv.buddy", "ic.other_language"):
        _ask(core, work, replace(SIGN_UP, first_name="Lina", needs={code: Strength.MUST}))
    with core.units.write() as uow:
        introductions.accept(uow, organisation.id, said_yes, words="Dinsdag om 10 uur, vraag naar Fatima.")
        delivery = uow.session.query(Delivery).first()
        assert delivery is not None
        incidents.report(
            uow,
            incidents.Report(
                story="De deur was dicht.",
                said_as=SaidAs.VISITOR,
                language="nl",
                urgent=True,
                opportunity_id=role,
            ),
        )
        delivery.state, delivery.attempts, delivery.last_error = "stuck", 8, "ValueError at suggesting.py:42"
    work()
    return Town(waiting)


def _ask(core: Core, work: Callable[[], None], answers: SignUp, *, shares: bool = False) -> UUID:
    with core.units.write() as uow:
        candidate_id = candidates.enrol(uow, answers, origin="page")[0].id
    work()
    with core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, candidate_id)
        shown = suggestions.current(uow, candidate_id)
        assert shown
        choice = Choice(
            contact=shares, needs=frozenset(answers.needs) if shares else frozenset(), words="Graag!"
        )
        made = introductions.request(uow, candidate, shown[0].suggestion.id, choice).id
    work()
    return made


@pytest.fixture
def enter(open_page: OpenPage) -> OpenPage:
    """Logs somebody in and opens a page."""

    def make(who: str, path: str, **options: object) -> Page:
        page = open_page("/login", **options)
        page.locator("#email").fill(f"{who}@voorbeeld.example")
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").click()
        page.wait_for_url(lambda url: "/login" not in url)
        page.goto(path)
        return page

    return make


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("desk", "/desk"),
        ("admin", "/admin"),
        ("admin", "/account"),
        ("team", "/organisation"),
        ("team", "/organisation/introductions/{introduction}"),
        ("team", "/organisation/token"),
        ("team", "/support"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_used_by_everyone(
    enter: OpenPage, look: Look, town: Town, who: str, path: str, scheme: str
) -> None:
    page = enter(who, path.format(introduction=town.introduction_id), color_scheme=scheme)
    for size in (SMALLEST, LARGE):
        page.set_viewport_size(size)
        look(page)


def test_every_row_that_opens_can_be_used_by_everyone(enter: OpenPage, look: Look, town: Town) -> None:
    page = enter("desk", "/desk", viewport=LARGE)
    rows = page.locator('.columns .row-head a[href$="#opened"]')
    addresses = rows.evaluate_all("links => links.map(link => link.href)")
    kinds = {address.split("/desk/")[1].partition("/")[0] for address in addresses}
    assert kinds >= {"questions", "calls", "stuck", "reports"}
    for address in addresses:
        page.goto(address)
        expect(page.locator(".row-open")).to_have_count(1)
        look(page)


def test_log_in_and_its_errors_can_be_used_by_everyone(open_page: OpenPage, look: Look) -> None:
    page = open_page("/login")
    look(page)
    page.locator("main button").click()
    expect(page.locator("#error-summary")).to_be_focused()
    look(page)


def test_the_day_by_keyboard(enter: OpenPage, town: Town) -> None:
    page = enter("desk", "/desk", viewport=LARGE)
    first, second = (page.locator(f".columns > :nth-child({number}) .row-head a") for number in (1, 2))

    page.keyboard.press("2")
    expect(second.first).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    expect(first.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first.first).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/questions/**")
    expect(page.locator("#opened")).to_be_focused()
    page.keyboard.press("n")
    page.wait_for_url("**/desk/people/new")
    page.go_back()
    page.wait_for_url("**/desk/questions/**")
    expect(page.locator("h1")).to_be_visible()

    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_text("een melding bekijken")).to_be_visible()


def test_a_call_by_keyboard_from_its_row_to_its_end(enter: OpenPage, town: Town) -> None:
    page = enter("desk", "/desk", viewport=LARGE)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/calls/**")
    page.keyboard.press("u")
    expect(page.locator("#wish_day")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("g")
    expect(page.locator(".flash-success")).to_be_visible()
    expect(page.locator(".columns > :nth-child(2) .row-age").first).to_have_text("morgen")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    expect(page.locator(".flash-success")).to_be_visible()
    expect(page.locator(".columns > :nth-child(2) .row-head a")).to_have_count(0)


def test_a_report_by_keyboard(enter: OpenPage, look: Look, town: Town) -> None:
    page = enter("desk", "/desk", viewport=LARGE)
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/**")
    page.keyboard.press("t")
    expect(page.locator(".flash-success")).to_be_visible()
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/**")
    page.keyboard.press("c")
    outcome = page.locator("#outcome")
    expect(outcome).to_be_focused()
    look(page)
    outcome.select_option("talked")
    page.locator("button[value=close]").click()
    expect(page.locator(".flash-success")).to_be_visible()
    assert not page.locator('a[href*="/desk/reports/"]').count()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_anyone_says_that_something_is_not_right(open_page: OpenPage, look: Look, language: str) -> None:
    page = open_page("/not-right", language=language)
    look(page)
    page.locator("main button[type=submit]").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#story").fill("De deur was dicht.")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/not-right/sent")
    look(page)


def test_keys_are_silent_while_somebody_types_and_when_switched_off(enter: OpenPage, town: Town) -> None:
    page = enter("desk", "/desk", viewport=LARGE)
    addresses = page.locator(".columns .row-head a").evaluate_all("links => links.map(link => link.href)")
    # A question about languages is answered without a note: it is the other one that is written in.
    while not page.locator("#note").count():
        page.goto(addresses.pop(0))
    page.locator(".row-open summary").click()
    note = page.locator("#note")
    note.press_sequentially("n1 2")
    expect(note).to_have_value("n1 2")
    expect(note).to_be_focused()

    switch = page.locator("#keys-switch")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("2")
    expect(switch).to_be_focused()
    here = page.url
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("2")
    assert page.url == here
    expect(page.locator(".columns a:focus")).to_have_count(0)


def test_without_scripts_everything_is_there(enter: OpenPage, town: Town) -> None:
    page = enter("desk", "/desk", java_script_enabled=False, viewport=LARGE)
    expect(page.locator("#keys-switch")).to_be_hidden()
    # By code: the question about languages comes first, the one that is answered with a button last.
    page.locator('.columns a[href*="/desk/questions/"]').last.click()
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.locator(".flash-success")).to_be_visible()
    page.locator(".columns > :nth-child(2) .row-head a").first.click()
    page.locator(".row-open button[value=done]").click()
    expect(page.locator(".flash-success")).to_be_visible()


def test_an_organisation_answers_on_a_phone(enter: OpenPage, look: Look, town: Town) -> None:
    page = enter("team", "/organisation")
    page.locator(".introduction-waits a.button").first.click()
    page.locator("button[value=yes]").click()
    expect(page.locator("#error-summary")).to_be_focused()
    look(page)
    page.locator("#reply").fill("Dinsdag om 10 uur.")
    page.locator("button[value=yes]").click()
    expect(page.get_by_text("“Dinsdag om 10 uur.”")).to_be_visible()
    look(page)

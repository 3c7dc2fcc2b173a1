"""Signed up together, in real browsers: each way of saying yes, saying no, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select

from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE
from tests.browser.seeded_city import SeededCity, seeded_city
from tests.browser.walking import FILL, GO_ON_BY_THEMSELVES, Look, press_next
from tests.paper import inflated, matrix_on
from tests.qr import text_of
from volunteer.cli.valkey import Valkey
from volunteer.domain.accounts import SUPPORTING, Role
from volunteer.domain.consent import GivenHow
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.support import Scope
from volunteer.links import Purpose
from volunteer.models import Candidate, Incident, Introduction, SupportLink
from volunteer.queries.organisations import gets_people
from volunteer.services import accounts, candidates, proposals, support_links
from volunteer.services.demo_city.loading import LogIn

pytestmark = pytest.mark.browser
DESKTOP = ViewportSize(width=1440, height=900)
YES = ("consent_account", "consent_match")


@pytest.fixture(scope="module")
def city(
    tmp_path_factory: pytest.TempPathFactory, valkey: Valkey, request: pytest.FixtureRequest
) -> Iterator[SeededCity]:
    """One city for all: everybody is signed up anew."""
    migrated = request.getfixturevalue("migrated_sqlite")
    with seeded_city(tmp_path_factory.mktemp("together"), migrated, valkey.url) as made:
        yield made


@dataclass(frozen=True)
class Pair:
    """Veerle of the school at her computer, Zohra with a phone of her own, and who else is needed."""

    city: SeededCity
    open: Callable[..., Page]

    def veerle(self) -> Page:
        """Her browser, logged in."""
        return self.logged_in(self.city.log_in_of("support"), "/support")

    def desk(self) -> Page:
        """The browser of the info desk."""
        return self.logged_in(self.city.log_in_of("desk"), "/desk")

    def logged_in(self, who: LogIn, leads_to: str) -> Page:
        """A browser of somebody with an account, on their first page."""
        page = self.open("/login", viewport=DESKTOP)
        log_in(page, who)
        page.wait_for_url(f"**{leads_to}")
        page.goto("/language/en")
        page.goto(leads_to)
        return page

    def file_of(self, waiting: str) -> UUID:
        """The file that waits on this page."""
        with self.city.core.units.read() as uow:
            return uow.session.get_one(SupportLink, UUID(waiting.rpartition("/")[2])).candidate_id


@pytest.fixture
def pair(city: SeededCity, chromium: Browser) -> Iterator[Pair]:
    contexts = []

    def open_it(path: str, **options: object) -> Page:
        settled: dict[str, Any] = {"viewport": PHONE, "locale": "en", "base_url": city.address, **options}
        contexts.append(chromium.new_context(**settled))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.goto(path)
        return page

    yield Pair(city, open_it)
    for context in contexts:
        context.close()


def test_from_the_first_question_to_a_yes_by_the_link_of_the_message(pair: Pair, look: Look) -> None:
    veerle = pair.veerle()
    look(veerle)
    veerle.get_by_role("link", name="Sign up together").first.click()
    veerle.wait_for_url("**/support/enrol")
    look(veerle)
    veerle.get_by_role("button", name="Begin").click()
    veerle.wait_for_url("**/speaks")
    veerle.locator("#person_language-en").check()
    press_next(veerle)
    _tell(veerle, look)
    veerle.get_by_role("button", name="Send the link").click()
    expect(veerle.get_by_text("The message is on its way.")).to_be_visible()

    pair.city.work()
    amina = pair.open(pair.city.mailed("/yes/")[-1])
    amina.wait_for_url("**/together")
    look(amina)
    assert amina.locator("input:checked").count() == 0
    _say_yes(amina, "allow_sees_progress")
    look(amina)
    veerle.goto("/support")
    expect(veerle.get_by_role("heading", name="My people")).to_be_visible()
    expect(veerle.get_by_role("link", name="Amina")).to_be_visible()


def test_a_yes_with_the_code_of_the_printed_card(pair: Pair, look: Look) -> None:
    _card, waiting = pair.city.begun_together("en")
    veerle = pair.veerle()
    veerle.goto(waiting)
    veerle.get_by_role("button", name="Make a card").click()
    expect(veerle.locator(".qr-frame svg")).to_be_visible()
    look(veerle)
    sheet = veerle.request.get(f"{waiting}/card").body()
    printed = text_of(matrix_on(inflated(sheet)))
    shown = veerle.locator("#card bdi").inner_text()
    assert printed == shown

    zohra = pair.open(printed.removeprefix(pair.city.settings.public_url))
    zohra.wait_for_url("**/together")
    _say_yes(zohra)
    expect(zohra.get_by_text("Your old card opens nothing any more.")).to_be_visible()
    other = pair.open(printed.removeprefix(pair.city.settings.public_url))
    other.wait_for_url("**/card")
    veerle.reload()
    expect(veerle.get_by_role("button", name="Make a new card")).to_have_count(0)


def test_a_yes_on_the_device_that_is_handed_over(pair: Pair, look: Look) -> None:
    _card, waiting = pair.city.begun_together("en")
    tablet = pair.veerle()
    tablet.goto(waiting)
    look(tablet)
    tablet.get_by_role("button", name="Log me out and hand over").click()
    tablet.wait_for_url("**/together")
    look(tablet)
    _say_yes(tablet, "allow_is_channel")
    tablet.locator("form.wipe button").click()
    expect(tablet.locator(".door-main")).to_be_visible()
    _shows_nothing_behind(tablet)

    tablet.goto("/support")
    tablet.wait_for_url("**/kiosk/leave")
    look(tablet)
    log_in(tablet, pair.city.log_in_of("support"))
    tablet.wait_for_url("**/support")
    expect(tablet.get_by_role("heading", name="My people")).to_be_visible()


def test_a_yes_at_the_desk_before_a_witness_who_is_not_the_support_worker(pair: Pair, look: Look) -> None:
    _card, waiting = pair.city.begun_together("en")
    file_id = pair.file_of(waiting)
    both = pair.logged_in(_who_also_sits_at_the_desk(pair.city), "/desk")
    _hear_yes(both, file_id)
    expect(both.get_by_text("so you cannot be the witness").first).to_be_visible()
    look(both)

    desk = pair.desk()
    desk.goto(f"/desk/people/{file_id}")
    expect(desk.get_by_text("The support worker is never the witness.")).to_be_visible()
    look(desk)
    _hear_yes(desk, file_id)
    expect(desk.get_by_text("Helped by Veerle")).to_be_visible()
    look(desk)


def test_one_press_says_i_did_not_ask_for_this(pair: Pair, look: Look) -> None:
    card, waiting = pair.city.begun_together("en")
    file_id = pair.file_of(waiting)
    zohra = pair.open(card)
    zohra.wait_for_url("**/together")
    zohra.get_by_role("button", name="I did not ask for this").click()
    zohra.wait_for_url("**/together/gone")
    expect(zohra.get_by_role("heading", name="Everything is erased")).to_be_visible()
    look(zohra)
    with pair.city.core.units.read() as uow:
        assert uow.session.get(Candidate, file_id) is None
        newest = select(Incident.id).order_by(Incident.opened_at.desc()).limit(1)
        report = uow.session.scalars(newest).one()
    desk = pair.desk()
    desk.locator(f"a[href^='/desk/reports/{report}']").click()
    opened = desk.locator("li").filter(has=desk.locator("#opened"))
    expect(opened).to_contain_text("Veerle")
    expect(opened).not_to_contain_text("Zohra")
    look(desk)


@pytest.mark.parametrize("scope", list(Scope))
def test_what_is_taken_back_is_gone_at_the_next_load_also_of_an_open_page(
    pair: Pair, look: Look, scope: Scope
) -> None:
    card, waiting = pair.city.begun_together("en")
    link_id = waiting.rpartition("/")[2]
    zohra = pair.open(card)
    zohra.wait_for_url("**/together")
    _say_yes(zohra, f"allow_{scope}")
    veerle = pair.veerle()
    veerle.goto(f"/support/people/{link_id}")
    expect(veerle.get_by_role("heading", name="Zohra")).to_be_visible()
    look(veerle)

    zohra.goto("/me/support")
    look(zohra)
    zohra.locator(f"form[action$='/{scope}/take-back'] button").click()
    expect(zohra.get_by_text("Stopped. They cannot do this any more.")).to_be_visible()
    answer = veerle.reload()
    assert answer
    assert answer.status == 404
    expect(veerle.get_by_text("Zohra")).to_have_count(0)
    veerle.goto("/support")
    expect(veerle.locator(f"a[href='/support/people/{link_id}']")).to_have_count(0)


def test_an_answer_is_passed_on_and_taken_back(pair: Pair, look: Look) -> None:
    page, opens = _asked_to_choose(pair.city)
    veerle = pair.veerle()
    veerle.goto(page)
    look(veerle)
    veerle.locator("button[name=time]:not([value=none])").first.click()
    expect(
        veerle.get_by_text("Passed on. The person hears of it, and can say that it is not right.")
    ).to_be_visible()
    expect(veerle.get_by_role("button", name="They cannot come then")).to_be_visible()
    look(veerle)

    person = pair.open(opens)
    person.goto("/language/en")
    person.goto("/me/support")
    look(person)
    person.get_by_role("link", name="Not right?").click()
    expect(person.get_by_role("heading", name="Is this your answer?")).to_be_visible()
    look(person)
    person.get_by_role("button", name="That was not me").click()
    expect(person.get_by_text("This answer does not count any more.")).to_be_visible()
    look(person)
    answer = veerle.reload()
    assert answer
    assert answer.status == 404


def log_in(page: Page, who: LogIn) -> None:
    """Fill in the two fields of whichever page asks for them."""
    page.locator("#email").fill(who.email)
    page.locator("#password").fill(who.password)
    page.locator("main form button[type=submit]").click()


def _tell(page: Page, look: Look) -> None:
    """All questions, with a mail address, to the page with the ways to say yes."""
    for slug in ("name", "age", "where", "tasks", "when", "languages", "contact"):
        page.wait_for_url(f"**/support/enrol/{slug}")
        look(page)
        (_by_mail if slug == "contact" else FILL[slug])(page)
        if slug not in GO_ON_BY_THEMSELVES:
            press_next(page)
    page.wait_for_url("**/support/enrol/ready")
    look(page)
    press_next(page)
    page.wait_for_url("**/support/waiting/*")
    look(page)


def _by_mail(page: Page) -> None:
    page.locator("#channel-email").check()
    page.locator("#contact_email").fill("amina.samen@voorbeeld.example")


def _say_yes(page: Page, *more: str) -> None:
    for name in (*YES, *more):
        page.locator(f"#{name}").check()
    page.locator("#yes-form .actions button").click()
    page.wait_for_url("**/me/suggestions")


def _hear_yes(page: Page, file_id: UUID) -> None:
    """Somebody at the desk reads aloud and ticks what is said."""
    page.goto(f"/desk/people/{file_id}/answers")
    for name in (*YES,):
        page.locator(f"#{name}-yes").check()
    page.locator("#consent_needs-no").check()
    page.locator("#allow_helps_answer").check()
    with page.expect_navigation():
        page.locator(".dense-foot button.button").click()


def _who_also_sits_at_the_desk(city: SeededCity) -> LogIn:
    """A colleague of Veerle who works at the desk on other days."""
    who = LogIn("both", "samen@alfabed.example", "een korte zin om binnen te komen")
    with city.core.units.write() as uow:
        veerle = accounts.by_email(uow, city.log_in_of("support").email)
        assert veerle
        school = next(each.organisation for each in veerle.memberships if each.role in SUPPORTING)
        account = accounts.create(uow, name="Bo", email=who.email, password=who.password, language="en")
        accounts.grant(uow, account, Role.DESK_WORKER)
        accounts.grant(uow, account, Role.SUPPORT_WORKER, organisation=school)
    return who


def _asked_to_choose(city: SeededCity) -> tuple[str, str]:
    """Somebody who may be helped is asked to choose a time: Veerle's page of them, and their own link."""
    with city.core.units.write() as uow:
        veerle = accounts.by_email(uow, city.log_in_of("support").email)
        assert veerle
        school_id = next(each.organisation_id for each in veerle.memberships if each.role in SUPPORTING)
        sent = uow.session.scalars(select(Introduction).where(Introduction.state == IntroductionState.SENT))
        asked = next(each for each in sent if gets_people(uow.session, each.organisation_id))
        times = [(uow.now + timedelta(days=days)).replace(microsecond=0) for days in (7, 8)]
        proposals.propose(uow, asked.organisation_id, asked.id, times=times, words="Vraag naar Noor.")
        link = SupportLink(
            id=uuid4(),
            candidate_id=asked.candidate_id,
            account_id=veerle.id,
            organisation_id=school_id,
            opened_at=uow.now,
        )
        uow.session.add(link)
        uow.session.flush()
        given = {Scope.HELPS_ANSWER}
        support_links.give(uow, link, given, language="en", given_how=GivenHow.OWN_DEVICE)
        opens = city.core.links.make(
            Purpose.OPEN_FILE, asked.candidate_id, proof=candidates.address_proof(asked.candidate)
        )
    return f"/support/people/{link.id}", opens.removeprefix(city.settings.public_url)


def _shows_nothing_behind(page: Page) -> None:
    """Back to the page that was open last: it is asked for again, and says nothing of anybody."""
    page.go_back()
    expect(page.locator(".door-main, main h1").first).to_be_visible()
    expect(page.get_by_text(re.compile("Zohra|Veerle"))).to_have_count(0)

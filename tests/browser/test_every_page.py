"""Every page there is, in every language it has: nothing that axe finds, and nothing wider than the screen.

The pages are found as people find them, by following links; the addresses of the application say whether one
was forgotten. A page that no link leads to from here gets a start of its own below, or a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.organisation_life import OrganisationLife, live, started_by_newest
from tests.browser.seeded_city import SeededCity, seeded_city
from tests.browser.touring import Tour
from tests.browser.walking import press_next, sign_up
from tests.integration.services.markets import make_market
from volunteer.cli.valkey import Valkey
from volunteer.web.language import FOR_CANDIDATES

pytestmark = pytest.mark.browser
ZOOMED = ViewportSize(width=320, height=256)
"""A screen of 1280 by 1024 at 400 %."""
NO_PAGES = {
    "static": "files of ours",
    "start.language": "goes back to where it was chosen",
    "signup.begin": "goes to the first question",
    "cards.by_card": "goes on to the file",
    "cards.by_link": "goes on to the file",
    "cards.by_paper": "goes on to the file",
    "confirming.by_link": "goes on to confirming.show",
    "blank_cards.by_code": "goes on to blank_cards.show",
    "pending.card": "on paper",
    "card_groups.paper": "on paper",
    "kiosk.over": "wipes, and goes to the start page",
    "health.alive": "for who looks after the machine",
    "health.ready": "for who looks after the machine",
    "development.mails": "for who builds this",
    "development.mail": "for who builds this",
    "me.take_along": "a file to take along",
    "law.workshop": "on paper",
    "markets.own_card": "goes on to markets.card",
    "markets.board_now": "a part of markets.board",
    "desk_markets.timetable_now": "a part of desk_markets.timetable_list",
    "desk_markets.day_now": "a part of desk_markets.day",
    "desk_markets.report_table": "a file for a spreadsheet",
    "desk_markets.route_cards": "on paper",
    "desk_markets.stand_sheets": "on paper",
    "desk_markets.interpreter_sheets": "on paper",
    "desk_markets.group_lists": "on paper",
    "desk_markets.door_list": "on paper",
    "support_markets.cards_of_group": "on paper",
    "support_markets.list_of_group": "on paper",
    "organisation_markets.own_sheet": "on paper",
    "markets.own_paper": "on paper",
    "support_markets.calendar_of_group": "a file for a calendar",
    "organisation_markets.own_calendar": "a file for a calendar",
    "markets.own_dates": "a file for a calendar",
    "agenda.for_event_database": "for programs",
    "agenda.to_follow": "a calendar to follow",
    "agenda.for_calendar": "a file for a calendar",
    "agenda.own_seat": "goes on to agenda.seat",
    "agenda.ticket": "goes on to agenda.show, or for the desk to desk_gatherings.party",
    "desk_gatherings.attendance_list": "on paper",
    "papers.card": "on paper",
    "papers.slip": "on paper",
    "papers.suggestions": "on paper",
    "papers.calls": "on paper",
    "papers.letter": "on paper",
    "papers.desk_card": "on paper",
    "papers.desk_slip": "on paper",
    "papers.desk_suggestions": "on paper",
    "support.agreement_paper": "on paper",
    "messages.letters": "on paper",
    "access_check.paper": "on paper",
    "messages.preview_letter": "on paper",
    "messages.preview_mail": "a mail, in a frame of messages.preview_one where no script runs",
    "organisation.calendar": "a file for a calendar",
    "me.calendar": "a file for a calendar",
    "my_suggestions.newest": "a part of my_suggestions.show",
    "people.newest_suggestions": "a part of people.show",
    "devices.state": "a part of devices.first",
    "access_check.start": "goes on to access_check.show",
    "organisation.agreement": "on paper",
    "organisation.certificate": "on paper",
    "organisation.information": "on paper",
}
SHOWN_ELSEWHERE = {
    "market_day.door": "a phone at the door, without the head of other pages: test_market_door.py",
    "market_day.door_card_page": "the same",
    "market_day.door_group": "the same",
    "market_day.door_new": "the same",
    "desk_markets.door": "the same page as market_day.door, with an account",
    "desk_markets.door_card_page": "the same",
    "desk_markets.door_group": "the same",
    "desk_markets.door_new": "the same",
    "market_day.stand": "a stand on a phone, without the head of other pages: test_stand_day.py",
    "markets.board": "screens of every size, and without the head of other pages: test_market_board.py",
    "markets.card_here": "the same on a tablet of the desk",
    "agenda.seat_here": "a seat on a tablet of the desk: test_kiosk.py",
    "passed_answers.show": "the page of passed_answers.show_own, by the link of a message",
    "passed_answers.show_own": "an answer that a support worker passed on: test_together.py",
    "people.back_to_typed": "the screen of people.enrol, filled in: test_people.py",
    "people.compare": "two files of one person: test_people.py",
    "people.meet": "a wish, told at the desk: test_people.py",
    "people.search": "names that were found: test_people.py",
}
WHOLE = {"signup.step", "me.change", "desk.row"}
"""Endpoints of which every address that differs in more than an id is a page of its own."""


@pytest.fixture(scope="module")
def city(
    tmp_path_factory: pytest.TempPathFactory,
    migrated_sqlite: object,
    valkey: Valkey,
    request: pytest.FixtureRequest,
) -> Iterator[SeededCity]:
    """One city for every language: nobody there changes what the next one reads."""
    migrated = request.getfixturevalue("migrated_sqlite")
    with seeded_city(tmp_path_factory.mktemp("city"), migrated, valkey.url) as made:
        yield made


@pytest.fixture(scope="module")
def life(city: SeededCity) -> OrganisationLife:
    """One organisation where everything happens that can."""
    return live(city)


@pytest.fixture(scope="module")
def market_day(city: SeededCity) -> str:
    """The day of a market of which the first round is on."""
    with city.core.units.write() as uow:
        market = make_market(uow, ahead=timedelta(minutes=-40))
    return f"/desk/markets/{market.id}/day"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_page_for_everybody(
    chromium: Browser, city: SeededCity, life: OrganisationLife, market_day: str, language: str
) -> None:
    tour = Tour(city.app, language, passed_by=NO_PAGES.keys() | SHOWN_ELSEWHERE.keys(), whole=WHOLE)
    _as_candidates(chromium, city, life, language, tour)
    for role, starts in (
        (
            "desk",
            ("/desk", "/desk/figures", "/kiosk/hand-over", "/account", *city.done_at_desk(), market_day),
        ),
        ("admin", ("/admin", "/admin/law")),
        ("member", ("/organisation", "/account")),
        ("support", ("/support",)),
    ):
        with _somebody(chromium, city, language) as page:
            _log_in(page, city, role, language)
            tour.follow(page, *starts)
            for path in life.of_team if role == "member" else ():
                tour.follow(page, path)
            if role == "support":
                _sign_up_together(page, city, language, tour)
    _is_faultless(city, tour, elsewhere=NO_PAGES.keys() | SHOWN_ELSEWHERE.keys())


def test_every_page_for_candidates_in_arabic(
    chromium: Browser, city: SeededCity, life: OrganisationLife
) -> None:
    elsewhere = NO_PAGES.keys() | SHOWN_ELSEWHERE.keys() | _for_staff(city)
    tour = Tour(city.app, "ar", passed_by=elsewhere, whole=WHOLE)
    _as_candidates(chromium, city, life, "ar", tour)
    _is_faultless(city, tour, elsewhere=elsewhere)


def test_no_reason_is_given_for_what_is_not_there(city: SeededCity) -> None:
    assert (NO_PAGES.keys() | SHOWN_ELSEWHERE.keys()) - _every_page(city) == set()


def _is_faultless(city: SeededCity, tour: Tour, *, elsewhere: set[str]) -> None:
    never = _every_page(city) - tour.endpoints - elsewhere
    faults = [*tour.faults, *(f"{endpoint} was never looked at" for endpoint in sorted(never))]
    assert not faults, "\n".join(faults)


def _every_page(city: SeededCity) -> set[str]:
    """Endpoints that answer to GET, but for those of programs."""
    return {
        rule.endpoint
        for rule in city.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }


def _for_staff(city: SeededCity) -> set[str]:
    """Endpoints that speak no Arabic."""
    return {
        endpoint
        for endpoint, view in city.app.view_functions.items()
        if isinstance(getattr(view, "guard", None), tuple)
        or endpoint.rpartition(".")[0] not in FOR_CANDIDATES
    }


def _as_candidates(
    chromium: Browser, city: SeededCity, life: OrganisationLife, language: str, tour: Tour
) -> None:
    with _somebody(chromium, city, language) as page:
        tour.follow(page, "/", "/law", "/signup/too-young", "/not-right/sent", "/me/erased", "/confirmed")
        tour.follow(page, *city.ways_in(), *city.mailed("/"))
        for path in life.by_link:
            tour.follow(page, path)
        page.goto("/nowhere")
        tour.look(page)
    with _somebody(chromium, city, language) as page:
        _sign_up_and_live(page, city, tour)
    with _somebody(chromium, city, language) as page:
        _say_yes_to_what_was_begun(page, city, language, tour)
        _begin_with_a_card(page, city, tour)
    _on_a_new_device(chromium, city, language, tour)
    with _somebody(chromium, city, language) as page:
        _log_in(page, city, "desk", language)
        _on_a_tablet(page, tour)


def _sign_up_and_live(page: Page, city: SeededCity, tour: Tour) -> None:
    """A file with everything in it: a wish, a no, something saved."""
    page.goto("/signup")
    sign_up(page, tour.look)
    tour.look(page)
    city.work()
    page.goto("/me/suggestions")
    with page.expect_navigation():
        page.locator("form[action$='/save'] button").first.click()
    page.locator("article.suggestion a[href$='/refuse']").last.click()
    page.wait_for_url("**/refuse")
    tour.look(page)
    page.locator("main form .actions button").click()
    page.wait_for_url("**/refused")
    tour.look(page)
    page.goto("/me/suggestions")
    with page.expect_navigation():
        page.locator("form[action$='/meet'] button").first.click()
    tour.look(page)
    press_next(page)
    page.wait_for_url("**/me")
    city.work()
    page.goto("/me/suggestions")
    with page.expect_navigation():
        page.locator("form[action$='/others'] button").first.click()
    city.work()
    started_by_newest(city)
    tour.follow(page, "/me", "/me/suggestions", "/me/nothing-fits", "/me/nothing-fits/others")


def _sign_up_together(page: Page, city: SeededCity, language: str, tour: Tour) -> None:
    """The first two questions, read aloud, and a file that waits."""
    _card, waiting = city.begun_together(language)
    tour.follow(page, "/support/enrol", waiting)
    page.goto("/support/enrol")
    page.locator("main .panel form button").click()
    page.wait_for_url("**/speaks")
    tour.look(page)
    page.locator("#person_language-ar").check()
    page.locator("#question-form .actions button:not([name=back])").click()
    page.wait_for_url("**/name")
    tour.look(page)


def _say_yes_to_what_was_begun(page: Page, city: SeededCity, language: str, tour: Tour) -> None:
    """Somebody with the card of a file that waits, and who helps them afterwards."""
    card, _waiting = city.begun_together(language)
    page.goto(card)
    page.wait_for_url("**/together")
    tour.look(page)
    for name in ("consent_account", "consent_match", "allow_sees_progress"):
        page.locator(f"#{name}").check()
    page.locator("#yes-form .actions button").click()
    page.wait_for_url("**/me/suggestions")
    tour.follow(page, "/me/support", "/together/gone")


def _begin_with_a_card(page: Page, city: SeededCity, tour: Tour) -> None:
    """Somebody whose file is open here scans a card of a group, and is asked who may help."""
    page.goto(city.blank_card())
    page.wait_for_url("**/with-card")
    tour.look(page)
    page.locator("main form button").first.click()
    page.wait_for_url("**/me/may-help")
    tour.look(page)


def _on_a_new_device(chromium: Browser, city: SeededCity, language: str, tour: Tour) -> None:
    """A card that is used elsewhere: little to see, and a question by mail."""
    token = city.enrol(language)
    with _somebody(chromium, city, language) as page:
        page.goto(f"/c/{token}")
        page.wait_for_url("**/me/first")
        tour.look(page)
        with page.expect_navigation():
            page.locator("button[name=by][value=own_channel]").click()
        tour.look(page)
        city.work()
        question = city.mailed("/confirm/")[-1]
        tour.follow(page, question, f"{question}/no")


def _on_a_tablet(page: Page, tour: Tour) -> None:
    """The tablet at the desk, in the hands of somebody."""
    page.goto("/kiosk/hand-over")
    with page.expect_navigation():
        page.locator("main form button").click()
    tour.look(page)
    tour.follow(page, "/kiosk/leave", "/kiosk/paper")
    page.goto("/signup/name")
    page.locator("#first_name").fill("Amina")
    with page.expect_navigation():
        press_next(page)
    page.goto("/")
    tour.look(page)


@contextmanager
def _somebody(chromium: Browser, city: SeededCity, language: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=ZOOMED, locale=language, base_url=city.address)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def _log_in(page: Page, city: SeededCity, role: str, language: str) -> None:
    account = city.log_in_of(role)
    page.goto("/login")
    page.locator("#email").fill(account.email)
    page.locator("#password").fill(account.password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: not re.search("/login$", url))
    page.goto(f"/language/{language}")

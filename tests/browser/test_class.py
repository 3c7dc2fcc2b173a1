"""A class of 25, from the cards that are printed to 25 files: by phone, in two directions, and at the desk.

Two people go all the way in a browser, one comes to the desk; the others answer the same pages without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_uppercase
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from tests.browser.walking import Look, press_next, sign_up
from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser
from tests.functional.staff.card_class import ALFABED, YES, Class
from tests.paper import inflated, matrices_on, pages
from tests.qr import text_of
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, SupportLink
from volunteer.services import accounts, organisations

pytestmark = pytest.mark.browser
DESKTOP = ViewportSize(width=1440, height=900)
PASSWORD = "een korte zin om binnen te komen"
OpenPage = Callable[..., Page]


@pytest.fixture
def logged_in(core: Core, open_page: OpenPage) -> Callable[[Role], Page]:
    """Opens the browser of somebody new with this role; a support worker works for a school."""

    def log_in(role: Role) -> Page:
        email = f"{role}@voorbeeld.example"
        with core.units.write() as uow:
            account = accounts.create(uow, name="Noor", email=email, password=PASSWORD, language="nl")
            school = None
            if role is Role.SUPPORT_WORKER:
                school = organisations.by_name(uow, ALFABED, language="nl")
                make_referrer(uow, school, accepted_by=account.id)
            accounts.grant(uow, account, role, organisation=school)
        page = open_page("/login", language="nl", viewport=DESKTOP)
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(re.compile(r"/(support|desk)$"))
        return page

    return log_in


def test_a_class_of_25_from_printed_cards_to_confirmed(
    logged_in: Callable[[Role], Page], open_page: OpenPage, app: Flask, core: Core, look: Look
) -> None:
    teacher = logged_in(Role.SUPPORT_WORKER)
    cards = _printed(teacher, look)
    assert len(set(cards)) == 25
    group = urlsplit(teacher.url).path

    _by_phone(open_page(cards[0], language="nl"), look, allows=True)
    _by_phone(open_page(cards[24], language="ar"), look, allows=False)
    _at_the_desk(logged_in(Role.DESK_WORKER), cards[1], look)
    others = Class(core, app, Browser(app), group)
    for number, card in enumerate(cards[2:24]):
        letter = ascii_uppercase[number]
        person = others.comes(card.rpartition("/")[2], name={"first_name": f"Persoon {letter}"})
        person.post("/me/may-help", **(YES if letter in "AB" else {}))

    teacher.goto(group)
    expect(teacher.locator(".counts dd")).to_have_text(["25", "25", "25"])
    expect(teacher.locator(".rows a")).to_have_text(["Amina", "Persoon A", "Persoon B", "Zohra"])
    look(teacher)
    with core.units.read() as uow:
        assert {each.state for each in uow.session.scalars(select(Candidate))} == {"confirmed"}
        linked = uow.session.scalars(select(SupportLink)).all()
        assert {each.card_group_id for each in linked} == {UUID(group.rpartition("/")[2])}
        assert len(linked) == 4


def _printed(page: Page, look: Look) -> list[str]:
    """Twenty cards in Dutch and five more in Arabic, on four sheets; the paths that their squares hold."""
    page.get_by_role("link", name="Kaarten voor een groep").click()
    page.wait_for_url("**/support/groups")
    look(page)
    page.fill("#name", "Nederlands 1.2, dinsdag")
    page.fill("#count", "20")
    page.select_option("#language", "nl")
    page.get_by_role("button", name="Maak de kaarten").click()
    page.wait_for_url(re.compile(r"/support/groups/[0-9a-f-]{36}$"))
    look(page)
    page.get_by_text("Meer kaarten").click()
    page.fill("#count", "5")
    page.select_option("#language", "ar")
    page.get_by_role("button", name="Maak er kaarten bij").click()
    expect(page.get_by_text("5 kaarten erbij.")).to_be_visible()
    href = page.get_by_role("link", name="Print de kaarten").get_attribute("href")
    assert href is not None
    sheets = page.context.request.get(href).body()
    assert pages(sheets) == 4
    found = [urlsplit(text_of(matrix)).path for matrix in matrices_on(inflated(sheets))]
    # The sheets stand by language: Arabic comes first.
    return found[5:] + found[:5]


def _by_phone(page: Page, look: Look, *, allows: bool) -> None:
    """Somebody scanned their card, signs up, and says whether the teacher may see how it goes."""
    page.wait_for_url("**/with-card")
    look(page)
    page.locator("main form button").click()
    sign_up(page, leads_to="/me/may-help")
    expect(page.locator("main input:checked")).to_have_count(0)
    look(page)
    if allows:
        page.locator("#allow_sees_progress").check()
    press_next(page)
    page.wait_for_url("**/me/suggestions")
    expect(page.locator(".my-card")).to_be_visible()
    look(page)


def _at_the_desk(page: Page, card: str, look: Look) -> None:
    """Somebody brings their card, the desk scans it, and is the witness of each yes."""
    page.goto(card)
    page.wait_for_url("**/desk/people/new")
    expect(page.get_by_role("heading", name=f"Wat mag Noor van {ALFABED} doen?")).to_be_visible()
    look(page)
    page.fill("#first_name", "Zohra")
    page.check("#is_16-yes")
    page.fill("#postal_code", "1000")
    page.select_option("#channel", "desk")
    for each in ("consent_account-yes", "consent_match-yes", "consent_needs-no", "allow_sees_progress"):
        page.check(f"#{each}")
    page.click("#enrolment .dense-foot > p button")
    page.wait_for_url(re.compile(r"/desk/people/[0-9a-f-]{36}$"))

"""A real browser on real pages: the site is served on this machine, and Chromium looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import QUIET, path_of_chromium
from tests.browser.looking import faults_of
from tests.browser.serving import served
from volunteer.bootstrap import Core
from volunteer.domain.availability import Availability
from volunteer.domain.opportunities import Place, Posting
from volunteer.services import opportunities, organisations

PHONE = {"width": 390, "height": 844}
Look = Callable[[Page], None]
PATIENCE_MILLISECONDS = 20_000
"""How long a page may take to become what is expected: a busy machine is slow, and nothing waits in vain."""

expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: a process can have one."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this test process."""
    path = path_of_chromium()
    if path is None:
        pytest.skip("no Chromium was found: set CHROMIUM, or install chromium-headless-shell")
    browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough for what a browser shows."""
    return sqlite_url


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Address of the site, served by the server that serves it for real."""
    with served(app) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser of somebody new; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_it(path: str = "/", *, language: str = "en", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, "locale": language, "base_url": site, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    # The browser reports as if something had failed: a form that came back with errors (422), and a network
    # that a test took away.
    asked_for = ("422", "ERR_INTERNET_DISCONNECTED")
    assert [each for each in complaints if not any(words in each for words in asked_for)] == []


@pytest.fixture
def look() -> Look:
    """Looks at the page as it stands: nothing axe finds, and nothing wider than the screen."""
    axe = Axe()

    def look_at(page: Page) -> None:
        assert faults_of(page, axe) == [], page.url

    return look_at


@pytest.fixture
def role(core: Core) -> UUID:
    """A role that anybody in the city could take up, in Dutch."""
    posting = Posting(
        title="Koken met de ploeg",
        description="Elke dinsdag koken we samen soep voor de buurt.",
        language="nl",
        tasks=frozenset({"t.cook"}),
        times=Availability.parse("tue 10:00-13:00"),
        place=Place(municipality="anderlecht"),
        contact_name="Fatima",
    )
    with core.units.write() as uow:
        owner = organisations.by_name(uow, "Buurtkeuken Pollepel", language="nl")
        uow.session.flush()
        return opportunities.post(uow, posting, organisation_id=owner.id, said_by="test").id

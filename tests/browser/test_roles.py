"""Writing a role in a real browser: advice follows while somebody types, by keyboard, at every width."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Opportunity
from volunteer.services import accounts

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PASSWORD = "een korte zin om binnen te komen"
EMAIL = "fatima@voorbeeld.example"


@pytest.fixture
def member(core: Core, role: UUID, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Somebody who speaks for the organisation of that role; returns the role."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    with core.units.write() as uow:
        owner = uow.session.get_one(Opportunity, role).organisation
        account = accounts.create(uow, name="Fatima", email=EMAIL, password=PASSWORD, language="nl")
        accounts.grant(uow, account, Role.OWNER, organisation=owner)
    return role


def _log_in(open_page: OpenPage, **options: Any) -> Page:
    page = open_page("/login", language="nl", **options)
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/organisation**")
    return page


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_every_page_about_roles(open_page: OpenPage, look: Look, member: UUID, width: int) -> None:
    page = _log_in(open_page, viewport={"width": width, "height": 900})
    for path in ("", "/new", "/new?template=kitchen", f"/{member}", f"/{member}/edit", f"/{member}/words"):
        page.goto(f"/organisation/roles{path}")
        look(page)


def test_advice_follows_while_somebody_types(open_page: OpenPage, member: UUID) -> None:
    page = _log_in(open_page)
    page.goto("/organisation/roles/new?template=none")
    page.fill("#title", "Hulp")
    page.locator("#description").press_sequentially("Teneinde samen te koken.", delay=5)
    expect(page.locator("#plain")).to_contain_text("om te")
    assert page.url.endswith("/organisation/roles/new?template=none")
    page.locator("#plain label").first.click()
    expect(page.locator("#task-t\\.cook")).to_be_checked()


def test_a_role_by_keyboard_alone(open_page: OpenPage, member: UUID, core: Core) -> None:
    page = _log_in(open_page)
    page.goto("/organisation/roles/new?template=party")
    page.focus("#title")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/organisation/roles/[0-9a-f-]{36}$"))
    with core.units.read() as uow:
        found = uow.session.get_one(Opportunity, UUID(page.url.rpartition("/")[2]))
        assert (found.state, found.title) == ("draft", "Helpen op ons feest")

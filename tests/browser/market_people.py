"""Who makes a market what it is, each in a browser of their own; and how they go from page to page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2
from playwright.sync_api import Page, ViewportSize

from tests.factories.referrers import make_referrer
from volunteer.bootstrap import Core
from volunteer.domain.accounts import SUPPORTING, Role
from volunteer.services import accounts, organisations

DESKTOP = ViewportSize(width=1440, height=900)
PASSWORD = "een korte zin om binnen te komen"


@dataclass(frozen=True)
class People:
    """Opens their browsers."""

    core: Core
    open: Callable[..., Page]

    def logged_in(self, role: Role, *, at: str | None = None, **options: Any) -> Page:
        """Somebody new with this role, in an organisation that may do what it wants; on their first page."""
        email = f"{role}@voorbeeld.example"
        with self.core.units.write() as uow:
            account = accounts.create(uow, name="Noor", email=email, password=PASSWORD, language="en")
            team = organisations.by_name(uow, at, language="nl") if at else None
            if team is not None and role in SUPPORTING:
                make_referrer(uow, team, accepted_by=account.id)
            accounts.grant(uow, account, role, organisation=team)
        page = self.open("/login", **{"viewport": DESKTOP, **options})
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        with page.expect_navigation(url=re.compile(r"/(desk|organisation|support)$")):
            page.press("#password", "Enter")
        return page


def press(page: Page, name: str) -> None:
    """Press this button, and come to the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow this link, and come to the next page."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()


def printed(page: Page, name: str) -> list[str]:
    """What stands on each sheet that this link prints, in one line."""
    path = page.get_by_role("link", name=name).get_attribute("href")
    with pypdfium2.PdfDocument(page.request.get(path or "").body()) as document:
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]

"""Who is in the story, when it happens, and what must stay between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.whole_house import PASSWORD, WholeHouse

BRUSSELS = ZoneInfo("Europe/Brussels")
JOINING = datetime(2026, 10, 5, 11, tzinfo=BRUSSELS)
QUESTIONS = datetime(2026, 10, 6, 10, 30, tzinfo=BRUSSELS)
THE_DAY_BEFORE = datetime(2026, 10, 12, 10, 30, tzinfo=BRUSSELS)
AFTERWARDS = datetime(2026, 10, 13, 14, tzinfo=BRUSSELS)
FOUR_WEEKS_LATER = datetime(2026, 11, 11, 10, 30, tzinfo=BRUSSELS)

DESK = "yasmina@desk.example"
TEAM = "zqjo@trapper.example"
NAME = "Zqamal"
NUMBER, NUMBER_AS_KEPT = "0470 55 66 77", "+32470556677"
WORDS = "Zqwoorden: ik kook graag voor veel mensen."
NOTE = "Zqnota: belt liever na de middag."
DOOR, PRAYER = "ph.step_free_entrance", "sv.food_prayer"
LEFT_OPEN = {DOOR, "ph.lift_or_ground", "ph.accessible_toilet"}
"""One that somebody needs, and two that can go along in the mail."""


@dataclass
class Walk:
    """The people of this story, each with a browser."""

    house: WholeHouse
    team: Page
    desk: Page
    tablet: Page
    """On which somebody signs up."""
    phone: Page
    """Her own."""
    introduction: str = ""
    """Where the team reads it."""


def reads(page: Page, *words: str) -> None:
    """Expect these words on the page, now or soon."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def log_in(page: Page, email: str) -> None:
    """Fill in the form that is open."""
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.locator("main form").get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda url: "/login" not in url)


def path_of(address: str) -> str:
    """Without the site."""
    return re.sub(r"https?://[^/]+", "", address)

"""Somebody who signs up in a real browser, page by page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

Look = Callable[[Page], None]


def _agree(page: Page) -> None:
    for each in ("account", "match"):
        page.locator(f"#consent_{each}").check()


def _settle_place(page: Page) -> None:
    page.locator("#where").select_option("anderlecht")
    page.locator("details.more summary").click()
    page.locator('[name=travel_minutes][value="30"]').check(force=True)


FILL: dict[str, Callable[[Page], object]] = {
    "name": lambda page: page.locator("#first_name").fill("Amina"),
    "age": lambda page: page.locator("#is_16").click(),
    "where": _settle_place,
    "tasks": lambda page: page.locator('[name=tasks_want][value="t.cook"]').check(force=True),
    "when": lambda page: page.locator('[value="tue:morning"]').check(force=True),
    "languages": lambda page: page.locator('[name=level_nl][value="2"]').check(force=True),
    "contact": lambda page: page.locator("#channel-desk").check(),
    "consent": _agree,
    "helps": lambda page: page.locator("#consent_needs").click(),
    "needs/physical": lambda page: page.locator('[name="need_ph.step_free_entrance"][value=must]').check(
        force=True
    ),
    "needs/information": lambda page: page.locator("#needs_unknown").check(),
    "needs/service": lambda page: page.locator('[name="need_sv.buddy"][value=nice]').check(force=True),
}


GO_ON_BY_THEMSELVES = frozenset({"age", "helps"})
"""Pages that ask for yes or no: the answer sends them."""


def answer(page: Page, slug: str, fill: Callable[[Page], object] | None = None) -> None:
    """Answer one page and go on; ``fill`` in place of the usual answer."""
    (fill or FILL[slug])(page)
    if slug not in GO_ON_BY_THEMSELVES:
        press_next(page)


def press_next(page: Page) -> None:
    """Go on to the next page."""
    page.locator("form .actions button:not([name=back])").click()


def sign_up(page: Page, look: Look | None = None, *, leads_to: str = "/me/suggestions") -> None:
    """From the first question to the suggestions; ``look`` is called on every page."""
    for slug in FILL:
        page.wait_for_url(f"**/signup/{slug}")
        if look:
            look(page)
        answer(page, slug)
    page.wait_for_url("**/signup/check")
    if look:
        look(page)
    press_next(page)
    page.wait_for_url(f"**{leads_to}")

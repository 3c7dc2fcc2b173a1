"""The list of neighbourhoods follows the municipality, and is whole without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.factories.city_map import load_districts
from volunteer.bootstrap import Core

pytestmark = pytest.mark.browser


@pytest.fixture
def at_where(core: Core, open_page: Callable[..., Page]) -> Callable[..., Page]:
    load_districts(core)

    def go(**options: object) -> Page:
        page = open_page("/signup", **options)
        page.locator("#first_name").fill("Amina")
        page.locator("form .actions button:not([name=back])").click()
        page.locator("#is_16").click()
        page.wait_for_url("**/signup/where")
        page.locator("details.more summary").click()
        return page

    return go


def offered(page: Page) -> list[str]:
    return [each.get_attribute("value") or "" for each in page.locator("#district optgroup option").all()]


def test_only_what_lies_in_the_municipality_is_offered(at_where: Callable[..., Page], look: Look) -> None:
    page = at_where()
    assert offered(page) == ["A1", "E2", "E1"]
    look(page)
    page.locator("#where").select_option("elsene")
    assert offered(page) == ["E2", "E1"]
    page.locator("#district").select_option("E1")
    page.locator("#where").select_option("anderlecht")
    assert offered(page) == ["A1"]
    expect(page.locator("#district")).to_have_value("")
    page.locator("#where").select_option("")
    assert offered(page) == ["A1", "E2", "E1"]
    page.locator("#where").select_option("elsene")
    page.locator("#district").select_option("E2")
    page.locator("form .actions button:not([name=back])").click()
    page.wait_for_url("**/signup/tasks")
    page.goto("/signup/where")
    expect(page.locator("#district")).to_have_value("E2")
    assert offered(page) == ["E2", "E1"]


def test_without_scripts_all_of_them_are_there(at_where: Callable[..., Page]) -> None:
    page = at_where(java_script_enabled=False)
    page.locator("#where").select_option("elsene")
    assert offered(page) == ["A1", "E2", "E1"]
    page.locator("#district").select_option("A1")
    page.locator("form .actions button:not([name=back])").click()
    expect(page.locator("#district-error")).to_contain_text("in another municipality")

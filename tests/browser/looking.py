"""What a page must never show: anything that axe finds, and anything wider than the screen."""

from __future__ import annotations

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

_RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}}, "resultTypes": ["violations"]}
"""Besides everything that axe looks at by itself: contrast of 7 to 1."""
_FAULTS = f"axe.run({json.dumps(_RULES)}).then((found) => found.violations)"
"""Only what is wrong leaves the browser: to hand over all that is well takes longer than to find it."""
_AT_REST = """Promise.allSettled(
    document.getAnimations()
        .filter((each) => each.effect.getComputedTiming().iterations !== Infinity)
        .map((each) => each.finished)
)"""
"""Colours change in a tenth of a second: in between, a contrast is neither the old nor the new one."""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


_MOVED = "Execution context was destroyed"


def faults_of(page: Page, axe: Axe) -> list[str]:
    """What is wrong with the page that it came to, a line each; nothing is the hope."""
    while True:
        page.wait_for_load_state("load")
        try:
            return _faults_as_it_stands(page, axe)
        except Error as error:
            # What was pressed a moment ago leads elsewhere only now: that page is the one to look at.
            if _MOVED not in str(error):
                raise


def _faults_as_it_stands(page: Page, axe: Axe) -> list[str]:
    page.evaluate(f"{_AT_REST}.then(() => null)")
    page.evaluate(axe.axe_script)
    found = page.evaluate(_FAULTS)
    faults = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
    too_wide = page.evaluate(_TOO_WIDE)
    return [*faults, f"scrolls sideways by {too_wide} pixels"] if too_wide > 0 else faults

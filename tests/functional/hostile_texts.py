"""Texts that nobody types by accident, and sending them: whatever comes of it, the next page works."""

from __future__ import annotations

from typing import Any

from tests.functional.browsing import Browser, csrf_token_of

NUMBER = "93.05.18-223.61"
WITH_NUMBER = f"Tot dinsdag! Mijn nummer is {NUMBER}, groetjes van Amina"
AROUND_THE_NUMBER = ("Tot dinsdag! Mijn nummer is", "groetjes van Amina")
AROUND = {"before": AROUND_THE_NUMBER[0], "after": AROUND_THE_NUMBER[1]}
LONG = "é" * 10_000
TURNED = "abc\u202edcba\u2066\u2069"
SUM, WORKED_OUT = "7*98765431", "691358017"
"""A sum no template may work out. Its answer is long: random ids on a page hold any four figures at times."""
HOSTILE = {
    "script": "\"><script>alert('x')</script>",
    "sql": "' OR 1=1 --",
    "template": f"{{{{{SUM}}}}}${{{SUM}}}<%= {SUM} %>%(name)s",
    "path": "../../../../etc/passwd\\..\\..",
    "long": LONG,
    "turned": TURNED,
    "right to left": "مرحبا \u200fنور",
    "emoji": "👩🏽‍🍳🧕🏿 🏳️‍🌈",
    "control": "a\x00b\x1b[31m\x7f\x85c\x08",
    "empty": "",
    "blank": " \t\r\n\u00a0",
    "no character": "\ufffe\uffff\U000e0001",
    "number": WITH_NUMBER,
}
FEW = {name: HOSTILE[name] for name in ("script", "long", "control", "number")}
"""For questions with fixed answers, where any other text is as wrong as the next."""
ALL_SHORT = " ".join(text for name, text in HOSTILE.items() if name not in {"long", "number"})
"""As much as possible at once, where any words are welcome."""


def press(browser: Browser, path: str, *, at: str | None = None, **fields: Any) -> int:
    """Open the page, send its form with these fields, and judge what follows; returns its status."""
    browser.get(at or path)
    data = {**fields, "csrf_token": csrf_token_of(browser.page)}
    answer = browser.client.post(path, data=data, headers={"Accept-Language": "en"}, follow_redirects=True)
    browser.page = answer.get_data(as_text=True)
    assert answer.status_code in {200, 422}, f"{answer.status_code}: {browser.text[:300]}"
    is_harmless(browser.page)
    return answer.status_code


def is_harmless(page: str) -> None:
    """Nothing of what was typed became part of the page itself, turned it round, or was worked out."""
    for never in ("<script>alert", WORKED_OUT, "root:", "\u202e", "\x00", "\x1b", NUMBER):
        assert never not in page, f"{never!r} is on the page"


def is_refused_kindly(browser: Browser, field: str, kept: dict[str, Any]) -> None:
    """A message at the field says what to do, and everything else that was typed is still there."""
    assert "error-summary" in browser.page, browser.text[:300]
    assert f'href="#{field}"' in browser.page, browser.text[:300]
    for name, typed in kept.items():
        for each in typed if isinstance(typed, list) else [typed]:
            assert each in browser.page, f"{name} is gone: {browser.text[:300]}"

"""The answers of somebody who signs up, page by page."""

from __future__ import annotations

from typing import Any

from tests.functional.browsing import Browser

Answers = dict[str, dict[str, Any]]

ANSWERS: Answers = {
    "name": {"first_name": "Amina"},
    "age": {"is_16": "yes"},
    "where": {"where": "anderlecht", "travel_minutes": "45"},
    "tasks": {"tasks_want": ["t.cook"], "tasks_can": ["t.sew"]},
    "when": {"days_parts": ["tue:morning", "wed:afternoon"], "commitments": ["once", "months"]},
    "languages": {"level_nl": "2", "level_ar": "4"},
    "contact": {"channel": "email", "contact_email": "amina@voorbeeld.example"},
    "consent": {"consent_account": "yes", "consent_match": "yes", "consent_follow_up": "yes"},
    "helps": {"consent_needs": "yes"},
    "needs/physical": {"need_ph.step_free_entrance": "must"},
    "needs/information": {"need_ic.plain_language": "nice"},
    "needs/service": {"needs_unknown_service": "yes"},
}


def answers(**changed: dict[str, Any]) -> Answers:
    """The usual answers with some pages answered otherwise; without consent the needs are not asked."""
    given = {**ANSWERS, **{slug.replace("__", "/"): page for slug, page in changed.items()}}
    if given["helps"]["consent_needs"] != "yes":
        given = {slug: page for slug, page in given.items() if not slug.startswith("needs/")}
    return given


def sign_up(browser: Browser, given: Answers | None = None, *, until: str | None = None) -> None:
    """Answer page after page; ends on the page ``until``, or with the file open."""
    for slug, page in (given or answers()).items():
        if slug == until:
            return
        _answer(browser, f"/signup/{slug}", page)
    if until is None:
        _answer(browser, "/signup/check", {})


def _answer(browser: Browser, path: str, page: dict[str, Any]) -> None:
    """Answer a page; it is opened first only when the last answer did not lead to it, as people would."""
    if browser.path == path:
        browser.post(path, **page)
    else:
        browser.send(path, **page)

"""Who changes the language in the middle of a form keeps what they typed, and sends nothing by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from volunteer.bootstrap import Core
from volunteer.models import Incident, Introduction, Signal, Suggestion

FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "meet": ({"share": ["contact"], "message": "Ik kook graag"}, "Ik kook graag"),
    "refuse": ({"reason": "hours"}, 'value="hours" checked'),
    "nothing-fits": ({"cause": "hours", "words": "Ik werk overdag"}, "Ik werk overdag"),
    "not-right": ({"story": "De deur was dicht", "answer_by": "phone"}, "De deur was dicht"),
    "card": ({"card": "p35w-8g7e"}, "p35w-8g7e"),
}


@pytest.fixture
def paths(browser: Browser, post_role: Callable[..., UUID], work: Callable[[], None]) -> dict[str, str]:
    """Every form of a person with a file, by its address."""
    post_role()
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    refuse = re.findall(r'href="(/me/suggestions/[^"]+/refuse)"', browser.page)[0]
    return {
        "meet": refuse.replace("/refuse", "/meet"),
        "refuse": refuse,
        "nothing-fits": "/me/nothing-fits",
        "not-right": "/not-right",
        "card": "/card",
    }


@pytest.mark.parametrize("form", FORMS)
def test_what_was_typed_comes_along(browser: Browser, core: Core, paths: dict[str, str], form: str) -> None:
    typed, seen = FORMS[form]
    browser.get(paths[form])
    assert re.search(r'<button type="submit" form="question-form" name="language" value="ar"', browser.page)
    answer = browser.post(paths[form], **typed, language="ar")
    assert answer.request.path == paths[form]
    assert answer.request.query_string == b"", "nothing of it in the address"
    assert '<html lang="ar" dir="rtl">' in browser.page
    assert seen in browser.page
    assert "error-summary" not in browser.page
    assert browser.cookie("lang") == "ar"
    with core.units.read() as uow:
        tables = (Introduction, Signal, Incident)
        kept = [uow.session.scalar(select(func.count()).select_from(each)) for each in tables]
        refused = uow.session.scalars(select(Suggestion).where(Suggestion.refused_at.is_not(None))).all()
        assert (kept, refused) == ([0, 0, 0], []), "a language is no answer"


@pytest.mark.parametrize("form", FORMS)
def test_a_language_that_is_not_spoken_here_is_none(
    browser: Browser, paths: dict[str, str], form: str
) -> None:
    browser.get(paths[form])
    browser.post(paths[form], status=404, **FORMS[form][0], language="xx")


def test_a_number_that_was_taken_out_is_not_said_to_be_there(browser: Browser, paths: dict[str, str]) -> None:
    browser.send(paths["meet"], message="Mijn nummer is 93.05.18-223.61, tot gauw", status=422)
    assert "We took the number out. The rest is still there." in browser.text
    assert "What you wrote is still there." not in browser.text

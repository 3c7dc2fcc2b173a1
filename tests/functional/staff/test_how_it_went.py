"""What an organisation says after a yes: they met, missed each other, started, stopped."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.models import Introduction

YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture
def page(post_role: Callable[..., UUID], meet: Meet) -> str:
    post_role(access=YES)
    return f"/organisation/introductions/{meet()}"


def _state(core: Core, page: str) -> str:
    with core.units.read() as uow:
        return uow.session.get_one(Introduction, UUID(page.rpartition("/")[2])).state


def _said_yes(hire: Hire, page: str) -> Browser:
    """The owner's browser, after a yes."""
    browser = hire(Role.OWNER).browser
    browser.get(page)
    browser.send(page, answer="yes", reply="Tuesday at 10")
    return browser


def test_they_met_and_the_person_starts(page: str, hire: Hire, core: Core) -> None:
    browser = _said_yes(hire, page)
    for step, state, seen in (
        ("meet", "met", "You met"),
        ("start", "started", "Started"),
        ("stop", "stopped", "It stopped"),
    ):
        browser.get(page)
        assert f'value="{step}"' in browser.page
        browser.send(f"{page}/went", at=page, step=step)
        assert _state(core, page) == state
        assert seen in browser.text
    assert "/went" not in browser.page
    browser.get("/organisation")
    assert f'href="{page}"' in browser.page.partition("Earlier")[2]


def test_who_missed_each_other_is_asked_again_when_to_come(page: str, hire: Hire, core: Core) -> None:
    browser = _said_yes(hire, page)
    browser.send(f"{page}/went", at=page, step="miss")
    assert _state(core, page) == "sent"
    assert "Now say again when to come." in browser.text
    assert "Tuesday at 10" not in browser.text


def test_a_yes_is_taken_back_with_a_reason_about_the_offer(page: str, hire: Hire, core: Core) -> None:
    browser = _said_yes(hire, page)
    browser.send(f"{page}/cancel", at=page, status=422)
    assert "Choose the reason that comes closest." in browser.text
    assert _state(core, page) == "accepted"
    browser.send(f"{page}/cancel", at=page, reason="hours_changed")
    assert _state(core, page) == "declined"


@pytest.mark.parametrize("step", ["", "accept", "withdraw", "meet' OR 1=1"])
def test_no_other_step_can_be_taken_here(page: str, hire: Hire, core: Core, step: str) -> None:
    browser = _said_yes(hire, page)
    browser.send(f"{page}/went", at=page, status=422, step=step)
    assert _state(core, page) == "accepted"


def test_who_looks_on_says_nothing(page: str, hire: Hire, core: Core) -> None:
    _said_yes(hire, page)
    viewer = hire(Role.VIEWER).browser
    viewer.get(page)
    assert "/went" not in viewer.page
    viewer.post(f"{page}/went", status=403, step="meet")
    assert _state(core, page) == "accepted"

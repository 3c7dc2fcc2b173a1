"""An organisation names a day and an hour with its yes, changes them, and takes them along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.functional.staff.conftest import Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.models import Introduction

INVALID = HTTPStatus.UNPROCESSABLE_ENTITY
BRUSSELS = ZoneInfo("Europe/Brussels")
SOON = (datetime.now(BRUSSELS) + timedelta(days=10)).date()


YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture(autouse=True)
def _role(post_role: Callable[..., UUID]) -> UUID:
    """What somebody can ask to meet them for."""
    return post_role(access=YES, wanted=5)


def _agreed(core: Core, introduction_id: UUID) -> datetime | None:
    with core.units.read() as uow:
        return uow.session.get_one(Introduction, introduction_id).agreed_at


def test_a_moment_is_kept_on_the_clock_of_the_centre_and_told(
    meet: Meet, hire: Hire, core: Core, work: Callable[[], None], mails: Callable[[], list[tuple[str, str]]]
) -> None:
    introduction_id = meet()
    browser = hire(Role.OWNER).browser
    page = f"/organisation/introductions/{introduction_id}"
    browser.send(page, answer="yes", reply="Vraag naar Noor.", agreed_day=str(SOON), agreed_hour="14:30")
    expected = datetime.combine(SOON, datetime.min.time(), tzinfo=BRUSSELS).replace(hour=14, minute=30)
    assert _agreed(core, introduction_id) == expected
    assert "14:30" in browser.text
    work()
    assert any("14:30" in text for _, text in mails())
    file = browser.client.get(f"{page}/calendar.ics")
    assert file.content_type == "text/calendar; charset=utf-8"
    assert "METHOD:PUBLISH\r\n" in file.text
    assert str(introduction_id) not in file.headers["Content-Disposition"]
    browser.send(f"{page}/moment", at=page, agreed_day="", agreed_hour="")
    assert _agreed(core, introduction_id) is None
    work()
    assert "METHOD:CANCEL\r\n" in browser.client.get(f"{page}/calendar.ics").text


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (str(SOON), "", "Give both a day and an hour, or neither."),
        ("", "14:30", "Give both a day and an hour, or neither."),
        ("2020-01-01", "14:30", "Choose a day and an hour that are to come."),
        ("9999-12-31", "14:30", "Choose a day within a year."),
        ("morgen", "14:30", "Write the day as 2026-03-10 and the hour as 14:30."),
        (str(SOON), "25:99", "Write the day as 2026-03-10 and the hour as 14:30."),
    ],
)
def test_what_is_no_moment_is_said_and_what_was_typed_stays(
    meet: Meet, hire: Hire, core: Core, day: str, hour: str, said: str
) -> None:
    introduction_id = meet()
    browser = hire(Role.OWNER).browser
    page = f"/organisation/introductions/{introduction_id}"
    browser.send(
        page, status=INVALID, answer="yes", reply="Vraag naar Noor.", agreed_day=day, agreed_hour=hour
    )
    assert said in browser.text
    assert "Vraag naar Noor." in browser.page
    assert _agreed(core, introduction_id) is None


def test_who_looks_on_moves_nothing_and_others_see_no_file(meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    page = f"/organisation/introductions/{introduction_id}"
    viewer = hire(Role.VIEWER).browser
    viewer.send(
        f"{page}/moment", at=page, status=HTTPStatus.FORBIDDEN, agreed_day=str(SOON), agreed_hour="14:30"
    )
    viewer.get(f"{page}/calendar.ics", status=HTTPStatus.NOT_FOUND)
    others = hire(Role.OWNER, at="Iemand anders").browser
    others.get(f"{page}/calendar.ics", status=HTTPStatus.NOT_FOUND)

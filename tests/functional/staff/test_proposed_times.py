"""An organisation proposes several times, the person takes one or none, alone or with the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import Step
from volunteer.models import Introduction
from volunteer.services import introductions, opportunity_states

INVALID = HTTPStatus.UNPROCESSABLE_ENTITY
BRUSSELS = ZoneInfo("Europe/Brussels")
SOON = (datetime.now(BRUSSELS) + timedelta(days=10)).date()
LATER = SOON + timedelta(days=1)
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
Mails = Callable[[], list[tuple[str, str]]]


class Amina:
    """Somebody who asked to meet them, with her own browser."""

    def __init__(self, app: Flask, work: Callable[[], None]) -> None:
        self.browser = Browser(app, language="en")
        sign_up(self.browser, answers())
        work()
        self.browser.get("/me/suggestions")
        self.browser.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', self.browser.page)[0])
        work()
        self.browser.get("/me")
        (self.introduction,) = (
            UUID(found) for found in re.findall(r"/me/introductions/([^/]+)/withdraw", self.browser.page)
        )

    @property
    def times(self) -> list[str]:
        """Which of the proposed times she can press now."""
        self.browser.get("/me")
        return re.findall(r'name="time" value="((?!cannot)[^"]+)"', self.browser.page)

    def press(self, time: str) -> None:
        """Press one of the buttons, also from a page that is not the newest any more."""
        self.browser.send(f"/me/introductions/{self.introduction}/time", at="/me/consents", time=time)


@pytest.fixture
def amina(app: Flask, work: Callable[[], None], post_role: Callable[..., UUID]) -> Amina:
    post_role(access=YES, wanted=5)
    return Amina(app, work)


@pytest.fixture
def team(amina: Amina, hire: Hire) -> Browser:
    """The organisation's browser, on the page of this introduction."""
    browser = hire(Role.OWNER).browser
    browser.get(_page(amina))
    return browser


def _page(amina: Amina) -> str:
    return f"/organisation/introductions/{amina.introduction}"


def _propose(team: Browser, amina: Amina, *, status: int = 200, **changed: str) -> None:
    rows = {
        "agreed_day": str(LATER),
        "agreed_hour": "14:30",
        "agreed_day_2": str(SOON),
        "agreed_hour_2": "10:00",
    }
    team.send(_page(amina), status=status, answer="yes", reply="Vraag naar Noor.", **{**rows, **changed})


def _agreed(core: Core, amina: Amina) -> datetime | None:
    with core.units.read() as uow:
        return uow.session.get_one(Introduction, amina.introduction).agreed_at


def test_one_press_chooses_and_both_hear_of_it(
    amina: Amina, team: Browser, core: Core, work: Callable[[], None], mails: Mails
) -> None:
    _propose(team, amina)
    assert "You proposed times" in team.text
    work()
    (told,) = [text for to, text in mails() if to == "amina@voorbeeld.example" and "suits you" in text]
    assert all(said in told for said in ("10:00", "14:30", "Vraag naar Noor."))
    first, second, none = amina.times
    assert (first < second, none) == (True, "none")
    assert "They propose times" in amina.browser.text
    amina.press(first)
    assert "You meet on" in amina.browser.text
    expected = datetime.combine(SOON, datetime.min.time(), tzinfo=BRUSSELS).replace(hour=10)
    assert _agreed(core, amina) == expected
    work()
    assert any("comes on" in text and "10:00" in text for _, text in mails())
    team.get(_page(amina))
    assert "10:00" in team.text
    assert "14:30" not in team.text
    assert "METHOD:PUBLISH\r\n" in team.client.get(f"{_page(amina)}/calendar.ics").text


def test_a_second_press_says_so_and_changes_nothing(amina: Amina, team: Browser, core: Core) -> None:
    _propose(team, amina)
    first, second, _none = amina.times
    amina.press(first)
    agreed = _agreed(core, amina)
    for again in (first, second, "none"):
        amina.press(again)
        assert "You agreed on a time already." in amina.browser.text
    assert _agreed(core, amina) == agreed


def test_none_of_them_suits_and_they_propose_others(
    amina: Amina, team: Browser, core: Core, work: Callable[[], None], mails: Mails
) -> None:
    _propose(team, amina)
    amina.press("none")
    assert "We ask them for other times." in amina.browser.text
    assert amina.times == []
    work()
    assert any("still would like to meet you" in text for _, text in mails())
    team.get("/organisation")
    assert "One person waits for your answer." in team.text
    _propose(team, amina, agreed_day_3=str(LATER), agreed_hour_3="16:00")
    assert len(amina.times) == 4
    assert _agreed(core, amina) is None


def test_a_yes_without_a_day_leaves_the_times_and_what_was_typed(
    amina: Amina, team: Browser, core: Core
) -> None:
    _propose(team, amina)
    team.send(_page(amina), status=INVALID, answer="yes", reply="Kom gewoon langs.")
    assert "Give the day and the hour that count now." in team.text
    assert "Kom gewoon langs." in team.page
    assert len(amina.times) == 3


def test_of_a_closed_role_both_sides_read_that_it_is_closed(
    amina: Amina, team: Browser, core: Core, hire: Hire
) -> None:
    _propose(team, amina)
    first = amina.times[0]
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, amina.introduction)
        person, role = found.candidate_id, found.opportunity_id
        opportunity_states.take(uow, opportunity_states.held(uow, role), Step.CLOSE)
    amina.press(first)
    assert amina.browser.text.count("This role is closed for now. You can look at other roles") == 2
    assert amina.times == []
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{person}")
    assert "The role is closed. Look at the other suggestions together." in desk.text
    team.get(_page(amina))
    assert "chooses one of them" not in team.text


def test_what_was_taken_back_cannot_be_chosen(amina: Amina, team: Browser, core: Core) -> None:
    _propose(team, amina)
    first = amina.times[0]
    team.send(_page(amina), answer="no", reason="hours_changed")
    amina.press(first)
    assert "not proposed any more" in amina.browser.text
    assert _agreed(core, amina) is None
    assert "Their hours changed. That is not about you." in amina.browser.text


@pytest.mark.parametrize("pressed", ["", "soon", "2026-12-01T09:00:00", "<script>", "\x00"])
def test_what_is_no_button_changes_nothing(amina: Amina, team: Browser, core: Core, pressed: str) -> None:
    _propose(team, amina)
    amina.press(pressed)
    assert "Press one of the buttons." in amina.browser.text
    assert len(amina.times) == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agreed_hour_2": ""}, "Give both a day and an hour, or neither."),
        ({"agreed_day_2": str(LATER), "agreed_hour_2": "14:30"}, "This is the same time twice."),
        ({"agreed_day_2": "2020-01-01"}, "Choose a day and an hour that are to come."),
        ({"agreed_day_2": "morgen"}, "Write the day as 2026-03-10 and the hour as 14:30."),
    ],
)
def test_a_wrong_row_is_said_and_what_was_typed_stays(
    amina: Amina, team: Browser, changed: dict[str, str], said: str
) -> None:
    _propose(team, amina, status=INVALID, **changed)
    assert said in team.text
    assert "Vraag naar Noor." in team.page
    assert amina.times == []


def test_the_desk_chooses_with_them_and_who_did_is_written_down(
    amina: Amina, team: Browser, core: Core, hire: Hire
) -> None:
    _propose(team, amina)
    first = amina.times[0]
    with core.units.read() as uow:
        person = uow.session.get_one(Introduction, amina.introduction).candidate_id
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{person}")
    assert "Ask which of these times suits." in desk.text
    desk.post(f"/desk/people/{person}/introductions/{amina.introduction}/time", time=first)
    assert "Written down. We tell the organisation." in desk.text
    assert _agreed(core, amina) is not None
    amina.browser.get("/me/journal")
    assert "Proposed times answered" in amina.browser.text


def test_others_cannot_choose_for_her(amina: Amina, team: Browser, app: Flask, core: Core) -> None:
    _propose(team, amina)
    first = amina.times[0]
    other = Browser(app, language="en")
    sign_up(other, {**answers(), "contact": {"channel": "desk"}})
    other.get("/me/consents")
    url = f"/me/introductions/{amina.introduction}/time"
    other.post(url, time=first, status=HTTPStatus.NOT_FOUND)
    assert _agreed(core, amina) is None


def test_own_words_are_read_at_the_desk_before_she_reads_them(
    amina: Amina, team: Browser, hire: Hire, work: Callable[[], None], mails: Mails
) -> None:
    words = "Kom in maart terug, dan begint een nieuwe ploeg."
    team.send(_page(amina), answer="no", reason="no_spot_now", remark=words)
    assert "The info desk reads your own words" in team.text
    work()
    amina.browser.get("/me")
    assert "They have no room for someone now." in amina.browser.text
    assert words not in amina.browser.text
    assert not any("maart" in text for _, text in mails())
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    (row,) = set(re.findall(r"/desk/remarks/[0-9a-f-]+", desk.page))
    desk.get(row)
    assert words in desk.text
    desk.post(row, do="pass_on")
    assert "Passed on." in desk.text
    desk.post(row, do="pass_on")
    assert "already" in desk.text
    work()
    assert [to for to, text in mails() if "maart" in text] == ["amina@voorbeeld.example"]
    amina.browser.get("/me")
    assert words in amina.browser.text
    team.get(_page(amina))
    assert "We passed on your own words." in team.text


def test_what_is_held_back_is_never_read_and_a_reason_stands_there(
    amina: Amina, team: Browser, hire: Hire, work: Callable[[], None], mails: Mails
) -> None:
    team.send(_page(amina), answer="no", reason="no_spot_now", remark="Ze lijkt ons te oud.")
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    (row,) = set(re.findall(r"/desk/remarks/[0-9a-f-]+", desk.page))
    desk.get(row)
    desk.post(row, do="hold_back", reason="x", status=INVALID)
    desk.post(row, do="hold_back", reason="role_changed")
    work()
    amina.browser.get("/me")
    assert "This task changed or stopped. That is not about you." in amina.browser.text
    assert "oud" not in amina.browser.text
    assert not any("te oud" in text for _, text in mails())


def test_who_looks_on_proposes_nothing(amina: Amina, hire: Hire, core: Core) -> None:
    viewer = hire(Role.VIEWER).browser
    _propose(viewer, amina, status=HTTPStatus.FORBIDDEN)
    with core.units.read() as uow:
        found = uow.session.get_one(Introduction, amina.introduction)
        assert introductions.reply_to(uow, found) == ""

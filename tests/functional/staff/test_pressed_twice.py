"""At the desk a form does nothing twice, and a button that nobody made does nothing at all."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.incidents import SaidAs
from volunteer.domain.signals import SignalCause
from volunteer.models import Base, Candidate, Incident, Message, Note, Referral, ReferralCount, Signal
from volunteer.services import incidents, signals

_FORM_ID = re.compile(r'name="form_id" value="([0-9a-f]{32})"')


@pytest.fixture
def person(browser: Browser, core: Core) -> UUID:
    sign_up(browser)
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate.id)).one()


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


def _count(core: Core, table: type[Base]) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(table)) or 0


def _ids(page: str) -> list[str]:
    return _FORM_ID.findall(page)


def test_a_note_and_a_referral_are_written_once(desk: Browser, person: UUID, core: Core) -> None:
    path = f"/desk/people/{person}"
    desk.get(path)
    note, referral = _ids(desk.page)[:2]
    assert note != referral
    for _ in range(2):
        desk.post(f"{path}/notes", note="Belt liever na vijf uur.", form_id=note)
        assert "Written down." in desk.text
    assert _count(core, Note) == 1
    service = re.search(r'<option value="([^"]+)">', desk.page.split('id="service"')[1])
    assert service
    for _ in range(2):
        desk.post(f"{path}/referrals", service=service[1], reason="no_task", form_id=referral)
    assert _count(core, Referral) == 1
    with core.units.read() as uow:
        assert uow.session.scalars(select(ReferralCount.count)).all() == [1]
    desk.get(path)
    desk.post(f"{path}/notes", note="Nog een.", form_id=_ids(desk.page)[0])
    assert _count(core, Note) == 2, "another form is another note"


def test_a_form_that_came_back_with_an_error_is_not_spent(desk: Browser, person: UUID, core: Core) -> None:
    desk.get(f"/desk/people/{person}")
    form_id = _ids(desk.page)[0]
    desk.post(f"/desk/people/{person}/notes", status=422, note="", form_id=form_id)
    desk.post(f"/desk/people/{person}/notes", note="Nu wel.", form_id=form_id)
    assert _count(core, Note) == 1


def test_a_report_sent_twice_is_one_with_one_number(browser: Browser, core: Core) -> None:
    browser.get("/not-right")
    form_id = _ids(browser.page)[0]
    numbers = []
    for _ in range(2):
        browser.get("/not-right")
        browser.post("/not-right", story="De deur was dicht.", form_id=form_id)
        numbers.append(re.findall(r"\b\d{6}\b", browser.text))
    assert _count(core, Incident) == 1
    assert numbers[0] == numbers[1]
    browser.get("/not-right")
    browser.post("/not-right", story="De deur was dicht.", form_id=_ids(browser.page)[0])
    assert _count(core, Incident) == 2


def test_other_words_from_the_same_page_are_kept_too(
    browser: Browser, desk: Browser, person: UUID, core: Core
) -> None:
    browser.get("/not-right")
    form_id = _ids(browser.page)[0]
    for story in ("De deur was dicht.", "Er riep iemand.", "De deur was dicht."):
        browser.get("/not-right")
        browser.post("/not-right", story=story, form_id=form_id)
    assert _count(core, Incident) == 2
    desk.get(f"/desk/people/{person}")
    form_id = _ids(desk.page)[0]
    for note in ("Belt na vijf uur.", "Komt met haar zus.", "Belt na vijf uur."):
        desk.post(f"/desk/people/{person}/notes", note=note, form_id=form_id)
    assert _count(core, Note) == 2


@pytest.mark.parametrize("form_id", ["", "x", "'; drop table", "0" * 5000, "\x00"])
def test_a_hostile_form_id_is_none(browser: Browser, core: Core, form_id: str) -> None:
    browser.get("/not-right")
    browser.post("/not-right", story="De deur was dicht.", form_id=form_id)
    assert _count(core, Incident) == 1


def _call(core: Core) -> UUID:
    message_id = uuid4()
    with core.units.write() as uow:
        uow.session.add(
            Message(
                id=message_id, cause_id=uuid4(), kind="keep_file", recipient="candidate",
                recipient_id=uuid4(), about_id=uuid4(), channel="phone", language="nl",
                state="to_do", created_at=uow.now,
            )
        )  # fmt: skip
    return message_id


def _state(core: Core, message_id: UUID) -> tuple[str, str | None]:
    with core.units.read() as uow:
        message = uow.session.get_one(Message, message_id)
        return message.state, message.finished_by


@pytest.mark.parametrize("button", [{}, {"do": "finish"}, {"do": ""}, {"do": "DONE"}])
def test_an_unknown_button_finishes_no_call(desk: Browser, core: Core, button: dict[str, str]) -> None:
    call = _call(core)
    desk.get(f"/desk/calls/{call}")
    desk.post(f"/desk/calls/{call}", status=422, **button)
    assert "Nothing was written down. Press one of the buttons." in desk.text
    assert _state(core, call) == ("to_do", None)
    desk.post(f"/desk/calls/{call}", do="done")
    state, by = _state(core, call)
    assert state == "done"
    assert by is not None
    assert by.startswith("account:")


def test_an_unknown_button_closes_no_signal_and_takes_no_report(
    desk: Browser, person: UUID, core: Core
) -> None:
    with core.units.write() as uow:
        signal = signals.give(uow, uow.session.get_one(Candidate, person), SignalCause("hours")).id
        report = incidents.report(
            uow, incidents.Report(story="De deur was dicht.", said_as=SaidAs.VISITOR, language="nl")
        ).id
    for path in (f"/desk/signals/{signal}", f"/desk/reports/{report}"):
        desk.get(path)
        for button in ({}, {"do": "whatever"}):
            desk.post(path, status=422, **button)
            assert "Nothing was written down." in desk.text
    with core.units.read() as uow:
        assert uow.session.get_one(Signal, signal).closed_at is None
        assert uow.session.get_one(Incident, report).state == "new"

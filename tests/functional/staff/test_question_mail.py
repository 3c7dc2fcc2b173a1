"""From a question nobody could answer to a button in the mail, without a log-in, and a person who hears."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from time import time as time_of_day
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.hostile_texts import HOSTILE
from tests.functional.signing_up import answers
from tests.functional.staff.conftest import POLLEPEL, Hire, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.questions import Weekly
from volunteer.models import AccessAnswer, Introduction, Membership, OutboxEvent, Question
from volunteer.services import question_mails

DOOR = "ph.step_free_entrance"
TEAM = "keuken@pollepel.example"
Mails = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def asked(
    core: Core, post_role: Callable[..., UUID], meet: Meet, work: Callable[[], None], mails: Mails
) -> Callable[..., str]:
    """Somebody waits for an answer about the door; the mail goes out; returns its text."""

    def ask(to: str = TEAM, **person: dict[str, object]) -> str:
        post_role()
        meet({**answers(), **person})
        with core.units.write() as uow:
            for question in uow.session.scalars(select(Question)):
                question.opened_at -= timedelta(days=1)
        assert question_mails.ask_all(core.units, Weekly(9, time(0), 5)) == 1
        work()
        (mail,) = [text for address, text in mails() if address == to and "/q/" in text]
        return mail

    return ask


def _links(mail: str) -> dict[str, str]:
    """Path of each question by its words."""
    return dict(re.findall(r"^(.+) \([^)]*\): \S*?(/q/\S+)$", mail, re.MULTILINE))


def _door(mail: str) -> str:
    return next(
        path
        for words, path in _links(mail).items()
        if words in {"Entrance without steps", "Ingang zonder trap"}
    )


def _traces(core: Core) -> tuple[int, ...]:
    with core.units.read() as uow:
        return (
            len(uow.session.scalars(select(OutboxEvent.id)).all()),
            len(uow.session.scalars(select(AccessAnswer.id)).all()),
            len(uow.session.scalars(select(Question.id).where(Question.state == "open")).all()),
        )


def _states(core: Core) -> set[str]:
    with core.units.read() as uow:
        return set(uow.session.scalars(select(Introduction.state)))


def test_a_mail_mixes_the_question_and_names_nobody(asked: Callable[..., str]) -> None:
    mail = asked()
    assert len(_links(mail)) >= 3
    assert _door(mail)
    assert "Amina" not in mail


def test_machines_that_open_every_link_change_nothing_and_a_button_does(
    app: Flask, core: Core, asked: Callable[..., str], work: Callable[[], None], mails: Mails
) -> None:
    # Given a mail with questions, and a mail server that opens everything in it, twice
    mail = asked()
    before = _traces(core)
    machine = app.test_client()
    for path in [*_links(mail).values()] * 2:
        for method in ("HEAD", "GET", "OPTIONS"):
            assert machine.open(path, method=method).status_code == 200
        page = machine.get(path).get_data(as_text=True)
        for inside in re.findall(r'(?:href|action)="(/(?!static/)[^"]*)"', page):
            machine.get(inside)
    assert _traces(core) == before
    assert _states(core) == {"asking"}

    # When somebody of the team opens the question and presses a button
    reader = Browser(app, language="en")
    reader.get(_door(mail))
    assert "Entrance without steps" in reader.text
    assert "Nothing happens until you press a button." in reader.text
    reader.post(_door(mail), said="yes", note="Ring the bell at the side door.")
    assert "Thank you." in reader.text
    work()

    # Then the introduction goes out, and the person who waited is told in their own way
    assert _states(core) == {"sent"}
    told = [text for address, text in mails() if address == "amina@voorbeeld.example"]
    assert any("It is possible." in text for text in told)
    with core.units.read() as uow:
        (kept,) = uow.session.scalars(select(AccessAnswer))
        assert (kept.code, kept.answer, kept.note) == (DOOR, "yes", "Ring the bell at the side door.")
        assert kept.said_by.startswith("mail:")

    # And the link is spent: it says what was answered, and another press changes nothing
    reader.get(_door(mail))
    assert "Answered Yes" in reader.text
    assert "Change it after logging in" in reader.text
    other = next(path for path in _links(mail).values() if path != _door(mail))
    reader.get(other)
    reader.post(_door(mail), said="no")
    assert "Answered Yes" in reader.text
    with core.units.read() as uow:
        assert [row.answer for row in uow.session.scalars(select(AccessAnswer))] == ["yes"]


def test_a_no_is_told_too(
    app: Flask, core: Core, asked: Callable[..., str], work: Callable[[], None], mails: Mails
) -> None:
    mail = asked()
    Browser(app, language="en").send(_door(mail), said="no")
    work()
    assert _states(core) == {"fell_through"}
    assert any("It does not fit for now." in text for to, text in mails() if to == "amina@voorbeeld.example")


def test_a_team_reads_it_in_its_language_and_a_colleague_sees_who_answered(
    app: Flask, core: Core, hire: Hire, asked: Callable[..., str], mails: Mails
) -> None:
    one, other = hire(Role.OWNER, language="nl"), hire(Role.EDITOR)
    hire(Role.VIEWER)
    first = asked(to=one.email)
    second = next(text for to, text in mails() if to == other.email and "/q/" in text)
    assert sum("/q/" in text for _to, text in mails()) == 2
    assert "Ingang zonder trap" in first
    assert "Entrance without steps" in second
    assert _door(first) != _door(second)
    Browser(app, language="en").send(_door(first), said="arrange")
    colleague = Browser(app, language="en")
    colleague.get(_door(second))
    assert re.search(r"Answered We arrange it \. Noor, ", colleague.text)


def test_who_left_the_team_answers_no_more(
    app: Flask, core: Core, hire: Hire, asked: Callable[..., str]
) -> None:
    member = hire(Role.OWNER)
    mail = asked(to=member.email)
    reader = Browser(app, language="en")
    reader.get(_door(mail))
    with core.units.write() as uow:
        uow.session.delete(
            uow.session.scalars(select(Membership).where(Membership.account_id == member.account_id)).one()
        )
    reader.post(_door(mail), status=403, said="yes")
    reader.get(_door(mail), status=403)


def test_a_tampered_or_foreign_link_opens_nothing(app: Flask, asked: Callable[..., str]) -> None:
    path = _door(asked())
    reader = Browser(app, language="en")
    reader.get(path[:-3] + ("abc" if not path.endswith("abc") else "abd"), status=403)
    reader.get("/q/nothing", status=403)
    reader.get(path.replace("/q/", "/join/"), status=403)


def test_a_link_is_good_for_three_weeks(
    app: Flask, asked: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _door(asked())
    reader = Browser(app, language="en")
    now = time_of_day()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 20 * 24 * 3600)
    reader.get(path)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 22 * 24 * 3600)
    reader.get(path, status=403)
    assert "too old" in reader.text


def test_not_knowing_leaves_it_open_and_to_the_desk(
    app: Flask, core: Core, asked: Callable[..., str], hire: Hire
) -> None:
    mail = asked()
    reader = Browser(app, language="en")
    reader.send(_door(mail), said="unknown")
    assert "It stays open" in reader.text
    with core.units.read() as uow:
        (door,) = uow.session.scalars(select(Question).where(Question.code == DOOR))
        assert (door.state, door.stage) == ("open", "to_call")
    routine = next(path for path in _links(mail).values() if path != _door(mail))
    reader.send(routine, said="unknown")
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    assert desk.text.count("To ask:") == 1
    reader.send(_door(mail), said="yes")
    assert _states(core) == {"asking"}


def test_hostile_notes_and_no_button_at_all(app: Flask, core: Core, asked: Callable[..., str]) -> None:
    path = _door(asked())
    reader = Browser(app, language="en")
    for words in HOSTILE.values():
        reader.send(path, status=422, said="maybe", note=words)
        assert "<script>alert" not in reader.page
    reader.send(path, status=422, said="yes", note=HOSTILE["number"])
    assert "223.61" not in reader.page
    reader.send(path, said="yes", note=HOSTILE["script"])
    with core.units.read() as uow:
        (kept,) = uow.session.scalars(select(AccessAnswer))
        assert kept.note == HOSTILE["script"]


def test_not_knowing_on_the_first_page_says_so_and_takes_the_question_away(
    core: Core, hire: Hire, asked: Callable[..., str]
) -> None:
    member = hire(Role.OWNER)
    mail = asked(to=member.email)
    with core.units.read() as uow:
        every = {each.code: each.id for each in uow.session.scalars(select(Question))}
    routine = next(code for code in every if code != DOOR)
    for code in (DOOR, routine):
        member.browser.get("/organisation")
        assert f"/questions/{every[code]}" in member.browser.page
        member.browser.post(f"/organisation/access/questions/{every[code]}", said="unknown")
        assert "That is fine. It stays open" in member.browser.text
        assert f"/questions/{every[code]}" not in member.browser.page
    with core.units.read() as uow:
        stages = {each.code: each.stage for each in uow.session.scalars(select(Question))}
        assert stages[DOOR] == "to_call"
    for path in _links(mail).values():
        member.browser.get(path)
        assert "Nothing happens until you press a button." in member.browser.text


def test_an_organisation_sees_the_mixed_questions_on_its_first_page(
    core: Core, hire: Hire, asked: Callable[..., str]
) -> None:
    member = hire(Role.OWNER)
    mail = asked(to=member.email)
    member.browser.get("/organisation")
    for words in _links(mail):
        assert words in member.browser.text
    with core.units.read() as uow:
        assert organisation_named(uow, POLLEPEL).name == POLLEPEL

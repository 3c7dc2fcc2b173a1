"""The desk's today page: what to ask, whom to call, what is stuck."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers
from tests.functional.staff.conftest import POLLEPEL, Hire, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.messages import MessageState
from volunteer.models import AccessAnswer, Delivery, Introduction, Message, Opportunity, Question
from volunteer.services import opportunity_dates, organisations, suspensions

PostRole = Callable[..., UUID]
Work = Callable[[], None]
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
BY_PHONE = {"channel": "phone", "contact_phone": "02 511 11 11"}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


def _paths(browser: Browser, kind: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="(/desk/{kind}/[0-9a-f-]{{36}})[#"]', browser.page)))


def test_a_question_says_whom_to_ask_what_and_not_for_whom(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core
) -> None:
    post_role()
    with core.units.write() as uow:
        organisations.set_phone(uow, organisation_named(uow, POLLEPEL), "+3225111111")
    meet(message="Ik kom graag.")
    desk.get("/desk")
    assert POLLEPEL in desk.text
    assert "Koken met de ploeg" in desk.text
    assert "Ask for Fatima." in desk.text
    assert "02 511 11 11" in desk.text
    assert "Can you offer this: “Entrance without steps”?" in desk.text
    for private in ("Amina", "amina@", "Ik kom graag."):
        assert private not in desk.page


@pytest.mark.parametrize("said", list(Answer))
def test_an_answer_is_kept_with_its_note_and_who_said_it(
    hire: Hire, post_role: PostRole, meet: Meet, core: Core, said: Answer
) -> None:
    post_role()
    meet()
    hired = hire(Role.DESK_WORKER)
    hired.browser.get("/desk")
    path = _paths(hired.browser, "questions")[0]
    hired.browser.post(path, said=said.value, note="  Via de zijdeur.  ")
    assert "Written down." in hired.browser.text
    with core.units.read() as uow:
        question = uow.session.get_one(Question, UUID(path.rpartition("/")[2]))
        assert (question.state, question.answer) == ("answered", said.value)
        kept = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.code == question.code)).one()
        assert (kept.answer, kept.note) == (said.value, "Via de zijdeur.")
        assert kept.said_by == question.answered_by == f"account:{hired.account_id}"


def test_a_new_answer_does_not_say_who_needed_it(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work
) -> None:
    post_role(access={"ic.plain_language": Answer.YES})
    meet()
    work()
    desk.get("/desk")
    desk.post(_paths(desk, "questions")[0], said="yes")
    work()
    desk.get("/desk")
    desk.get(_paths(desk, "answers")[0])
    assert "Whoever waited for this hears of it: 1 person." in desk.text
    answered = desk.page[desk.page.index('id="new-answers"') :]
    assert "Amina" not in answered


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose an answer."),
        ({"said": "perhaps", "note": "Ze weten het niet."}, "Choose an answer."),
        ({"said": "yes", "note": "x" * 301}, "This is too long."),
        ({"said": "yes", "note": "Bel 93.05.18-223.61"}, "We do not need your national number."),
    ],
)
def test_a_bad_answer_keeps_what_was_typed(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core, typed: dict[str, str], said: str
) -> None:
    post_role()
    meet()
    desk.get("/desk")
    desk.post(_paths(desk, "questions")[0], status=422, **typed)
    assert said in desk.text
    kept = typed.get("note", "").removesuffix("93.05.18-223.61").strip()
    assert re.search(rf">{kept}\s*</textarea>", desk.page), "what was typed stays, but for a national number"
    with core.units.read() as uow:
        assert set(uow.session.scalars(select(Question.state))) == {"open"}


def test_a_question_about_languages_is_answered_by_languages(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core, work: Work
) -> None:
    opportunity_id = post_role(access=YES)
    introduction_id = meet(answers(needs__information={"need_ic.other_language": "must"}))
    desk.get("/desk")
    (path,) = _paths(desk, "questions")
    assert "Which languages does your team speak with volunteers?" in desk.text
    desk.post(path, status=422)
    assert "Choose at least one language that the team speaks." in desk.text
    desk.post(path, status=422, languages=["klingon"])
    desk.post(path, languages=["nl", "ar"])
    work()
    with core.units.read() as uow:
        assert uow.session.get_one(Opportunity, opportunity_id).languages_spoken == ["ar", "nl"]
        assert uow.session.get_one(Introduction, introduction_id).state == "sent"


def test_a_colleague_asked_already(hire: Hire, post_role: PostRole, meet: Meet) -> None:
    post_role()
    meet()
    late, quick = hire(Role.DESK_WORKER).browser, hire(Role.ADMIN).browser
    late.get("/desk")
    path = _paths(late, "questions")[0]
    quick.send(path, said="yes")
    late.post(path, said="no")
    assert "Somebody answered this question already." in late.text
    late.get(path)
    assert "This was done already." in late.text


def test_somebody_to_call_is_told_in_their_own_language(
    desk: Browser, hire: Hire, post_role: PostRole, meet: Meet, work: Work, core: Core
) -> None:
    post_role(access=YES)
    introduction_id = meet(answers(contact=BY_PHONE))
    team = hire(Role.OWNER).browser
    team.send(f"/organisation/introductions/{introduction_id}", answer="yes", reply="Dinsdag om 10 uur.")
    work()
    desk.get("/language/nl")
    desk.get("/desk")
    (path,) = _paths(desk, "calls")
    desk.get(path)
    assert "Amina" in desk.text
    assert "02 511 11 11" in desk.text
    assert 'lang="en"' in desk.page
    assert "would like to meet you for" in desk.text
    assert "Dinsdag om 10 uur." in desk.text
    assert "Entrance without steps" not in desk.text
    assert "/me" not in desk.text
    (later,) = [
        each for each in re.findall(r"<form.*?</form>", desk.page, re.DOTALL) if 'name="wish"' in each
    ]
    assert 'value="done"' not in later, "Enter in its fields presses the first button of the form"
    desk.post(path, do="done")
    assert _paths(desk, "calls") == []
    with core.units.read() as uow:
        (message,) = uow.session.scalars(select(Message).where(Message.kind == "accepted"))
        assert message.state == "done"
    desk.post(path, do="done")
    assert "Amina" not in desk.text


def test_nobody_is_called_to_say_what_is_not_true_any_more(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work, core: Core
) -> None:
    post_role(access=YES)
    meet(answers(contact=BY_PHONE))
    for step in (suspensions.suspend, suspensions.reinstate):
        desk.get("/desk")
        before = set(_paths(desk, "calls"))
        with core.units.write() as uow:
            step(uow, organisation_named(uow, POLLEPEL).id)
        work()
        desk.get("/desk")
        (path,) = set(_paths(desk, "calls")) - before
        desk.get(path)
        assert ("waits for a moment" in desk.text) is (step is suspensions.suspend)


def test_an_organisation_without_an_address_is_called_and_then_invited(
    desk: Browser,
    post_role: PostRole,
    meet: Meet,
    work: Work,
    core: Core,
    mails: Callable[[], list[tuple[str, str]]],
) -> None:
    post_role(access=YES)
    with core.units.write() as uow:
        organisations.set_email(uow, organisation_named(uow, POLLEPEL), None)
    meet()
    desk.get("/desk")
    (path,) = _paths(desk, "calls")
    desk.get(path)
    assert "To which e-mail address may we send you a link" in desk.text
    desk.post(path, status=422, do="send", email="not an address")
    assert 'value="not an address"' in desk.page
    desk.post(path, do="send", email="Keuken@Pollepel.example")
    work()
    assert any("/join/" in text for to, text in mails() if to == "keuken@pollepel.example")
    desk.get("/desk")
    assert _paths(desk, "calls") == []


def _grown_old(core: Core, role: UUID, *, email: str | None) -> None:
    """The role of Pollepel is to be asked about: by mail, or by phone."""
    with core.units.write() as uow:
        organisation = organisation_named(uow, POLLEPEL)
        organisations.set_email(uow, organisation, email)
        organisations.set_phone(uow, organisation, "+3225111111")
        uow.session.get_one(Opportunity, role).updated_at = uow.now - timedelta(days=91)
    opportunity_dates.act(core.units)


@pytest.mark.parametrize("email", [None, "keuken@pollepel.example"])
def test_the_desk_calls_about_an_old_role_and_writes_down_that_it_is_still_true(
    desk: Browser, post_role: PostRole, work: Work, core: Core, email: str | None
) -> None:
    role = post_role()
    _grown_old(core, role, email=email)
    work()
    with core.units.write() as uow:
        # Where there is an address: its mail did not arrive, and the desk took it upon itself.
        uow.session.scalars(select(Message)).one().state = MessageState.TO_DO
    desk.get("/desk")
    (path,) = _paths(desk, "calls")
    desk.get(path)
    for said in (POLLEPEL, "02 511 11 11", "has been the same for three months.", "Is it still true?"):
        assert said in desk.text
    assert "This file is gone" not in desk.text
    assert "They say: still true" in desk.text
    desk.post(path, do="still_true")
    desk.get("/desk")
    assert _paths(desk, "calls") == []
    with core.units.read() as uow:
        assert uow.session.get_one(Opportunity, role).confirmed_at is not None


def test_a_role_that_lapsed_is_told_by_its_organisation_and_number(
    desk: Browser, post_role: PostRole, work: Work, core: Core
) -> None:
    role = post_role()
    _grown_old(core, role, email=None)
    with core.units.write() as uow:
        uow.session.get_one(Opportunity, role).asked_at = uow.now - timedelta(days=15)
    opportunity_dates.act(core.units)
    work()
    desk.get("/desk")
    (path,) = _paths(desk, "calls")
    desk.get(path)
    for said in (POLLEPEL, "02 511 11 11", "So we closed it."):
        assert said in desk.text
    assert "They say: still true" not in desk.text


def test_somebody_who_was_erased_is_not_called(
    desk: Browser, hire: Hire, post_role: PostRole, meet: Meet, work: Work, core: Core
) -> None:
    post_role(access=YES)
    introduction_id = meet(answers(contact=BY_PHONE))
    team = hire(Role.OWNER).browser
    team.send(f"/organisation/introductions/{introduction_id}", answer="no", reason="role_changed")
    work()
    with core.units.write() as uow:
        uow.session.delete(uow.session.get_one(Introduction, introduction_id).candidate)
    desk.get("/desk")
    (path,) = _paths(desk, "calls")
    desk.get(path)
    assert "There is nobody to tell any more." in desk.text
    desk.post(path, do="done")
    assert _paths(desk, "calls") == []


def test_stuck_work_comes_back_and_says_nothing_about_anyone(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core
) -> None:
    post_role(access=YES)
    meet(message="Ik kom graag.")
    with core.units.write() as uow:
        delivery = uow.session.scalars(select(Delivery)).first()
        assert delivery is not None
        delivery.state, delivery.attempts, delivery.last_error = "stuck", 8, "ValueError at suggesting.py:42"
        delivery_id = delivery.id
    desk.get("/desk")
    assert "Tried 8 times. We stopped trying." in desk.text
    path = f"/desk/stuck/{delivery_id}"
    desk.get(path)
    assert "ValueError at suggesting.py:42" in desk.text
    for private in ("Amina", "amina@", "Ik kom graag."):
        assert private not in desk.page
    desk.post(path, do="again")
    assert "We try it again now." in desk.text
    desk.post(path, do="again")
    assert "This is not stuck any more." in desk.text
    with core.units.read() as uow:
        assert uow.session.get_one(Delivery, delivery_id).state == "waiting"


def test_the_day_in_figures(desk: Browser, post_role: PostRole, meet: Meet) -> None:
    desk.get("/desk")
    for nothing in (
        "Nobody waits, and nothing to ask now.",
        "Nobody to call now.",
        "Nothing is stuck.",
        "Nothing to look at.",
    ):
        assert nothing in desk.text
    post_role()
    meet()
    desk.get("/desk")
    assert "New people today 1" in desk.text
    assert "Introductions that wait for a question 1" in desk.text
    assert "Open roles 1" in desk.text


@pytest.mark.parametrize("kind", ["questions", "calls", "stuck"])
def test_what_is_not_there_leads_back(desk: Browser, kind: str) -> None:
    path = f"/desk/{kind}/{uuid4()}"
    assert desk.get(path).request.path == "/desk"
    assert desk.post(path, said="yes", do="done").request.path == "/desk"
    desk.get(f"/desk/{kind}/x", status=404)


def test_nothing_of_anyone_stands_in_a_title_or_an_address(
    desk: Browser, post_role: PostRole, meet: Meet
) -> None:
    post_role()
    meet()
    desk.get("/desk")
    assert re.findall(r"<title>(.*?)</title>", desk.page) == ["Today - Schakel"]
    assert desk.get("/desk").headers["Cache-Control"] == "no-store"

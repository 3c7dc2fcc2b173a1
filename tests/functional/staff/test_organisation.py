"""The pages of an organisation: it sees what was shared and no more, in order of arrival, and answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.functional.signing_up import answers
from tests.functional.staff.conftest import POLLEPEL, Hire, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import Step
from volunteer.models import Introduction, NeedReading, Opportunity, TaskSuggestion
from volunteer.services import accounts, introductions, opportunity_states, task_suggestions

YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
PostRole = Callable[..., UUID]


@pytest.fixture
def role(post_role: PostRole) -> UUID:
    return post_role(access=YES, wanted=5)


def _page(introduction_id: UUID) -> str:
    return f"/organisation/introductions/{introduction_id}"


def test_who_waits_longest_stands_first(role: UUID, meet: Meet, hire: Hire) -> None:
    for name in ("Zoë", "Amina", "Mehdi"):
        meet(name=name)
    browser = hire(Role.OWNER).browser
    browser.get("/organisation")
    assert re.findall(r"<h3>(\w+) ", browser.page) == ["Zoë", "Amina", "Mehdi"]
    assert "3 people wait for your answer. Zoë waits the longest." in browser.text
    assert "sort" not in browser.page.lower().replace("sorted", "")


def test_nothing_but_a_first_name_unless_it_was_shared(
    role: UUID, meet: Meet, hire: Hire, core: Core
) -> None:
    introduction_id = meet()
    browser = hire(Role.OWNER).browser
    for path in ("/organisation", _page(introduction_id)):
        browser.get(path)
        assert "Amina" in browser.text
        assert "amina@voorbeeld.example" not in browser.page
        assert "Entrance without steps" not in browser.page
        assert "anderlecht" not in browser.page.lower()
        assert "Amina" not in re.findall(r"<title>(.*?)</title>", browser.page, re.DOTALL)[0]
    assert _readings(core, "introduction") == []


def test_what_was_shared_is_shown_and_the_reading_is_written_down(
    role: UUID, meet: Meet, hire: Hire, core: Core
) -> None:
    introduction_id = meet(share=["contact", "ph.step_free_entrance"], message="Ik kom graag.")
    hired = hire(Role.VIEWER)
    hired.browser.get("/organisation")
    assert "first name, how to reach them, and what helps" in hired.browser.text
    assert "Entrance without steps" not in hired.browser.text
    assert _readings(core, "introduction") == []
    hired.browser.get(_page(introduction_id))
    assert "amina@voorbeeld.example" in hired.browser.text
    assert "Entrance without steps" in hired.browser.text
    assert "Plain language" not in hired.browser.text
    assert "“Ik kom graag.”" in hired.browser.text
    assert _readings(core, "introduction") == [f"account:{hired.account_id}"]


def _readings(core: Core, purpose: str) -> list[str]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(NeedReading.reader).where(NeedReading.purpose == purpose)))


def test_one_that_waits_for_a_question_is_not_theirs_to_see(
    post_role: PostRole, meet: Meet, hire: Hire
) -> None:
    post_role()
    introduction_id = meet()
    browser = hire(Role.OWNER).browser
    browser.get("/organisation")
    assert "Amina" not in browser.page
    # A question alone would point at who asked: it is not shown before it stands among others.
    assert "Entrance without steps" not in browser.text
    browser.get(_page(introduction_id), status=404)


def test_those_of_somebody_else_are_not_there(role: UUID, meet: Meet, hire: Hire) -> None:
    introduction_id = meet()
    browser = hire(Role.OWNER, at="Woonhuis De Linde").browser
    browser.get(_page(introduction_id), status=404)
    browser.get("/organisation")
    browser.post(_page(introduction_id), status=404, answer="yes", reply="Kom maar.")
    browser.get("/organisation/introductions/not-an-id", status=404)


def test_who_looks_on_does_not_answer(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    browser = hire(Role.VIEWER).browser
    browser.get(_page(introduction_id))
    assert "<textarea" not in browser.page
    browser.post(_page(introduction_id), status=403, answer="yes", reply="Kom maar.")
    browser.get("/organisation")
    browser.post("/organisation/token", status=403)
    assert _state(core, introduction_id) == "sent"


def _state(core: Core, introduction_id: UUID) -> str:
    with core.units.read() as uow:
        return uow.session.get_one(Introduction, introduction_id).state


def test_not_now_needs_a_reason_about_the_offer(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    browser = hire(Role.EDITOR).browser
    for reason in ("", "too_slow", "needs_too_much"):
        browser.send(_page(introduction_id), status=422, answer="no", reason=reason)
        assert "Choose the reason that comes closest." in browser.text
        assert 'href="#reason"' in browser.page
    browser.send(_page(introduction_id), answer="no", reason="no_spot_now")
    assert "There is no spot free right now" in browser.text
    assert _state(core, introduction_id) == "declined"


NATIONAL_NUMBER = "93.05.18-223.61"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("", "Write when and where this person can come."),
        ("x" * 301, "This is too long."),
        (f"Breng {NATIONAL_NUMBER} mee", "We do not need your national number."),
        ("é" * 20_000, "This is too long."),
    ],
)
def test_what_was_typed_stays(role: UUID, meet: Meet, hire: Hire, core: Core, reply: str, said: str) -> None:
    introduction_id = meet()
    browser = hire(Role.EDITOR).browser
    browser.send(_page(introduction_id), status=422, answer="yes", reply=reply)
    assert said in browser.text
    assert "<title>Error:" in browser.page
    kept = reply.replace(NATIONAL_NUMBER, " ").replace("  ", " ")
    assert " ".join(kept.split()) in " ".join(browser.page.split())
    assert NATIONAL_NUMBER not in browser.page
    assert _state(core, introduction_id) == "sent"


def test_words_are_only_words(role: UUID, meet: Meet, hire: Hire) -> None:
    introduction_id = meet(message="<script>alert('x')</script>")
    browser = hire(Role.EDITOR).browser
    browser.get("/organisation")
    assert "<script>alert" not in browser.page
    browser.send(_page(introduction_id), answer="yes", reply="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in browser.page
    browser.get("/organisation")
    assert "<img src=x" not in browser.page


def test_a_colleague_was_quicker(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    late, quick = hire(Role.EDITOR).browser, hire(Role.OWNER).browser
    late.get(_page(introduction_id))
    quick.send(_page(introduction_id), answer="yes", reply="Dinsdag om 10 uur.")
    late.post(_page(introduction_id), answer="no", reason="no_spot_now")
    assert "something changed in the meantime." in late.text
    assert "Dinsdag om 10 uur." in late.text
    assert _state(core, introduction_id) == "accepted"


def test_nobody_is_welcomed_for_a_closed_role(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    browser = hire(Role.EDITOR).browser
    with core.units.write() as uow:
        opportunity_states.take(uow, opportunity_states.held(uow, role), Step.CLOSE)
    browser.get(_page(introduction_id))
    assert "This role is closed. Open it again first, or say: not now." in browser.text
    assert 'value="yes"' not in browser.page
    browser.post(_page(introduction_id), status=422, answer="yes", reply="Kom maar.")
    assert "This role is closed. Open it again first, or say: not now." in browser.text
    assert "Kom maar." in browser.page, "it can be sent once the role is open"
    assert _state(core, introduction_id) == "sent"
    browser.send(_page(introduction_id), answer="no", reason="role_changed")
    assert _state(core, introduction_id) == "declined"


def test_who_looks_on_answers_nothing_also_by_hand(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet()
    viewer = hire(Role.VIEWER).browser
    for path, given in (
        ("", {"answer": "yes", "reply": "Kom maar."}),
        ("", {"answer": "no", "reason": "role_changed"}),
        ("/cancel", {"reason": "role_changed"}),
        ("/moment", {}),
        ("/went", {"step": "meet"}),
    ):
        viewer.get(_page(introduction_id))
        viewer.post(f"{_page(introduction_id)}{path}", status=403, **given)
        assert "A colleague of your team answers it." in viewer.text
    assert _state(core, introduction_id) == "sent"


def test_who_takes_it_back_shares_nothing_any_more(role: UUID, meet: Meet, hire: Hire, core: Core) -> None:
    introduction_id = meet(share=["contact"], message="Ik kom graag.")
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        introductions.withdraw(uow, found.candidate, found.id)
    browser = hire(Role.OWNER).browser
    for path in ("/organisation", _page(introduction_id)):
        browser.get(path)
        for shared in ("Amina", "amina@voorbeeld.example", "Ik kom graag."):
            assert shared not in browser.page
        assert "This person took it back" in browser.text
    browser.post(_page(introduction_id), answer="yes", reply="Toch!")
    assert "something changed in the meantime." in browser.text


def test_somebody_of_two_teams_goes_from_one_to_the_other(
    role: UUID, post_role: PostRole, meet: Meet, hire: Hire, core: Core
) -> None:
    introduction_id = meet()
    hired = hire(Role.VIEWER, at="Atelier Draad en Daad")
    with core.units.write() as uow:
        account = accounts.authenticate(uow, hired.email, "een korte zin om binnen te komen")
        pollepel = uow.session.get_one(Introduction, introduction_id).opportunity.organisation
        accounts.grant(uow, account, Role.EDITOR, organisation=pollepel)
        pollepel_id = pollepel.id
    browser = hired.browser
    browser.get("/organisation")
    assert "Hello Atelier Draad en Daad" in browser.text
    browser.get(_page(introduction_id))
    browser.get("/organisation")
    browser.post("/organisation/choose", organisation=str(pollepel_id))
    assert "Hello Buurtkeuken Pollepel" in browser.text
    assert "Amina" in browser.text
    browser.post("/organisation/choose", status=403, organisation=str(introduction_id))
    browser.get("/organisation")
    browser.post("/organisation/choose", status=403, organisation="x")


def test_a_token_is_shown_once(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get("/organisation/token")
    browser.post("/organisation/token")
    (token,) = re.findall(r'<code class="number" translate="no">([^<]+)</code>', browser.page)
    with core.units.read() as uow:
        assert accounts.token_bearer(uow, token).organisation_id == organisation_named(uow, POLLEPEL).id
    browser.get("/organisation/token")
    assert token not in browser.page


def test_those_that_run_stand_apart(role: UUID, meet: Meet, hire: Hire) -> None:
    first, second = meet(name="Zoë"), meet(answers(), name="Mehdi")
    browser = hire(Role.OWNER).browser
    browser.send(_page(first), answer="yes", reply="Dinsdag om 10 uur.")
    browser.get("/organisation")
    waiting, running = browser.page.split('id="running"')
    assert "Mehdi" in waiting
    assert "Zoë" not in waiting
    assert "You wrote: “Dinsdag om 10 uur.”" in running
    assert str(second) in waiting


def _ask_about(core: Core, role: UUID, *tasks: str) -> None:
    with core.units.write() as uow:
        task_suggestions.keep(uow, uow.session.get_one(Opportunity, role), tasks)


def _tasks_of(core: Core, role: UUID) -> list[str]:
    with core.units.read() as uow:
        return uow.session.get_one(Opportunity, role).tasks


def test_a_task_that_the_text_makes_us_think_of_is_added_when_they_say_yes(
    core: Core, post_role: PostRole, hire: Hire
) -> None:
    role = post_role(tasks=frozenset())
    _ask_about(core, role, "t.cook", "t.serve")
    browser = hire(Role.OWNER).browser
    browser.get("/organisation")
    assert browser.text.index("Does this fit?") < browser.text.index("Cooking")
    first, second = re.findall(r'action="(/organisation/tasks/[^"]+)"', browser.page)
    browser.send(first, at="/organisation", fits="yes")
    browser.send(second, at="/organisation", fits="no")
    assert _tasks_of(core, role) == ["t.cook"]
    browser.get("/organisation")
    assert "Does this fit?" not in browser.text


def test_who_only_looks_is_not_asked_and_others_cannot_answer(
    core: Core, post_role: PostRole, hire: Hire
) -> None:
    role = post_role(tasks=frozenset())
    _ask_about(core, role, "t.cook")
    with core.units.read() as uow:
        (suggestion,) = uow.session.scalars(select(TaskSuggestion.id).where(TaskSuggestion.task.is_not(None)))
    viewer = hire(Role.VIEWER).browser
    viewer.get("/organisation")
    assert "Does this fit?" not in viewer.text
    address = f"/organisation/tasks/{suggestion}"
    viewer.send(address, at="/organisation", status=404, fits="yes")
    hire(Role.OWNER).browser.send(address, at="/organisation", status=422)
    assert _tasks_of(core, role) == []

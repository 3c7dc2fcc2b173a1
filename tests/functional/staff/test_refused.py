"""An organisation loses its yes while people were to meet it: the desk speaks with them, the team cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.organisations import Turn
from volunteer.services import organisation_talk

YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


def test_people_hear_that_it_waits_the_desk_sees_them_and_the_team_is_told_why_not(
    app: Flask, core: Core, hire: Hire, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    post_role(access=YES)
    person = Browser(app, language="en")
    sign_up(person, answers())
    work()
    person.get("/me/suggestions")
    person.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', person.page)[0])
    work()
    with core.units.write() as uow:
        organisation_id = organisation_named(uow, POLLEPEL).id
        for turn in (Turn.CHANGE, Turn.REFUSE):
            organisation_talk.take(uow, organisation_id, turn, words="Dit is geen vrijwilligerswerk.")
    work()
    desk, team = hire(Role.DESK_WORKER).browser, hire(Role.EDITOR).browser
    desk.get("/desk")
    desk.get(f"/desk/refused/{organisation_id}")
    assert "Not approved. 1 introduction waits." in desk.text
    assert "The file of Amina" in desk.text
    person.get("/me")
    assert "Please do not go there yet." in person.text
    assert "vrijwilligerswerk" not in person.text
    team.get("/organisation")
    (path,) = set(re.findall(r"/organisation/introductions/[0-9a-f-]{36}", team.page))
    team.get(path)
    team.post(path, status=422, answer="yes", reply="Kom maar.")
    assert "Until then this introduction waits." in team.text
    assert "Kom maar." in team.text, "what was typed is kept"

"""From "I want to meet them" to "you are welcome", through everyone who has a part in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import PASSWORD, Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role

Mails = Callable[[], list[tuple[str, str]]]


def _only(mails: Mails, to: str) -> list[str]:
    return [text for address, text in mails() if address == to]


def _question_paths(desk: Browser) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="(/desk/questions/[^"#]+)', desk.page)))


def test_a_question_a_yes_an_invitation_and_a_welcome(
    app: Flask,
    post_role: Callable[..., UUID],
    work: Callable[[], None],
    meet: Meet,
    hire: Hire,
    mails: Mails,
    core: Core,
) -> None:
    # Given a role of which nobody knows whether there is a step at the door, and somebody who must know it
    post_role()
    introduction_id = meet(message="Ik kom graag koken.")
    assert _only(mails, "keuken@pollepel.example") == []

    # When the desk asks by phone, and hears yes
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    assert "To ask:" in desk.text
    assert "Entrance without steps" in desk.text
    assert "Amina" not in desk.page
    for path in _question_paths(desk):
        desk.send(path, said="yes", note="Ook een brede deur.")
    assert "Written down." in desk.text
    work()

    # Then the organisation, which has no account yet, is invited by mail
    (invitation,) = _only(mails, "keuken@pollepel.example")
    (path,) = re.findall(r"(/join/\S+)", invitation)
    assert "Amina" in invitation
    assert "step" not in invitation.lower()

    # And opening the link changes nothing, while the button makes the account and shows who waits
    team = Browser(app, language="en")
    team.get(path)
    team.get(path)
    assert "keuken@pollepel.example" in team.page
    team.post(path, name="Fatima", password=PASSWORD)
    assert "One person waits for your answer." in team.text
    assert "Ik kom graag koken." in team.text
    assert "Entrance without steps" not in team.text

    # When they say yes
    team.send(
        f"/organisation/introductions/{introduction_id}",
        answer="yes",
        reply="Dinsdag om 10 uur, vraag naar Fatima.",
    )
    assert "You said yes" in team.text
    work()

    # Then the person is told by their own channel
    told = "\n".join(_only(mails, "amina@voorbeeld.example"))
    assert "Dinsdag om 10 uur, vraag naar Fatima." in told
    desk.get("/desk")
    assert "To ask:" not in desk.text


def test_a_no_lets_it_fall_through_and_other_suggestions_are_made(
    post_role: Callable[..., UUID], work: Callable[[], None], meet: Meet, hire: Hire, mails: Mails
) -> None:
    post_role()
    meet()
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    for path in _question_paths(desk):
        desk.get("/desk")
        if path in desk.page:
            desk.send(path, said="no")
            work()

    assert _only(mails, "keuken@pollepel.example") == []
    assert "It does not fit for now" in "\n".join(_only(mails, "amina@voorbeeld.example"))


def test_a_team_with_an_account_gets_the_introduction_itself(
    post_role: Callable[..., UUID], work: Callable[[], None], meet: Meet, hire: Hire, mails: Mails
) -> None:
    team = hire(Role.EDITOR)
    post_role(access={"ph.step_free_entrance": "yes", "ic.plain_language": "yes"})
    introduction_id = meet()

    (told,) = _only(mails, team.email)
    assert f"/organisation/introductions/{introduction_id}" in told
    team.browser.get(f"/organisation/introductions/{introduction_id}")
    assert "Amina would like to meet you" in team.browser.text

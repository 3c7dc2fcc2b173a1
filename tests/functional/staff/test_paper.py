"""Paper at the desk: for a person in their language, letters for who chose the post, and the call list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers
from tests.functional.staff.conftest import Hire, Meet
from tests.paper import Paper, pages, sizes, watch
from volunteer.bootstrap import Core
from volunteer.domain.access import FEATURES, Answer
from volunteer.domain.accounts import Role
from volunteer.models import Introduction, Message, NeedReading
from volunteer.services import introductions

PostRole = Callable[..., UUID]
Work = Callable[[], None]
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
BY_POST = {"channel": "letter", "contact_letter": "Kerkstraat 3 bus 12\n1080 Sint-Jans-Molenbeek"}
BY_PHONE = {"channel": "phone", "contact_phone": "02 511 11 11"}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    return watch(monkeypatch)


def _candidate(core: Core, introduction_id: UUID, *, language: str | None = None) -> UUID:
    with core.units.write() as uow:
        introduction = uow.session.get_one(Introduction, introduction_id)
        introduction.candidate.language = language or introduction.candidate.language
        return introduction.candidate_id


def _accept(core: Core, introduction_id: UUID, work: Work) -> None:
    with core.units.write() as uow:
        introduction = uow.session.get_one(Introduction, introduction_id)
        introductions.accept(
            uow, introduction.organisation_id, introduction_id, words="Kom dinsdag om 10 uur."
        )
    work()


def _message(core: Core) -> UUID:
    with core.units.read() as uow:
        return uow.session.scalars(
            select(Message.id).where(Message.kind == "accepted", Message.state == "to_do")
        ).one()


def test_the_desk_prints_in_the_language_of_the_person(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work, core: Core, paper: Paper
) -> None:
    post_role(access=YES)
    introduction = meet()
    candidate = _candidate(core, introduction, language="ar")
    _accept(core, introduction, work)
    with core.units.read() as uow:
        before = len(uow.session.scalars(select(NeedReading)).all())
    answer = desk.client.get(f"/desk/people/{candidate}/paper/slip/{introduction}")
    assert (answer.status_code, sizes(answer.data)) == (200, {(148, 210)})
    assert "موعد للتعارف" in paper.text
    assert "Kom dinsdag om 10 uur." in paper.text
    assert "Hier ben je welkom" in paper.text
    assert desk.client.get(f"/desk/people/{candidate}/paper/suggestions").status_code == 200
    for feature in FEATURES.values():
        assert feature.label("ar") not in paper.text
        assert feature.label("nl") not in paper.text
    with core.units.read() as uow:
        assert len(uow.session.scalars(select(NeedReading)).all()) == before


def test_the_agreed_moment_stands_on_the_slip_and_on_the_page_of_the_person(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core, paper: Paper
) -> None:
    post_role(access=YES)
    introduction = meet()
    candidate = _candidate(core, introduction)
    with core.units.write() as uow:
        moment = (uow.day_began + timedelta(days=3)).replace(hour=14, minute=30)
        organisation = uow.session.get_one(Introduction, introduction).organisation_id
        introductions.accept(uow, organisation, introduction, words="Vraag naar Noor.", agreed_at=moment)
    desk.get(f"/desk/people/{candidate}")
    assert "They meet on " in desk.text
    assert ", 14:30. Tell them: “Vraag naar Noor.”" in desk.text
    desk.client.get(f"/desk/people/{candidate}/paper/slip/{introduction}")
    assert ", 14:30." in " ".join(paper.text.split()), "on one line or, after a longer day, on two"
    assert "Vraag naar Noor." in paper.text


def test_one_key_prints_the_slip(desk: Browser, post_role: PostRole, meet: Meet, core: Core) -> None:
    post_role(access=YES)
    introduction = meet()
    candidate = _candidate(core, introduction)
    desk.get(f"/desk/people/{candidate}")
    assert f'href="/desk/people/{candidate}/paper/slip/{introduction}" data-key="p"' in desk.page
    assert f"/desk/people/{candidate}/paper/suggestions?size=a5" in desk.page


def test_who_chose_the_post_gets_a_letter(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work, core: Core, paper: Paper
) -> None:
    post_role(access=YES)
    _accept(core, meet(answers(contact=BY_POST)), work)
    answer = desk.client.get(f"/desk/calls/{_message(core)}/letter")
    assert (answer.status_code, pages(answer.data), sizes(answer.data)) == (200, 1, {(210, 297)})
    assert answer.headers["Content-Disposition"] == "inline; filename=letter.pdf"
    for words in (
        "Kerkstraat 3 bus 12",
        "Hello Amina,",
        "They write: “Kom dinsdag om 10 uur.”",
        "Ze schrijven:",
    ):
        assert words in paper.text


def test_only_letters_are_letters(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work, core: Core
) -> None:
    post_role(access=YES)
    _accept(core, meet(answers(contact=BY_PHONE)), work)
    assert desk.client.get(f"/desk/calls/{_message(core)}/letter").status_code == 404
    assert desk.client.get(f"/desk/calls/{uuid4()}/letter").status_code == 404


def test_the_call_list_says_whom_to_call_and_what_to_say(
    desk: Browser, post_role: PostRole, meet: Meet, work: Work, core: Core, paper: Paper
) -> None:
    post_role(access=YES)
    _accept(core, meet(answers(contact=BY_PHONE)), work)
    answer = desk.client.get("/desk/calls/list", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    for words in ("Call list", "Amina", "02 511 11 11", "Kom dinsdag om 10 uur."):
        assert words in paper.text


def test_an_old_card_cannot_be_printed_at_the_desk(
    desk: Browser, post_role: PostRole, meet: Meet, core: Core
) -> None:
    post_role(access=YES)
    candidate = _candidate(core, meet())
    assert desk.client.get(f"/desk/people/{candidate}/paper/card").status_code == 404


def test_others_print_nothing_here(
    app: Flask, hire: Hire, post_role: PostRole, meet: Meet, core: Core
) -> None:
    post_role(access=YES)
    introduction = meet()
    candidate = _candidate(core, introduction)
    member = hire(Role.OWNER).browser
    for path in (f"people/{candidate}/paper/slip/{introduction}", "calls/list"):
        assert member.client.get(f"/desk/{path}").status_code == 403
        assert app.test_client().get(f"/desk/{path}").status_code == 302

"""Something is not right: told by anyone, dealt with at the desk, seen by who told it."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.retention import ErasureAsked
from volunteer.handlers.registry import HANDLERS
from volunteer.models import Candidate, Incident, Note
from volunteer.services import erasure
from volunteer.web.desk.work_names import work_names

PostRole = Callable[..., UUID]
STORY = "De deur was dicht op het uur van de afspraak."


def _reports(browser: Browser) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="(/desk/reports/[0-9a-f-]{36})', browser.page)))


def test_a_visitor_tells_it_without_a_name_and_gets_a_number(browser: Browser, core: Core) -> None:
    browser.get("/")
    assert "/not-right" in browser.page
    browser.send("/not-right", status=422, place="Elsene")
    assert "Tell us in a few words what happened." in browser.text
    assert 'value="Elsene"' in browser.page
    browser.send("/not-right", story=STORY, place="Elsene")
    with core.units.read() as uow:
        incident = uow.session.scalars(select(Incident)).one()
        assert (incident.said_as, incident.channel, incident.candidate_id) == ("visitor", None, None)
    assert str(incident.number) in browser.text
    browser.get("/not-right/sent")
    assert str(incident.number) not in browser.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"story": "Mijn nummer is 93.05.18-223.61"}, "We do not need your national number."),
        ({"story": STORY, "answer_by": "email", "contact_email": "nergens"}, "This is not an e-mail address"),
    ],
)
def test_what_cannot_be_kept_stays_on_the_page(browser: Browser, typed: dict[str, str], said: str) -> None:
    browser.send("/not-right", status=422, **typed)
    assert said in browser.text
    assert typed["story"].replace("93.05.18-223.61", "").strip() in browser.text
    assert "93.05.18-223.61" not in browser.page


def test_the_desk_takes_it_suspends_closes_and_lifts(
    hire: Hire,
    app: Flask,
    post_role: PostRole,
    core: Core,
    work: Callable[[], None],
    mails: Callable[[], list[tuple[str, str]]],
) -> None:
    role_id = post_role()
    visitor = Browser(app, language="fr")
    visitor.get(f"/not-right?role={role_id}")
    assert POLLEPEL in visitor.text
    visitor.post(
        "/not-right",
        story=STORY,
        role=str(role_id),
        urgent="yes",
        answer_by="email",
        contact_email="an@bezoek.example",
    )
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    (path,) = _reports(desk)
    assert "Urgent: something is not right" in desk.text
    desk.get(path)
    assert STORY in desk.text
    desk.post(path, do="take")
    assert "You look into it." in desk.text
    desk.post(path, do="suspend")
    with core.units.read() as uow:
        organisation = organisation_named(uow, POLLEPEL)
        assert organisation.suspended_at is not None
    desk.post(path, do="close", status=422)
    assert "Choose what was done." in desk.text
    desk.post(path, do="close", outcome="talked", done="De deur is nu open.")
    work()
    (mail,) = [text for to, text in mails() if to == "an@bezoek.example"]
    assert "Nous avons parlé" in mail
    assert "De deur is nu open." in mail
    desk.get("/desk")
    assert _reports(desk) == []
    assert "Suspended." in desk.text
    desk.post(f"/desk/suspended/{organisation.id}")
    with core.units.read() as uow:
        assert organisation_named(uow, POLLEPEL).suspended_at is None
    desk.post(f"/desk/suspended/{organisation.id}")
    assert "This organisation is not suspended any more." in desk.text


def test_a_person_sees_in_their_file_what_became_of_it(hire: Hire, app: Flask, core: Core) -> None:
    person = Browser(app, language="en")
    sign_up(person)
    person.send("/not-right", story=STORY, answer_by="own")
    person.get("/me")
    assert "We read it soon" in person.text
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    desk.post(_reports(desk)[0], do="close", outcome="mended")
    person.get("/me")
    assert "We corrected what was wrong on our side." in person.text


def test_a_report_outlives_a_file_that_is_erased_while_it_is_written(app: Flask, core: Core) -> None:
    person = Browser(app, language="en")
    sign_up(person)
    person.get("/not-right")
    with core.units.write() as uow:
        erasure.erase(uow, uow.session.scalars(select(Candidate)).one(), asked_by=ErasureAsked.DESK)
    person.post("/not-right", story=STORY, answer_by="own")
    with core.units.read() as uow:
        assert uow.session.scalars(select(Incident.candidate_id)).one() is None


def test_notes_and_referrals_on_a_persons_page(hire: Hire, app: Flask, core: Core) -> None:
    sign_up(Browser(app, language="en"))
    with core.units.read() as uow:
        candidate_id = uow.session.scalars(select(Candidate.id)).one()
    page = f"/desk/people/{candidate_id}"
    desk = hire(Role.DESK_WORKER).browser
    desk.send(f"{page}/notes", at=page, note="Belt liever na vijf uur.", note_days="7")
    assert "Belt liever na vijf uur." in desk.text
    desk.post(f"{page}/notes", status=422, note="Nummer 93.05.18-223.61")
    assert "We do not need your national number." in desk.text
    desk.post(f"{page}/notes", status=422, note="x", note_days="91")
    desk.send(f"{page}/referrals", at=page, status=422, service="nowhere", reason="no_hours")
    assert "Choose a service." in desk.text
    with core.units.read() as uow:
        note_id = uow.session.scalars(select(Note.id)).one()
    desk.send(f"{page}/notes/{note_id}", at=page)
    assert "The note is gone." in desk.text
    desk.get(f"{page}/referrals/{uuid4()}", status=404)


def test_every_handler_has_a_name_for_who_looks_at_what_is_stuck(app: Flask) -> None:
    with app.test_request_context("/"):
        assert work_names().keys() == {handler.name for handler in HANDLERS}

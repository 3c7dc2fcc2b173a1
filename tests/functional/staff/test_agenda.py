"""The agenda for programs and calendars, the page after the day, and a company day at the desk."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event

from tests.factories.gatherings import details, make_gathering, sign_up
from tests.functional.browsing import Browser
from tests.functional.staff.conftest import POLLEPEL, Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.gatherings import GatheringKind
from volunteer.links import Purpose
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import afterwards, gathering_links, gatherings
from volunteer.web.extensions import current_core

_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def workshop(core: Core) -> UUID:
    with core.units.write() as uow:
        return make_gathering(
            uow, seats=5, texts={"nl": {"title": "Wat </script> is het?", "about": "Kom luisteren."}}
        )


def _draft(core: Core) -> UUID:
    with core.units.write() as uow:
        return gatherings.make(uow, details(uow), account_id=None).id


def test_the_event_database_reads_what_is_published_and_nobody(
    app: Flask, core: Core, workshop: UUID
) -> None:
    draft = _draft(core)
    with core.units.write() as uow:
        sign_up(uow, workshop)
    client = app.test_client()
    reply = client.get("/agenda.json")
    found = reply.get_json()
    assert (found["totalItems"], reply.headers["Cache-Control"]) == (1, "public, max-age=300")
    (entry,) = found["member"]
    assert entry["@id"].endswith(f"/agenda/{workshop}")
    assert entry["subEvent"][0]["bookingAvailability"]["remainingCapacity"] == 4
    assert str(draft) not in reply.text
    assert "Samira" not in reply.text
    assert client.get("/agenda.json", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304
    with core.units.write() as uow:
        gatherings.cancel(uow, workshop, {"nl": "De zaal is nat."})
    (entry,) = client.get("/agenda.json").get_json()["member"]
    assert entry["status"] == {"type": "Unavailable", "reason": {"nl": "De zaal is nat."}}


def test_more_of_it_asks_the_database_no_more(app: Flask, core: Core, workshop: UUID) -> None:
    client = app.test_client()

    def asked() -> int:
        said: list[object] = []

        def count(*args: object) -> None:
            said.append(args)

        event.listen(core.engine, "before_cursor_execute", count)
        client.get("/agenda.json")
        event.remove(core.engine, "before_cursor_execute", count)
        return len(said)

    asked()
    before = asked()
    with core.units.write() as uow:
        for _more in range(3):
            sign_up(uow, make_gathering(uow))
    assert asked() == before


def test_a_list_of_teams_reads_them_all_at_once(core: Core, hire: Hire) -> None:
    with core.units.write() as uow:
        training = make_gathering(uow, kind=GatheringKind.ORGANISATION_TRAINING, seats=10)

    def asked() -> int:
        said: list[object] = []

        def count(*args: object) -> None:
            said.append(args)

        with core.units.read() as uow:
            event.listen(core.engine, "before_cursor_execute", count)
            for party in queries.parties_of(uow.session, training):
                assert (party.account, party.organisation) != (None, None)
            event.remove(core.engine, "before_cursor_execute", count)
        return len(said)

    found = []
    for role in (Role.OWNER, Role.EDITOR, Role.VIEWER):
        team = hire(role, at=POLLEPEL).browser
        team.send(f"/organisation/gatherings/{training}", size="1", **_hidden(team, training))
        found.append(asked())
    assert len(set(found)) == 1


def test_its_page_tells_search_engines_in_data_that_nothing_can_break_out_of(
    app: Flask, workshop: UUID
) -> None:
    visitor = Browser(app)
    visitor.get(f"/agenda/{workshop}")
    (data,) = _DATA.findall(visitor.page)
    said = json.loads(data)
    assert (said["name"], said["identifier"]) == ("Wat </script> is het?", str(workshop))
    assert said["location"][0]["amenityFeature"][0]["name"] == "Ingang zonder trap"


def test_calendars_read_the_whole_agenda_and_one_of_it_under_the_same_number(
    app: Flask, core: Core, workshop: UUID
) -> None:
    draft = _draft(core)
    client = app.test_client()
    feed = client.get("/agenda.ics?language=fr")
    one = client.get(f"/agenda/{workshop}/calendar.ics")
    for reply in (feed, one):
        assert reply.content_type == "text/calendar; charset=utf-8"
        assert f"UID:{workshop}@" in reply.text
    assert "METHOD:PUBLISH" in one.text
    assert client.get("/agenda.ics?language=fr").data == feed.data
    assert str(draft) not in feed.text
    for hidden in (draft, uuid4()):
        assert client.get(f"/agenda/{hidden}/calendar.ics").status_code == 404


@pytest.fixture
def after(app: Flask, core: Core, workshop: UUID) -> str:
    """The path of the link that somebody got the day after."""
    with core.units.write() as uow:
        party = sign_up(uow, workshop)
        gathering = uow.session.get_one(Gathering, workshop)
        gathering.starts_at, gathering.ends_at = uow.now - timedelta(hours=4), uow.now - timedelta(hours=2)
        with app.app_context():
            made = current_core().links.make(
                Purpose.AFTERWARDS, party.id, proof=gathering_links.proof_of(party)
            )
    return made[made.index("/after/") :]


def test_who_was_there_reads_the_material_and_answers_once_or_otherwise(
    app: Flask, core: Core, hire: Hire, workshop: UUID, after: str
) -> None:
    desk = hire(Role.DESK_WORKER).browser
    written: dict[str, Any] = {
        "words_nl": "De vijf dingen.",
        "link_nl": "https://x.example/blad",
        "question_nl": "Leerde je iets?",
    }
    desk.send(f"/desk/gatherings/{workshop}/afterwards", **written)
    person = Browser(app)
    person.get(after)
    for said in ("De vijf dingen.", "Leerde je iets?"):
        assert said in person.text
    assert 'href="https://x.example/blad"' in person.page
    reader = Browser(app, language="ar")
    reader.get(after)
    assert '<p class="their-words" lang="nl" dir="ltr">De vijf dingen.</p>' in reader.page
    assert afterwards.usual_question(GatheringKind.CANDIDATE_WORKSHOP, "ar") in reader.text
    assert "Leerde je iets?" not in reader.text
    person.post(after, status=422, words="Zomaar.")
    assert "Zomaar." in person.page
    person.post(after, answer="not_yet", words="Te snel.")
    person.post(after, answer="yes", words="Nu wel.")
    with core.units.read() as uow:
        (party,) = uow.session.query(GatheringParty).all()
        assert party.answer == "yes"
    desk.get(f"/desk/gatherings/{workshop}/afterwards")
    assert desk.text.count("fewer than 5") == 3
    assert "Nu wel." not in desk.text


def test_opening_the_link_answers_nothing_and_later_it_is_closed(
    app: Flask, core: Core, workshop: UUID, after: str
) -> None:
    person = Browser(app, language="en")
    person.get(after)
    assert "Do you know now what you can do?" in person.text
    with core.units.write() as uow:
        (party,) = uow.session.query(GatheringParty).all()
        assert party.answered_at is None
        uow.session.get_one(Gathering, workshop).ends_at -= timedelta(days=30)
    person.get(after)
    assert "This question is closed." in person.text
    person.get("/after/none", status=403)


def test_a_link_that_is_no_web_page_is_refused_and_what_was_typed_stays(hire: Hire, workshop: UUID) -> None:
    desk = hire(Role.DESK_WORKER).browser
    path = f"/desk/gatherings/{workshop}/afterwards"
    desk.send(path, status=422, words_nl="Lees dit.", link_nl="javascript:alert(1)")
    assert "A link begins with https://." in desk.text
    assert "Lees dit." in desk.page


def test_what_is_asked_on_a_company_day_meets_what_is_offered(core: Core, hire: Hire) -> None:
    with core.units.write() as uow:
        day = make_gathering(uow, kind=GatheringKind.COMPANY_DAY, seats=10)
        another = make_gathering(uow)
    team = hire(Role.OWNER, at=POLLEPEL).browser
    team.get(f"/organisation/gatherings/{day}")
    assert "expertise" in team.page.partition('<details class="more">')[2].partition("</details>")[0]
    team.send(
        f"/organisation/gatherings/{day}", size="2", expertise=["t.ict", "t.photo"], **_hidden(team, day)
    )
    team.get(f"/organisation/gatherings/{day}")
    assert "You asked for help with: " in team.text
    assert "Photo" in team.text.partition("You asked for help with: ")[2]
    with core.units.write() as uow:
        sign_up(uow, day, expertise=frozenset({"t.ict"}))
    desk = hire(Role.DESK_WORKER).browser
    path = f"/desk/gatherings/{day}/expertise"
    desk.send(path, expertise=["t.accounts", "x"], status=422)
    desk.send(path, expertise=["t.accounts"])
    rows = re.findall(r"<tr>.*?</tr>", desk.page, re.DOTALL)[1:]
    said = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert [("This meets" in row, POLLEPEL in row, "Samira" in row) for row in said] == [
        (True, True, True),
        (False, True, False),
        (False, False, False),
    ]
    assert "The company" in said[2]
    desk.get(f"/desk/gatherings/{another}/expertise", status=404)


def _hidden(browser: Browser, gathering_id: UUID) -> dict[str, Any]:
    """What the form of a team carries along."""
    browser.get(f"/organisation/gatherings/{gathering_id}")
    return dict(re.findall(r'<input type="hidden" name="(team|form_id)" value="([^"]*)"', browser.page))

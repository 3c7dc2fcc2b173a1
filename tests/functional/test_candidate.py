"""A candidate's own pages: suggestions, meeting, the file, and coming back to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.consent import TEXT_VERSION, GivenHow
from volunteer.domain.consent import Purpose as Agreed
from volunteer.links import Purpose
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Consent, Introduction, Suggestion
from volunteer.queries.candidates import consents_in_force
from volunteer.services import candidates, introductions, mornings

PostRole = Callable[..., UUID]
Work = Callable[[], None]
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture
def with_file(browser: Browser, post_role: PostRole, work: Work) -> Browser:
    """Somebody who signed up and sees one role that fits."""
    post_role(access=YES)
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    return browser


def _meet_path(browser: Browser) -> str:
    return str(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', browser.page)[0])


def _personal_link(browser: Browser) -> str:
    return str(re.findall(r'href="[^"]*(/c/[^"]+)"', browser.page)[0])


def test_reasons_stand_on_the_card(with_file: Browser) -> None:
    assert "This suits you" in with_file.text
    assert "You like to do this: cooking." in with_file.text
    assert "Entrance without steps" in with_file.text
    assert "Tuesday from 10 to 13" in with_file.text
    assert "You meet Fatima" in with_file.text
    assert "Anderlecht" in with_file.text
    assert re.search(r'<h3 [^>]*lang="nl"><a [^>]*>Koken met de ploeg', with_file.page)


def test_what_is_unknown_is_asked_first(browser: Browser, post_role: PostRole, work: Work) -> None:
    post_role()
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    assert "Here we ask something first" in browser.text
    assert "Entrance without steps: we ask this first." in browser.text
    browser.send(_meet_path(browser))
    assert "We ask them first" in browser.text


def test_a_list_that_was_seen_counts_as_shown(with_file: Browser, core: Core) -> None:
    with core.units.read() as uow:
        assert all(each.shown_at for each in uow.session.scalars(select(Suggestion)))


def test_while_the_engine_works_the_page_asks_again(
    browser: Browser, post_role: PostRole, work: Work
) -> None:
    post_role()
    sign_up(browser)
    assert 'data-hx-get="/me/suggestions/list"' in browser.page
    assert '<a href="/me/suggestions">Show the new ones</a>' in browser.page
    assert "data-hx-get" in browser.get("/me/suggestions/list").text
    work()
    assert "data-hx-get" not in browser.get("/me/suggestions/list").text


def test_nothing_is_shared_unless_it_is_ticked(with_file: Browser, core: Core) -> None:
    path = _meet_path(with_file)
    with_file.get(path)
    assert 'type="checkbox"' in with_file.page
    assert " checked" not in with_file.page
    answer = with_file.post(path)
    assert answer.request.path == "/me"
    assert "They see your first name." in with_file.text
    with core.units.write() as uow:
        introduction = uow.session.scalars(select(Introduction)).one()
        shared = introductions.shared_by(uow, introduction, reader="test")
        assert (shared.contact, shared.needs, shared.words) == (None, (), "")


def test_what_is_ticked_is_shared(with_file: Browser, core: Core) -> None:
    path = _meet_path(with_file)
    with_file.send(path, share=["contact", "ph.step_free_entrance", "ph.lift_or_ground"], message="Tot dan!")
    assert "how to reach you, Entrance without steps" in with_file.text
    with core.units.write() as uow:
        introduction = uow.session.scalars(select(Introduction)).one()
        shared = introductions.shared_by(uow, introduction, reader="test")
        assert shared.contact == "amina@voorbeeld.example"
        assert [code for code, _ in shared.needs] == ["ph.step_free_entrance"]
        assert shared.words == "Tot dan!"


def test_asked_twice_there_is_one_introduction(with_file: Browser, core: Core) -> None:
    path = _meet_path(with_file)
    with_file.send(path)
    with_file.post(path)
    assert "You asked to meet them already." in with_file.text
    with core.units.read() as uow:
        assert len(uow.session.scalars(select(Introduction)).all()) == 1
    with_file.get("/me/suggestions")
    assert "Asked" in with_file.text
    assert "/meet" not in with_file.page


def test_a_national_number_is_refused_and_the_rest_stays(with_file: Browser) -> None:
    path = _meet_path(with_file)
    with_file.send(path, share=["contact"], message="Mijn nummer is 93.05.18-223.61, tot gauw", status=422)
    assert "We do not need your national number." in with_file.text
    assert "tot gauw" in with_file.page
    assert " checked" in with_file.page


def test_the_person_can_stop(with_file: Browser) -> None:
    with_file.send(_meet_path(with_file))
    stop = re.findall(r'action="(/me/introductions/[^"]+/withdraw)"', with_file.page)[0]
    with_file.post(stop)
    assert "You stopped this" in with_file.text
    with_file.get("/me/suggestions")
    assert "/meet" in with_file.page
    with_file.post(stop, status=409)


def test_a_refused_role_is_gone(with_file: Browser) -> None:
    refuse = re.findall(r'href="(/me/suggestions/[^"]+/refuse)"', with_file.page)[0]
    with_file.send(refuse)
    assert "It is off your list" in with_file.text
    with_file.get("/me/suggestions")
    assert "Koken met de ploeg" not in with_file.text


def test_the_personal_link_opens_the_file_and_leaves_the_address(with_file: Browser, app: Flask) -> None:
    link = _personal_link(with_file)
    other = Browser(app)
    answer = other.client.get(link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/first")
    other.get("/me/first")
    assert "Hello Amina" in other.text, "the file is in the language of its person"


def test_a_card_can_be_typed(with_file: Browser, app: Flask) -> None:
    token = _personal_link(with_file).rpartition("/")[2]
    other = Browser(app, language="en")
    assert other.send("/card", card=token).request.path == "/me/first"
    third = Browser(app, language="en")
    third.send("/card", card="no such card", status=422)
    assert "This does not open a file." in third.text
    assert "no such card" in third.page


def test_a_link_from_a_message_opens_the_file(with_file: Browser, app: Flask, core: Core) -> None:
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        candidate_id, proof = candidate.id, candidates.address_proof(candidate)
    link = core.links.make(Purpose.OPEN_FILE, candidate_id, proof=proof).removeprefix(
        core.settings.public_url
    )
    assert Browser(app).get(link).request.path == "/me"
    wrong = core.links.make(Purpose.JOIN_ORGANISATION, candidate_id).rpartition("/")[2]
    Browser(app).get(f"/open/{wrong}", status=403)
    Browser(app).get(link[:-1], status=403)
    assert Browser(app).get("/c/unknown").request.path == "/card"


def test_a_link_to_an_address_of_before_opens_nothing(with_file: Browser, app: Flask, core: Core) -> None:
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        before = core.links.make(
            Purpose.OPEN_FILE, candidate.id, proof=candidates.address_proof(candidate)
        ).removeprefix(core.settings.public_url)
    with_file.send("/me/answers/contact", channel="email", contact_email="new@voorbeeld.example")
    Browser(app).get(before, status=403)
    with_file.get("/me")


def test_one_person_never_reaches_the_file_of_another(with_file: Browser, app: Flask) -> None:
    path = _meet_path(with_file)
    stranger = Browser(app)
    assert stranger.get("/me").request.path == "/card"
    assert stranger.get("/me/suggestions").request.path == "/card"
    sign_up(stranger, answers(name={"first_name": "Bilal"}))
    stranger.get(path, status=404)
    stranger.get(f"/me/suggestions/{uuid4()}/refuse", status=404)


def test_leaving_closes_the_file(with_file: Browser) -> None:
    with_file.post("/me/leave")
    assert with_file.get("/me").request.path == "/card"


def test_an_erased_file_is_gone_at_once(with_file: Browser, core: Core) -> None:
    with core.units.write() as uow:
        uow.session.delete(uow.session.scalars(select(Candidate)).one())
    assert with_file.get("/me").request.path == "/card"


def test_the_answer_of_the_organisation_is_told(with_file: Browser, core: Core) -> None:
    with_file.send(_meet_path(with_file))
    with core.units.write() as uow:
        found = uow.session.scalars(select(Introduction)).one()
        moment = uow.now.astimezone(UTC).replace(hour=11, minute=0) + timedelta(days=3)
        words = "Kom dinsdag om 10 uur"
        introductions.accept(uow, found.organisation_id, found.id, words=words, agreed_at=moment)
        zone = uow.zone
    with_file.get("/me")
    assert "They say yes" in with_file.text
    assert f", {moment.astimezone(zone):%H:%M}." in with_file.text.partition("You meet on ")[2]
    assert "Kom dinsdag om 10 uur" in with_file.text


def test_needs_read_by_their_own_person_are_in_the_journal(with_file: Browser, core: Core) -> None:
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        assert candidates.contact_of(uow, candidate)
        readers = {
            row[0] for row in uow.session.connection().exec_driver_sql("select reader from need_readings")
        }
    assert readers == {"engine", "candidate"}


def test_a_role_that_newly_fits_is_marked(with_file: Browser, post_role: PostRole, core: Core) -> None:
    with_file.get("/me/suggestions")
    assert "New" not in with_file.text.split()
    post_role(access=YES)
    mornings.look_again(core.units, Catalogue(), mornings.News(by=frozenset(), most_a_week=0))
    with_file.get("/me/suggestions")
    assert with_file.text.split().count("New") == 1


def test_who_may_be_contacted_later_can_stop_it(with_file: Browser, core: Core) -> None:
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        agreed = Consent(purpose=Agreed.FOLLOW_UP, text_version=TEXT_VERSION, language="en")
        agreed.given_how, agreed.given_at = GivenHow.OWN_DEVICE, uow.now
        person.consents.append(agreed)
    take_back = "/me/consents/follow_up/take-back"
    with_file.get("/me/consents")
    assert take_back in with_file.page
    with_file.post(take_back)
    with_file.get("/me/consents")
    assert take_back not in with_file.page
    with core.units.read() as uow:
        assert not consents_in_force(uow.session, person.id, Agreed.FOLLOW_UP, now=uow.now)
        assert consents_in_force(uow.session, person.id, Agreed.MATCH, now=uow.now)

"""The desk opens files in conversation, finds people again, and makes one file of two."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import CandidateState, Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.links import Purpose as Link
from volunteer.models import Candidate, Consent, Introduction, NeedReading
from volunteer.services import candidates

AMINA: dict[str, Any] = {
    "person_language": "ar",
    "first_name": "Amina",
    "is_16": "yes",
    "postal_code": "1000",
    "tasks_want": ["t.cook"],
    "days_parts": ["tue:morning"],
    "level_ar": "4",
    "channel": "sms",
    "contact_sms": "0470 12 34 56",
    "consent_account": "yes",
    "consent_match": "yes",
    "consent_needs": "yes",
    "need_ph.step_free_entrance": "must",
}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


def _enrol(desk: Browser, *, status: int = 200, **changed: Any) -> None:
    desk.send("/desk/people/new", status=status, **{**AMINA, **changed})


def _files(core: Core) -> list[Candidate]:
    with core.units.read() as uow:
        found = list(uow.session.scalars(select(Candidate).order_by(Candidate.created_at)))
        uow.session.expunge_all()
        return found


def test_enrolled_in_conversation_with_the_desk_worker_as_witness(desk: Browser, core: Core) -> None:
    _enrol(desk)
    assert "Amina" in desk.text
    assert "0470 12 34 56" in desk.text
    assert "Log out" in desk.text, "the session of the desk stays"
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        given = uow.session.scalars(select(Consent)).all()
    assert (candidate.origin, candidate.language, candidate.state) == ("desk", "ar", CandidateState.CONFIRMED)
    assert {each.purpose for each in given} == {"account", "match", "needs"}
    assert {(each.given_how, each.language, bool(each.witness)) for each in given} == {("desk", "ar", True)}


def test_what_is_left_open_is_not_known(desk: Browser, core: Core) -> None:
    _enrol(desk, tasks_want=[], days_parts=[])
    file = _files(core)[0]
    assert (file.tasks_want, file.times, file.commitments) == ([], "unsure", [])


def test_errors_keep_everything_and_say_all_at_once(desk: Browser, core: Core) -> None:
    _enrol(desk, status=422, first_name="", contact_sms="12", consent_match="")
    for said in ("Tell us what to call you.", "Please look at 3 things again"):
        assert said in desk.text
    assert re.search(r'name="postal_code"[^>]*value="1000"', desk.page)
    assert re.search(r'name="tasks_want" value="t.cook"[^>]*checked', desk.page)
    assert re.search(r'name="need_ph.step_free_entrance" value="must"[^>]*checked', desk.page)
    assert re.search(r'id="speaks-ar"[^>]*checked', desk.page)
    assert _files(core) == []


def test_without_the_spoken_yes_no_need_is_kept(desk: Browser, core: Core) -> None:
    _enrol(desk, consent_needs="no")
    page = desk.text
    assert "Show what helps" not in page
    with core.units.read() as uow:
        assert "needs" not in set(uow.session.scalars(select(Consent.purpose)))


def test_who_is_not_sixteen_gets_no_file(desk: Browser, core: Core) -> None:
    _enrol(desk, status=422, is_16="no")
    assert "Who is not 16 yet gets no file." in desk.text
    assert _files(core) == []


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "١٢٣" * 400, "\u202eolleh", "🙂" * 90, "93.05.18-223.61", "x\x00y"]
)
def test_hostile_input_breaks_nothing(desk: Browser, text: str) -> None:
    page = desk.client.post(
        "/desk/people/new",
        data={
            **dict.fromkeys((*AMINA, "where", "contact_letter", "other_language", "need_sv.buddy"), text),
            "csrf_token": _token(desk),
        },
    )
    assert page.status_code == 422
    desk.send("/desk/people", at="/desk/people", q=text)


def _token(desk: Browser) -> str:
    desk.get("/desk/people/new")
    found = re.search(r'name="csrf_token" value="([^"]+)"', desk.page)
    assert found
    return found[1]


def test_a_second_file_is_named_before_it_is_made(desk: Browser, core: Core) -> None:
    _enrol(desk)
    _enrol(desk, status=422, first_name="Aminah", contact_sms="", channel="desk")
    assert "Perhaps we know this person" in desk.text
    assert "Amina , 1000" in desk.text or "Amina, 1000" in desk.text
    assert len(_files(core)) == 1
    other = re.search(r'name="somebody_else" value="([^"]+)"', desk.page)
    assert other
    form = {**AMINA, "first_name": "Aminah", "channel": "desk", "somebody_else": other[1]}
    desk.post("/desk/people/new", **form)
    assert len(_files(core)) == 2
    assert "Perhaps twice" not in desk.text, "the desk said that it is somebody else"


def test_the_early_hint_says_who_it_might_be(desk: Browser) -> None:
    _enrol(desk)
    desk.send("/desk/people/known", at="/desk/people/new", first_name="Emina", postal_code="1000")
    assert "Perhaps" not in desk.text
    desk.send("/desk/people/known", at="/desk/people/new", first_name="Aminah", postal_code="1000")
    assert "It is Amina: open" in desk.text


def test_signing_up_alone_tells_nothing_and_the_desk_hears_it(
    desk: Browser, browser: Browser, core: Core
) -> None:
    _enrol(desk)
    sign_up(browser, answers(where={"postal_code": "1000", "travel_minutes": "45"}))
    assert "Perhaps" not in browser.page
    newest = _files(core)[-1]
    desk.get(f"/desk/people/{newest.id}")
    assert "Perhaps twice" in desk.text


def test_search_keeps_what_was_typed_out_of_the_address(desk: Browser) -> None:
    _enrol(desk)
    seen = desk.send("/desk/people", at="/desk/people", q="Aminah 1000")
    assert seen.request.path == "/desk/people"
    assert seen.request.query_string == b""
    assert "1 person" in desk.text
    desk.get("/desk/people")
    assert "Amina" in desk.text, "Back finds what was found before"


def test_needs_are_shown_after_a_press_and_that_is_written_down(desk: Browser, core: Core) -> None:
    _enrol(desk)
    person = _files(core)[0].id
    desk.get(f"/desk/people/{person}")
    assert "steps" not in desk.text
    desk.post(f"/desk/people/{person}/needs")
    assert "Entrance without steps" in desk.text or "without steps" in desk.text
    with core.units.read() as uow:
        read = uow.session.scalars(
            select(NeedReading).where(NeedReading.purpose == "desk_conversation")
        ).one()
        assert read.reader.startswith("account:")


def test_answers_are_changed_on_the_same_screen_and_needs_stay(desk: Browser, core: Core) -> None:
    _enrol(desk)
    person = _files(core)[0].id
    with core.units.read() as uow:
        sealed = uow.session.get_one(Candidate, person).needs_sealed
    desk.get(f"/desk/people/{person}/answers")
    assert re.search(r'name="first_name"[^>]*value="Amina"', desk.page)
    form = {name: value for name, value in AMINA.items() if not name.startswith(("need_", "consent_"))}
    desk.post(
        f"/desk/people/{person}/answers", **{**form, "tasks_want": ["t.sew"], "consent_follow_up": "yes"}
    )
    with core.units.read() as uow:
        file = uow.session.get_one(Candidate, person)
        assert file.tasks_want == ["t.sew"]
        assert file.needs_sealed == sealed
        newest = uow.session.scalars(select(Consent).where(Consent.purpose == "follow_up")).one()
        assert (newest.given_how, bool(newest.witness)) == ("desk", True)


def test_a_file_that_waits_is_confirmed_by_its_person_at_the_desk(desk: Browser, core: Core) -> None:
    with core.units.write() as uow:
        waiting = candidates.put_on_file(
            uow, SignUp(first_name="Bilal", language="fr", channel=Channel.DESK), origin="api"
        ).id
    desk.get(f"/desk/people/{waiting}")
    assert "has not confirmed yet" in desk.text
    form = {**AMINA, "first_name": "Bilal", "person_language": "fr"}
    desk.send(f"/desk/people/{waiting}/answers", status=422, **{**form, "is_16": ""})
    desk.post(f"/desk/people/{waiting}/answers", **form)
    with core.units.read() as uow:
        file = uow.session.get_one(Candidate, waiting)
        assert file.state == CandidateState.CONFIRMED
        given = uow.session.scalars(select(Consent).where(Consent.candidate_id == waiting)).all()
        assert {each.given_how for each in given} == {"desk"}


def test_they_want_to_meet_an_organisation(
    desk: Browser, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    post_role()
    _enrol(desk, consent_needs="no")
    work()
    person = _files(core)[0].id
    desk.get(f"/desk/people/{person}")
    link = re.search(r'href="(/desk/people/[^"]+/meet/[^"]+)"', desk.page)
    assert link
    desk.send(link[1], status=422, message="Ik kom graag.")
    assert "Read it aloud" in desk.text
    assert "Ik kom graag." in desk.page
    desk.post(link[1], message="Ik kom graag.", said_yes="yes", share=["contact"])
    assert "Waits for their answer" in desk.text
    with core.units.read() as uow:
        introduction = uow.session.scalars(select(Introduction)).one()
        sharing = uow.session.scalars(select(Consent).where(Consent.purpose.startswith("share_with"))).one()
    assert (sharing.given_how, bool(sharing.witness)) == ("desk", True)
    desk.post(f"/desk/people/{person}/introductions/{introduction.id}/withdraw")
    assert "Taken back" in desk.text


def test_what_helps_is_opened_to_share_it_only_when_asked(
    desk: Browser, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    post_role()
    _enrol(desk)
    work()
    desk.get(f"/desk/people/{_files(core)[0].id}")
    link = re.search(r'href="(/desk/people/[^"]+/meet/[^"]+)"', desk.page)
    assert link
    desk.get(link[1])
    assert "without steps" not in desk.text
    desk.post(link[1], open_needs="now")
    assert "without steps" in desk.text
    with core.units.read() as uow:
        assert uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "sharing")).all()


def test_two_files_are_looked_at_and_looked_at_again_before_they_are_one(desk: Browser, core: Core) -> None:
    _enrol(desk)
    _enrol(desk, first_name="Bilal", postal_code="1080", contact_sms="0470 99 88 77", consent_needs="no")
    one, other = (each.id for each in _files(core))
    path = f"/desk/people/{other}/same/{one}"
    desk.get(path)
    for said in ("Amina", "Bilal", "1080", "0470 99 88 77"):
        assert said in desk.text
    desk.post(path, do="check", take_first_name="goes", take_place="stays")
    assert "This will be the file" in desk.text
    assert len(_files(core)) == 2
    desk.post(path, do="merge", take_first_name="goes", take_place="stays")
    assert "One file now." in desk.text
    assert [(each.id, each.first_name, each.postal_code) for each in _files(core)] == [(one, "Bilal", "1000")]
    seen = desk.get(f"/desk/people/{other}")
    assert seen.request.path == f"/desk/people/{one}", "the old address leads there"


def test_after_a_merge_older_links_and_sessions_are_closed_and_a_card_begins_anew(
    desk: Browser, app: Flask, core: Core
) -> None:
    def enrol(name: str, contact: str) -> tuple[UUID, str, str]:
        said = SignUp(
            first_name=name,
            language="en",
            channel=Channel.SMS,
            contact=contact,
            consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH}),
        )
        with core.units.write() as uow:
            file, card = candidates.enrol(uow, said, origin="page")
            link = core.links.make(Link.OPEN_FILE, file.id, proof=candidates.address_proof(file))
            return file.id, link.removeprefix(core.settings.public_url), card

    # The same contact too: not even then does the link of one open the other.
    two = [enrol("Amina", "+32470123456"), enrol("Aminah", "+32470123456")]
    browsers = [Browser(app) for _ in two]
    for browser, (_, link, _card) in zip(browsers, two, strict=True):
        browser.get(link)
        assert browser.get("/me").request.path == "/me"
    desk.post(f"/desk/people/{two[1][0]}/same/{two[0][0]}", do="merge")
    for browser, (_, link, card) in zip(browsers, two, strict=True):
        assert browser.get("/me").request.path == "/card"
        browser.get(link, status=403)
        assert browser.get(f"/c/{card}").request.path == "/me/first"


def test_erasing_asks_first(desk: Browser, core: Core) -> None:
    _enrol(desk)
    person = _files(core)[0].id
    desk.get(f"/desk/people/{person}/erase")
    assert "Erase the file of Amina?" in desk.text
    desk.post(f"/desk/people/{person}/erase")
    assert _files(core) == []
    desk.get(f"/desk/people/{person}", status=404)

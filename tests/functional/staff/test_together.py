"""Signing up together: a support worker asks and types, and the person says yes or no in one of four ways."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser, csrf_token_of
from tests.functional.signing_up import ANSWERS, sign_up
from tests.functional.staff.conftest import PASSWORD, Hire, Hired, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import CandidateState
from volunteer.domain.devices import Asked, Kind
from volunteer.domain.messages import MessageKind
from volunteer.domain.support import TEXT_VERSION, Scope
from volunteer.links import Purpose
from volunteer.models import Candidate, Consent, Erasure, Incident, Introduction, SupportLink
from volunteer.services import candidates, devices, incidents, messages
from volunteer.web.said_together import QUESTIONS
from volunteer.web.support_words import words_in

ALFABED = "Taalschool Het Alfabed"
TOLD: Mapping[str, dict[str, Any]] = {
    "speaks": {"person_language": "en"},
    **{slug: ANSWERS[slug] for slug in ("name", "age", "where", "tasks", "when", "languages", "contact")},
}
YES: Mapping[str, Any] = {"consent_account": "yes", "consent_match": "yes"}


@dataclass
class Together:
    """Veerle of the school, with her browser, and what is in the database."""

    core: Core
    app: Flask
    veerle: Hired

    def tell(self, **changed: dict[str, Any]) -> str:
        """Veerle and Amina go through the questions; ends on the page with the ways to say yes."""
        browser = self.veerle.browser
        browser.send("/support/enrol")
        for slug, page in {**TOLD, **changed}.items():
            browser.post(f"/support/enrol/{slug}", **page)
        answer = browser.post("/support/enrol/ready")
        return answer.request.path

    def file(self) -> Candidate | None:
        """The only file there is."""
        with self.core.units.read() as uow:
            return uow.session.scalars(select(Candidate)).one_or_none()

    def consents(self) -> dict[str, Consent]:
        """Every yes, by purpose."""
        with self.core.units.read() as uow:
            return {each.purpose: each for each in uow.session.scalars(select(Consent))}

    def link(self) -> UUID:
        with self.core.units.read() as uow:
            return uow.session.scalars(select(SupportLink.id)).one()

    def own_link(self) -> str:
        """What stands in the message to Amina."""
        with self.core.units.read() as uow:
            amina = uow.session.scalars(select(Candidate)).one()
            address = self.core.links.make(
                Purpose.CONFIRM_FILE, amina.id, proof=candidates.address_proof(amina)
            )
        return "/yes/" + address.rpartition("/")[2]


@pytest.fixture
def together(core: Core, app: Flask, hire: Hire) -> Together:
    veerle = hire(Role.SUPPORT_WORKER, at=ALFABED)
    with core.units.write() as uow:
        make_referrer(uow, organisation_named(uow, ALFABED), accepted_by=veerle.account_id)
    return Together(core, app, veerle)


def test_each_page_says_what_to_read_aloud_in_both_languages(together: Together) -> None:
    browser = together.veerle.browser
    browser.send("/support/enrol")
    browser.post("/support/enrol/speaks", person_language="ar")
    assert "What can we call you?" in browser.text
    assert 'lang="ar" dir="rtl"' in browser.page
    assert "Ready, wipe everything" not in browser.text


def test_what_is_read_aloud_is_what_the_page_asks(together: Together) -> None:
    browser = together.veerle.browser
    browser.send("/support/enrol")
    browser.post("/support/enrol/speaks", **TOLD["speaks"])
    for slug, words in QUESTIONS.items():
        heading = re.search(r'<h1 id="question">(.*?)</h1>', browser.page)
        assert heading
        assert heading[1] == words[0]
        browser.post(f"/support/enrol/{slug}", **TOLD[slug])


def test_other_words_of_a_consent_are_another_version() -> None:
    asked = "|".join(" ".join(words_in(scope, "en")) for scope in Scope)
    assert (TEXT_VERSION, hashlib.sha256(asked.encode()).hexdigest()[:12]) == ("2026-11-22.2", "3f30ed115acf")


def test_what_is_begun_waits_with_the_least(together: Together) -> None:
    path = together.tell()
    found = together.file()
    assert found
    assert found.state == CandidateState.PENDING
    assert (found.needs_sealed, found.language) == (None, "en")
    assert path == f"/support/waiting/{together.link()}"
    assert together.consents() == {}
    together.veerle.browser.get("/support/enrol")
    assert "Amina" in together.veerle.browser.text


def test_pressed_twice_it_is_one_file(together: Together) -> None:
    together.tell()
    together.veerle.browser.post("/support/enrol/ready")
    assert together.file()


def test_who_is_too_young_gets_no_file(together: Together) -> None:
    browser = together.veerle.browser
    browser.send("/support/enrol")
    for slug in ("speaks", "name"):
        browser.post(f"/support/enrol/{slug}", **TOLD[slug])
    browser.post("/support/enrol/age", is_16="no")
    assert "Who is not 16 yet gets no file." in browser.text
    browser.get("/support/enrol/where")
    assert "Which language do you speak with this person?" in browser.text


def test_confirmed_by_their_own_link(
    together: Together, work: Callable[[], None], mails: Callable[[], list[tuple[str, str]]]
) -> None:
    path = together.tell()
    together.veerle.browser.post(f"{path}/send")
    assert "The message is on its way." in together.veerle.browser.text

    work()
    (mail,) = [text for to, text in mails() if to == "amina@voorbeeld.example"]
    assert "Noor" not in mail
    sent = "/yes/" + mail.partition("/yes/")[2].split()[0]
    amina = Browser(together.app, language="en")
    amina.get(sent)
    assert "Noor" not in amina.page.partition("</title>")[0]
    assert ALFABED in amina.text
    amina.post("/together", status=422, consent_account="yes")
    assert together.consents() == {}
    amina.post("/together", **YES, allow_sees_progress="yes")

    found, given = together.file(), together.consents()
    assert found
    assert found.state == CandidateState.CONFIRMED
    assert given.keys() == {"account", "match", "support_worker:sees_progress"}
    scope = given["support_worker:sees_progress"]
    assert (scope.given_how, scope.language, scope.witness) == ("own_device", "en", None)
    assert scope.until
    assert scope.support_link_id == together.link()
    amina.get("/me")
    assert "Who helps you" in amina.text
    amina.get(sent, status=404)


def test_confirmed_with_the_card(together: Together) -> None:
    path = together.tell()
    veerle = together.veerle.browser
    veerle.post(f"{path}/card")
    (token,) = set(re.findall(r"/c/([\w-]{22})", veerle.page))
    assert veerle.client.get(f"{path}/card").mimetype == "application/pdf"
    veerle.get("/support")
    assert f'href="{path}/card"' in veerle.page, "it can be printed from the first page too"

    amina = Browser(together.app, language="en")
    amina.get(f"/c/{token}")
    assert "do you want this?" in amina.text
    amina.post("/together", **YES)
    assert together.consents().keys() == {"account", "match"}
    assert "Your old card opens nothing any more." in amina.text
    _opens_nothing(together, token)
    (new,) = set(re.findall(r"/c/([\w-]{22})", amina.page))
    again = Browser(together.app, language="en")
    again.get(f"/c/{new}")
    assert "Hello" in again.text


def test_the_card_that_was_printed_before_stops_at_the_desk(together: Together, hire: Hire) -> None:
    token, amina = _printed(together, together.tell()), together.file()
    assert amina
    desk = hire(Role.DESK_WORKER).browser
    desk.send(f"/desk/people/{amina.id}/answers", **_dense(), **YES)
    assert "an older one opens nothing any more" in desk.text
    assert 'class="qr"' in desk.page
    _opens_nothing(together, token)


@pytest.mark.parametrize("press", ["stop", "not-mine"])
def test_every_card_stops_with_the_support_worker_and_a_new_one_is_shown(
    together: Together, press: str
) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES)
    (seen,) = set(re.findall(r"/c/([\w-]{22})", amina.page))
    amina.send(f"/me/support/{together.link()}/{press}", at="/me/support")
    (new,) = set(re.findall(r"/c/([\w-]{22})", amina.page))
    _opens_nothing(together, seen)
    again = Browser(together.app, language="en")
    again.get(f"/c/{new}")
    assert "Hello" in again.text


def test_the_desk_hands_over_a_new_card_when_it_stops_a_support_worker(
    together: Together, hire: Hire
) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES)
    (seen,) = set(re.findall(r"/c/([\w-]{22})", amina.page))
    file = together.file()
    assert file
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{file.id}")
    desk.post(f"/desk/people/{file.id}/support/{together.link()}/stop")
    assert 'class="qr"' in desk.page
    _opens_nothing(together, seen)


def test_confirmed_on_the_device_that_was_handed_over(together: Together) -> None:
    path = together.tell()
    tablet = together.veerle.browser
    tablet.post(f"{path}/hand-over")
    assert tablet.get("/support").request.path != "/support"
    tablet.get("/together")
    tablet.post("/together", **YES, allow_is_channel="yes")
    assert together.consents()["support_worker:is_channel"].given_how == "kiosk"

    tablet.post("/me/leave")
    tablet.get("/kiosk/leave")
    tablet.post("/kiosk/leave", email=together.veerle.email, password=PASSWORD)
    assert tablet.get("/support/enrol").request.path == "/support/enrol"


def test_a_tablet_of_the_desk_stays_with_the_desk(together: Together, hire: Hire) -> None:
    tablet = hire(Role.DESK_WORKER).browser
    tablet.send("/kiosk/hand-over")
    tablet.send("/kiosk/leave", status=422, email=together.veerle.email, password=PASSWORD)


def test_confirmed_at_the_desk_before_a_witness(together: Together, hire: Hire) -> None:
    together.tell()
    amina = together.file()
    assert amina
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{amina.id}")
    assert "Signed up by" in desk.text
    page = {**_dense(), **YES, "allow_helps_answer": "yes"}
    desk.send(f"/desk/people/{amina.id}/answers", **page)
    given = together.consents()
    assert given["support_worker:helps_answer"].given_how == "desk"
    assert given["support_worker:helps_answer"].witness
    desk.get(f"/desk/people/{amina.id}")
    assert "Helped by" in desk.text
    desk.post(f"/desk/people/{amina.id}/support/{together.link()}/stop")
    assert together.consents()["support_worker:helps_answer"].withdrawn_at


def test_a_support_worker_at_the_desk_is_not_the_witness(together: Together, hire: Hire) -> None:
    together.tell()
    amina = together.file()
    assert amina
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    both.send(f"/desk/people/{amina.id}/answers", status=422, **_dense(), **YES)
    assert "cannot be the witness" in both.text
    assert together.consents() == {}


def test_a_support_worker_at_the_desk_hears_no_later_yes_either(together: Together, hire: Hire) -> None:
    together.tell()
    phone = Browser(together.app, language="en")
    phone.get(together.own_link())
    phone.post("/together", **YES)
    amina, before = together.file(), together.consents().keys()
    assert amina
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    more = {**_dense(), **YES, "consent_needs": "yes"}
    both.send(f"/desk/people/{amina.id}/answers", status=422, **more)
    assert "cannot be the witness" in both.text
    assert together.consents().keys() == before
    with together.core.units.write() as uow:
        file = uow.session.get_one(Candidate, amina.id)
        device_id = devices.ask(uow, file, kind=Kind.PHONE, cookie="not hers", by=Asked.DESK).id
    both.get(f"/desk/people/{amina.id}")
    both.post(f"/desk/people/{amina.id}/card/devices/{device_id}/confirm", status=403)
    hire(Role.DESK_WORKER).browser.send(
        f"/desk/people/{amina.id}/card/devices/{device_id}/confirm", at=f"/desk/people/{amina.id}"
    )


def test_a_support_worker_at_the_desk_does_not_hear_whom_somebody_wants_to_meet(
    together: Together, hire: Hire, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    post_role()
    together.tell()
    phone = Browser(together.app, language="en")
    phone.get(together.own_link())
    phone.post("/together", **YES)
    work()
    amina = together.file()
    assert amina
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    both.get(f"/desk/people/{amina.id}")
    link = re.search(r'href="(/desk/people/[^"]+/meet/[^"]+)"', both.page)
    assert link
    both.send(link[1], status=422, message="Ik kom graag.", said_yes="yes")
    assert "cannot be the witness" in both.text
    assert "Ik kom graag." in both.page
    with together.core.units.read() as uow:
        assert uow.session.scalars(select(Introduction)).all() == []


def test_the_support_worker_cannot_say_yes_in_their_own_session(together: Together) -> None:
    together.tell()
    veerle = together.veerle.browser
    veerle.get(together.own_link())
    assert "Only the person can say yes here." in veerle.text
    veerle.get("/together")
    assert veerle.get("/together").request.path != "/together"
    assert together.consents() == {}


@pytest.mark.parametrize("way", ["link", "handed_over"])
def test_i_did_not_ask_for_this(together: Together, way: str) -> None:
    path = together.tell()
    if way == "link":
        amina = Browser(together.app, language="en")
        amina.get(together.own_link())
    else:
        amina = together.veerle.browser
        amina.post(f"{path}/hand-over")
    amina.post("/together/not-mine")

    assert "Everything is erased" in amina.text
    assert together.file() is None
    with together.core.units.read() as uow:
        told = uow.session.scalars(select(Incident)).one()
        assert "Amina" not in incidents.opened(uow, told).story


def test_two_presses_lead_where_the_first_one_led(together: Together) -> None:
    together.tell()
    amina, second = Browser(together.app, language="en"), Browser(together.app, language="en")
    for browser in (amina, second):
        browser.get(together.own_link())
    amina.post("/together", **YES)
    answer = second.client.post("/together", data={**YES, "csrf_token": csrf_token_of(second.page)})
    assert (answer.status_code, answer.location) == (303, "/me/suggestions")
    second.get("/me/suggestions")
    assert second.get("/me/suggestions").request.path == "/card", "a second press opens nothing by itself"


def test_no_said_twice_is_no(together: Together) -> None:
    together.tell()
    amina, second = Browser(together.app, language="en"), Browser(together.app, language="en")
    for browser in (amina, second):
        browser.get(together.own_link())
    amina.post("/together/not-mine")
    second.post("/together/not-mine")
    assert "Everything is erased" in second.text


def test_the_desk_writes_down_that_nobody_asked_for_it(together: Together, hire: Hire) -> None:
    together.tell()
    amina = together.file()
    assert amina
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{amina.id}")
    desk.post(f"/desk/people/{amina.id}/contest")
    assert together.file() is None


def test_each_thing_is_taken_back_and_given_again_and_all_of_it_stopped(together: Together) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES, allow_sees_progress="yes", allow_is_channel="yes")
    link = together.link()
    amina.get("/me/support")
    assert "Signed you up, together with you" in amina.text

    amina.post(f"/me/support/{link}/sees_progress/take-back")
    assert together.consents()["support_worker:sees_progress"].withdrawn_at
    assert together.consents()["support_worker:is_channel"].withdrawn_at is None
    amina.post(f"/me/support/{link}/helps_answer/give")
    assert together.consents()["support_worker:helps_answer"].withdrawn_at is None
    amina.post(f"/me/support/{link}/stop")
    scopes = [each for name, each in together.consents().items() if name.startswith("support_worker")]
    assert all(each.withdrawn_at for each in scopes)
    amina.send(f"/me/support/{link}/is_channel/give", at="/me/card", status=404)
    amina.send(f"/me/support/{link}/everything/give", at="/me/card", status=404)


def test_not_asked_for_after_all(together: Together) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES, allow_sees_progress="yes")
    amina.get("/me/support")
    amina.post(f"/me/support/{together.link()}/not-mine")
    assert together.file()
    assert "It ended on" in amina.text
    with together.core.units.read() as uow:
        assert uow.session.scalars(select(Incident)).one().organisation_id


def test_nobody_touches_the_link_of_somebody_else(together: Together, browser: Browser) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES, allow_sees_progress="yes")
    sign_up(browser)
    browser.get("/me/support")
    assert "Nobody helps you with your file." in browser.text
    browser.send(f"/me/support/{together.link()}/stop", at="/me/card", status=404)
    assert together.consents()


def test_the_support_worker_sees_what_is_allowed_and_each_look_is_written_down(together: Together) -> None:
    together.tell()
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    veerle, page = together.veerle.browser, f"/support/people/{together.link()}"
    veerle.get(page, status=404)
    amina.post("/together", **YES, allow_sees_progress="yes")

    veerle.get("/support")
    assert page in veerle.page
    veerle.get(page)
    assert "How far things are" in veerle.text
    assert "Messages to pass on" not in veerle.text
    assert "amina@voorbeeld.example" not in veerle.page
    amina.get("/me/support")
    assert "Looked how far things are" in amina.text
    amina.post(f"/me/support/{together.link()}/sees_progress/take-back")
    veerle.get(page, status=404)
    assert "Amina" not in veerle.get("/support").get_data(as_text=True)


def test_a_message_is_passed_on_only_by_who_is_the_channel(together: Together, hire: Hire) -> None:
    through = {"channel": "support_worker", "contact_support_worker": "Noor"}
    together.tell(contact=through)
    amina = Browser(together.app, language="en")
    amina.get(together.own_link())
    amina.post("/together", **YES, allow_is_channel="yes")
    with together.core.units.write() as uow:
        file = uow.session.scalars(select(Candidate)).one()
        messages.tell_candidate(uow, file, MessageKind.SUGGESTIONS_READY, about_id=uuid4(), cause_id=uuid4())
    veerle, page = together.veerle.browser, f"/support/people/{together.link()}"
    hire(Role.SUPPORT_WORKER, at=ALFABED).browser.get(page, status=404)
    veerle.get("/support")
    assert "Nothing to pass on." not in veerle.text
    veerle.get(page)
    assert "Messages to pass on" in veerle.text
    (told,) = re.findall(rf'action="({page}/messages/[^"]+)"', veerle.page)
    veerle.post(told)
    assert "Nothing to pass on now." in veerle.text
    veerle.post(told)
    assert "This was done already." in veerle.text
    amina.get("/me/support")
    assert "Passed a message on to you" in amina.text


def test_thrown_away(together: Together) -> None:
    path = together.tell()
    together.veerle.browser.post(f"{path}/throw-away")
    assert together.file() is None
    with together.core.units.read() as uow:
        left = uow.session.scalars(select(Erasure)).one()
    assert (left.asked_by, left.done_by) == ("support", f"account:{together.veerle.account_id}")


def test_while_the_referrer_is_suspended_a_file_is_still_seen_and_thrown_away(together: Together) -> None:
    path = together.tell()
    with together.core.units.write() as uow:
        organisation_named(uow, ALFABED).suspended_at = uow.now
    veerle = together.veerle.browser
    veerle.get(path)
    assert "Your organisation is suspended for now." in veerle.text
    assert "Make a card" not in veerle.text
    assert "At the info desk" in veerle.text
    veerle.post(f"{path}/card", status=403)
    veerle.get(path)
    veerle.post(f"{path}/throw-away")
    assert together.file() is None


def test_the_support_worker_does_not_give_their_own_address(together: Together) -> None:
    browser = together.veerle.browser
    browser.send("/support/enrol")
    own = {"channel": "email", "contact_email": together.veerle.email.upper()}
    for slug, page in {**TOLD, "contact": own}.items():
        browser.post(f"/support/enrol/{slug}", **page)
    browser.post("/support/enrol/ready", status=422)
    assert "This is your own address." in browser.text
    assert together.file() is None


def test_a_referrer_that_may_not_yet_enrols_nobody(together: Together) -> None:
    with together.core.units.write() as uow:
        organisation_named(uow, ALFABED).suspended_at = uow.now
    together.veerle.browser.get("/support/enrol", status=403)
    together.veerle.browser.get("/support/enrol/speaks", status=403)


def _printed(together: Together, path: str) -> str:
    """Veerle makes a card for who waits; what stands on it."""
    together.veerle.browser.post(f"{path}/card")
    (token,) = set(re.findall(r"/c/([\w-]{22})", together.veerle.browser.page))
    return str(token)


def _opens_nothing(together: Together, token: str) -> None:
    assert Browser(together.app, language="en").get(f"/c/{token}").request.path == "/card"


def _dense() -> dict[str, Any]:
    """Every answer of Amina on the one screen of the desk."""
    found: dict[str, Any] = {"person_language": "fr", "consent_needs": "no"}
    for slug in ("name", "age", "where", "tasks", "when", "languages", "contact"):
        found |= ANSWERS[slug]
    return found

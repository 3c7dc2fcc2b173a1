"""A class at once: blank cards, whoever signs up with one, and a page that says how many and not who."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire, Hired, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.card_groups import KEPT
from volunteer.domain.support import Scope
from volunteer.models import BlankCard, Candidate, CardGroup, Consent, SupportEntry, SupportLink
from volunteer.services import blank_cards, card_groups

ALFABED = "Taalschool Het Alfabed"
GROUP: Mapping[str, Any] = {"name": "Nederlands 1.2", "count": "5", "language": "en", "days": "60"}
YES: Mapping[str, Any] = {"allow_sees_progress": "yes"}


@dataclass
class Class:
    """Veerle of the school, and the cards of her group."""

    core: Core
    app: Flask
    veerle: Hired
    path: str

    @property
    def id(self) -> UUID:
        return UUID(self.path.rpartition("/")[2])

    def codes(self) -> list[str]:
        with self.core.units.read() as uow:
            group = uow.session.get_one(CardGroup, self.id)
            return [each.code for each in card_groups.to_print(uow, group)]

    def comes(self, code: str, **changed: Any) -> Browser:
        """Somebody scans this card and signs up; ends on the page that comes after that."""
        browser = Browser(self.app, language="en")
        browser.get(f"/k/{code}")
        browser.post("/with-card")
        sign_up(browser, answers(helps={"consent_needs": "no"}, **changed))
        return browser

    def counts(self) -> tuple[int, ...]:
        """What the page of the group says: cards, begun, signed up."""
        self.veerle.browser.get(self.path)
        return tuple(int(each) for each in re.findall(r"<dd>(\d+)</dd>", self.veerle.browser.page))


@pytest.fixture
def veerle(core: Core, hire: Hire) -> Hired:
    """A support worker whose school may bring people."""
    hired = hire(Role.SUPPORT_WORKER, at=ALFABED)
    with core.units.write() as uow:
        make_referrer(uow, organisation_named(uow, ALFABED), accepted_by=hired.account_id)
    return hired


@pytest.fixture
def five(core: Core, app: Flask, veerle: Hired) -> Class:
    """A group with five cards."""
    made = veerle.browser.send("/support/groups", **GROUP)
    return Class(core, app, veerle, made.request.path)


def _all(core: Core, model: type[Any]) -> list[Any]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(model)))


def test_whoever_signs_up_with_a_card_confirms_alone_and_is_counted(five: Class) -> None:
    assert five.counts() == (5, 0, 0)
    person = five.comes(five.codes()[0])
    assert "May Noor help you?" in person.text
    assert "checked" not in person.page
    (file,) = _all(five.core, Candidate)
    assert (file.state, file.expires_at) == ("confirmed", None)
    assert five.counts() == (5, 1, 1)


def test_without_a_yes_nothing_ties_the_two_together(five: Class) -> None:
    person = five.comes(five.codes()[0])
    person.post("/me/may-help")
    assert "They see nothing of you." in person.text
    assert _all(five.core, SupportLink) == []
    assert _all(five.core, SupportEntry) == []
    five.counts()
    assert "Amina" not in five.veerle.browser.text


def test_a_name_stands_there_while_its_person_allows_it(five: Class) -> None:
    person = five.comes(five.codes()[0])
    person.post("/me/may-help", **YES)
    five.counts()
    assert "Amina" in five.veerle.browser.text
    person.get("/me/support")
    assert "You signed up with their card" in person.text
    (link,) = _all(five.core, SupportLink)
    person.post(f"/me/support/{link.id}/{Scope.SEES_PROGRESS}/take-back")
    assert five.counts() == (5, 1, 1)
    assert "Amina" not in five.veerle.browser.text


def test_helping_to_answer_shows_no_name_in_the_group(five: Class) -> None:
    five.comes(five.codes()[0]).post("/me/may-help", allow_helps_answer="yes")
    five.counts()
    assert "Amina" not in five.veerle.browser.text


def test_the_second_with_a_card_has_a_file_too_and_is_told_at_the_end(five: Class) -> None:
    code = five.codes()[0]
    first = Browser(five.app, language="en")
    first.get(f"/k/{code}")
    before = first.text
    five.comes(code)
    second = Browser(five.app, language="en")
    second.get(f"/k/{code}")
    assert second.text == before
    second.post("/with-card")
    sign_up(second, answers(helps={"consent_needs": "no"}, name={"first_name": "Bilal"}))
    assert "Somebody used this card before. You are signed up all the same, without it." in second.text
    assert "May Noor help you?" not in second.text
    assert len(_all(five.core, Candidate)) == 2
    assert five.counts() == (5, 2, 1)


def test_the_used_card_opens_nothing_and_the_own_card_does(five: Class) -> None:
    code = five.codes()[0]
    person = five.comes(code)
    person.post("/me/may-help")
    own = re.search(r'href="https?://[^/"]+(/c/[^"]+)"', person.page)
    assert own
    stranger = Browser(five.app, language="en")
    stranger.get(f"/k/{code}")
    assert "Amina" not in stranger.page
    assert stranger.get("/me").request.path == "/card"
    stranger.get(own[1])
    assert "Amina" in stranger.text


def test_pressed_twice_it_is_counted_once(five: Class) -> None:
    person = Browser(five.app, language="en")
    person.get(f"/k/{five.codes()[0]}")
    person.post("/with-card")
    person.post("/with-card")
    assert five.counts() == (5, 1, 0)
    sign_up(person, answers(helps={"consent_needs": "no"}), until="helps")
    person.send("/signup/helps", consent_needs="no")
    draft = person.cookie("signup")
    assert draft
    person.post("/signup/check")
    person.client.set_cookie("signup", draft)
    person.post("/signup/check")
    assert "May Noor help you?" in person.text
    assert five.counts() == (5, 1, 1)


@pytest.mark.parametrize("typed", ["{0}-{1}-{2}", "{0} {1} {2}", "http://localhost/k/{0}{1}{2}", "lower"])
def test_a_code_can_be_typed(five: Class, typed: str) -> None:
    code = five.codes()[0]
    said = code.lower() if typed == "lower" else typed.format(code[:4], code[4:8], code[8:])
    person = Browser(five.app, language="en")
    person.send("/card", card=said)
    assert "You got this card from" in person.text


def test_stopped_over_and_never_made_say_the_same(five: Class) -> None:
    code = five.codes()[0]
    person = Browser(five.app, language="en")
    said = []

    def scan(what: str) -> None:
        person.get(f"/k/{what}")
        said.append(person.text)
        assert person.get("/with-card").request.path == "/"

    scan("0" * 12)
    five.veerle.browser.get(five.path)
    five.veerle.browser.post(f"{five.path}/stop")
    scan(code)
    assert "This card does not work, or not any more." in said[0]
    assert said[0] == said[1]


def test_stopped_meanwhile_the_file_stands_without_the_card(five: Class) -> None:
    person = Browser(five.app, language="en")
    person.get(f"/k/{five.codes()[0]}")
    person.post("/with-card")
    five.veerle.browser.get(five.path)
    five.veerle.browser.post(f"{five.path}/stop")
    sign_up(person, answers(helps={"consent_needs": "no"}))
    assert "This card does not work any more. You are signed up all the same" in person.text
    assert five.counts() == (5, 1, 0)


def test_an_open_file_can_let_the_support_worker_help_later(five: Class) -> None:
    first, second = five.codes()[:2]
    person = five.comes(first)
    person.post("/me/may-help")
    person.get(f"/k/{second}")
    assert "A file is open on this device." in person.text
    person.post("/with-card")
    person.post("/me/may-help", **YES)
    assert five.counts() == (5, 1, 1)
    assert "Amina" in five.veerle.browser.text


def test_whoever_is_logged_in_cannot_use_a_card(five: Class) -> None:
    five.veerle.browser.get(f"/k/{five.codes()[0]}")
    assert "This card is for somebody who wants to volunteer." in five.veerle.browser.text
    assert five.counts() == (5, 0, 0)


def test_more_cards_have_numbers_that_go_on(five: Class) -> None:
    before = five.codes()
    five.counts()
    five.veerle.browser.post(f"{five.path}/more", count="3", language="ar")
    assert five.codes()[:5] == before
    assert len(set(five.codes())) == 8
    five.veerle.browser.get(five.path)
    five.veerle.browser.post(f"{five.path}/more", count="90", language="ar", status=422)
    assert "Choose a number from 1 to 88." in five.veerle.browser.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"count": "4"}, "Choose a number from 5 to 96."),
        ({"count": "٩"}, "Choose a number from 5 to 96."),
        ({"name": ""}, "Give the group a name that you know it by."),
        ({"name": "85.07.30-033 28"}, "We do not need your national number."),
        ({"language": "xx"}, "Choose a language from the list."),
        ({"days": "9999"}, "Choose how long the cards work."),
    ],
)
def test_what_makes_no_sense_is_said(veerle: Hired, changed: dict[str, Any], said: str) -> None:
    veerle.browser.send("/support/groups", status=422, **{**GROUP, **changed})
    assert said in veerle.browser.text


def test_a_colleague_sees_nothing_of_the_group(five: Class, hire: Hire) -> None:
    colleague = hire(Role.SUPPORT_WORKER, at=ALFABED).browser
    for path in (five.path, f"{five.path}/cards"):
        colleague.get(path, status=404)
    colleague.get("/support/groups")
    assert "Nederlands 1.2" not in colleague.text


def test_who_left_the_school_has_cards_that_do_not_work(five: Class) -> None:
    code = five.codes()[0]
    with five.core.units.write() as uow:
        organisation_named(uow, ALFABED).is_referrer = False
    person = Browser(five.app, language="en")
    person.get(f"/k/{code}")
    assert "This card does not work, or not any more." in person.text
    five.veerle.browser.get(f"{five.path}/cards", status=403)
    assert five.counts() == (5, 0, 0)


def test_brought_to_the_desk_the_card_is_scanned_and_each_yes_is_asked_aloud(five: Class, hire: Hire) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/k/{five.codes()[0]}")
    held = re.search(r'name="held_card" value="(\w+)"', desk.page)
    assert held
    assert "What may Noor of Taalschool Het Alfabed do?" in desk.text
    desk.post("/desk/people/new", person_language="en", held_card=held[1], **YES, **_told())
    (file,) = _all(five.core, Candidate)
    assert file.state == "confirmed"
    given = {each.purpose: each for each in _all(five.core, Consent)}
    assert given["support_worker:sees_progress"].witness == "Noor"
    assert five.counts() == (5, 1, 1)
    assert "Amina" in five.veerle.browser.text
    desk.get("/desk/people/new")
    assert "held_card" not in desk.page


def test_the_desk_types_a_code_and_lays_the_card_aside(five: Class, hire: Hire) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.send("/desk/people/new", status=422, blank_card="0000-0000-0000", first_name="Amina")
    assert "This is not a card that works." in desk.text
    desk.post("/desk/people/new", blank_card=five.codes()[0], first_name="Amina")
    assert 'value="Amina"' in desk.page
    assert "held_card" in desk.page
    desk.post("/desk/people/new", without_card="yes", first_name="Amina")
    assert 'value="Amina"' in desk.page
    assert "held_card" not in desk.page


def test_at_the_desk_a_used_card_is_said_before_anything_is_kept(five: Class, hire: Hire) -> None:
    five.comes(five.codes()[0])
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/k/{five.codes()[0]}")
    held = re.search(r'name="held_card" value="(\w+)"', desk.page)
    assert held
    desk.post(
        "/desk/people/new",
        status=422,
        person_language="en",
        held_card=held[1],
        **{**_told(), "first_name": "Bilal", "contact_email": "bilal@voorbeeld.example"},
    )
    assert "Somebody used this card before." in desk.text
    assert len(_all(five.core, Candidate)) == 1


def test_a_colleague_of_the_support_worker_is_no_witness_at_the_desk(five: Class, hire: Hire) -> None:
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    both.send("/desk/people/new", status=422, blank_card=five.codes()[0])
    assert "you cannot be the witness" in both.text


def test_what_is_over_is_forgotten_and_the_link_stays(five: Class) -> None:
    five.comes(five.codes()[0]).post("/me/may-help", **YES)
    code = five.codes()[1]
    for ended, left in ((timedelta(0), 1), (KEPT - timedelta(minutes=1), 1), (KEPT, 0)):
        with five.core.units.write() as uow:
            uow.session.get_one(CardGroup, five.id).expires_at = uow.now - ended
            uow.session.flush()
            assert blank_cards.behind(uow, code) is None
            card_groups.forget_over(uow)
        assert len(_all(five.core, CardGroup)) == left
    (link,) = _all(five.core, SupportLink)
    assert link.card_group_id is None
    assert _all(five.core, BlankCard) == []


def _told() -> dict[str, Any]:
    """Everything the desk types in one go."""
    given = answers(helps={"consent_needs": "no"})
    return {name: said for page in given.values() for name, said in page.items()}

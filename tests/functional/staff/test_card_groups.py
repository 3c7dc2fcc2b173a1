"""A class at once: blank cards, whoever signs up with one, and a page that says how many and not who."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.card_class import ALFABED, GROUP, YES, Class
from tests.functional.staff.conftest import Hire, Hired, organisation_named
from volunteer.domain.accounts import Role
from volunteer.domain.card_groups import KEPT
from volunteer.domain.support import Scope
from volunteer.models import BlankCard, Candidate, CardGroup, SupportEntry, SupportLink
from volunteer.services import blank_cards, card_groups


def test_whoever_signs_up_with_a_card_confirms_alone_and_is_counted(five: Class) -> None:
    assert five.counts() == (5, 0, 0)
    person = five.comes(five.codes()[0])
    assert "May Noor help you?" in person.text
    assert "checked" not in person.page
    (file,) = five.every(Candidate)
    assert (file.state, file.expires_at) == ("confirmed", None)
    assert five.counts() == (5, 1, 1)


def test_without_a_yes_nothing_ties_the_two_together(five: Class) -> None:
    person = five.comes(five.codes()[0])
    assert "Save, and to my suggestions" in person.text
    person.post("/me/may-help")
    assert "They see nothing of you." in person.text
    assert five.every(SupportLink) == []
    assert five.every(SupportEntry) == []
    five.counts()
    assert "Amina" not in five.veerle.text


def test_a_name_stands_there_while_its_person_allows_it(five: Class) -> None:
    person = five.comes(five.codes()[0])
    person.post("/me/may-help", **YES)
    five.counts()
    assert "Amina" in five.veerle.text
    person.get("/me/support")
    assert "You signed up with their card" in person.text
    (link,) = five.every(SupportLink)
    person.post(f"/me/support/{link.id}/{Scope.SEES_PROGRESS}/take-back")
    assert five.counts() == (5, 1, 1)
    assert "Amina" not in five.veerle.text


def test_helping_to_answer_shows_no_name_in_the_group(five: Class) -> None:
    five.comes(five.codes()[0]).post("/me/may-help", allow_helps_answer="yes")
    five.counts()
    assert "Amina" not in five.veerle.text


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
    assert len(five.every(Candidate)) == 2
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


@pytest.mark.parametrize(("reads", "finds"), [("fr", "fr"), ("uk", "ar")])
def test_a_card_speaks_the_language_of_the_phone_or_else_its_own(five: Class, reads: str, finds: str) -> None:
    five.counts()
    five.veerle.post(f"{five.path}/more", count="1", language="ar")
    person = Browser(five.app, language=reads)
    person.get(f"/k/{five.codes()[-1]}")
    assert f'<html lang="{finds}"' in person.page


def test_what_can_be_printed_stands_on_the_first_page(five: Class) -> None:
    sheet = f'href="{five.path}/cards"'
    five.veerle.get("/support")
    assert sheet in five.veerle.page
    assert 'href="/law/workshop/en"' in five.veerle.page
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/stop")
    five.veerle.get("/support")
    assert sheet not in five.veerle.page


def test_stopped_and_never_made_say_the_same(five: Class) -> None:
    code = five.codes()[0]
    person = Browser(five.app, language="en")
    said = []

    def scan(what: str) -> None:
        person.get(f"/k/{what}")
        said.append(person.text)
        assert person.get("/with-card").request.path == "/"

    scan("0" * 12)
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/stop")
    scan(code)
    assert "This card does not work, or not any more." in said[0]
    assert said[0] == said[1]


def test_stopped_meanwhile_the_file_stands_without_the_card(five: Class) -> None:
    person = Browser(five.app, language="en")
    person.get(f"/k/{five.codes()[0]}")
    person.post("/with-card")
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/stop")
    sign_up(person, answers(helps={"consent_needs": "no"}))
    assert "This card does not work any more. You are signed up all the same" in person.text
    assert five.counts() == (5, 1, 0)


def test_a_yes_to_a_group_that_stopped_meanwhile_is_not_lost_in_silence(five: Class) -> None:
    person = five.comes(five.codes()[0])
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/stop")
    before = person.page
    person.post("/me/may-help", **YES)
    assert "This card does not work any more. So they see nothing of you." in person.text
    assert five.every(SupportLink) == []
    person.page = before
    person.post("/me/may-help", **YES)
    assert "does not work any more" not in person.text


def test_an_open_file_can_let_the_support_worker_help_later(five: Class) -> None:
    first, second = five.codes()[:2]
    person = five.comes(first)
    person.post("/me/may-help")
    person.get(f"/k/{second}")
    assert "A file is open on this device." in person.text
    person.post("/with-card")
    person.post("/me/may-help", **YES)
    assert five.counts() == (5, 1, 1)
    assert "Amina" in five.veerle.text


def test_whoever_is_logged_in_cannot_use_a_card(five: Class) -> None:
    five.veerle.get(f"/k/{five.codes()[0]}")
    assert "This card is for somebody who wants to volunteer." in five.veerle.text
    assert five.counts() == (5, 0, 0)


def test_more_cards_have_numbers_that_go_on(five: Class) -> None:
    before = five.codes()
    five.counts()
    five.veerle.post(f"{five.path}/more", count="3", language="ar")
    assert five.codes()[:5] == before
    assert len(set(five.codes())) == 8
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/more", count="90", language="ar", status=422)
    assert "Choose a number from 1 to 88." in five.veerle.text


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
def test_what_makes_no_sense_is_said(teacher: Hired, changed: dict[str, Any], said: str) -> None:
    teacher.browser.send("/support/groups", status=422, **{**GROUP, **changed})
    assert said in teacher.browser.text


def test_a_colleague_sees_nothing_of_the_group(five: Class, hire: Hire) -> None:
    colleague = hire(Role.SUPPORT_WORKER, at=ALFABED).browser
    for path in (five.path, f"{five.path}/cards"):
        colleague.get(path, status=404)
    colleague.get("/support/groups")
    assert "Nederlands 1.2" not in colleague.text


def test_a_school_that_may_bring_nobody_has_cards_that_do_not_work(five: Class) -> None:
    code = five.codes()[0]
    with five.core.units.write() as uow:
        organisation_named(uow, ALFABED).is_referrer = False
    person = Browser(five.app, language="en")
    person.get(f"/k/{code}")
    assert "This card does not work, or not any more." in person.text
    five.veerle.get(f"{five.path}/cards", status=403)
    assert five.counts() == (5, 0, 0)


def test_what_is_over_is_forgotten_and_the_link_stays(five: Class) -> None:
    five.comes(five.codes()[0]).post("/me/may-help", **YES)
    code = five.codes()[1]
    for ended, left in ((timedelta(0), 1), (KEPT - timedelta(minutes=1), 1), (KEPT, 0)):
        with five.core.units.write() as uow:
            uow.session.get_one(CardGroup, five.id).expires_at = uow.now - ended
            uow.session.flush()
            assert blank_cards.behind(uow, code) is None
            card_groups.forget_over(uow)
        assert len(five.every(CardGroup)) == left
    (link,) = five.every(SupportLink)
    assert link.card_group_id is None
    assert five.every(BlankCard) == []

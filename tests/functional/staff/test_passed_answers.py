"""The page on which a support worker passes answers on, and the one on which the person undoes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire, Hired, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.follow_ups import Moment, Side
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.support import Scope
from volunteer.models import Consent, FollowUp, Introduction, SupportEntry, SupportLink
from volunteer.services import proposals, support_links
from volunteer.unit_of_work import UnitOfWork

ALFABED = "Taalschool Het Alfabed"
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
Mails = Callable[[], list[tuple[str, str]]]


@dataclass
class Asked:
    """Amina is asked to choose a time, and Veerle may help her answer."""

    core: Core
    app: Flask
    veerle: Hired
    introduction: UUID
    link: UUID
    page: str

    def press(self, value: str, *, status: int = 200) -> None:
        self.veerle.browser.get(self.page)
        path = f"{self.page}/introductions/{self.introduction}"
        self.veerle.browser.post(path, status=status, time=value)

    def times(self) -> list[str]:
        self.veerle.browser.get(self.page)
        return re.findall(r'name="time" value="([^"]+)"', self.veerle.browser.page)

    def state(self) -> str:
        with self.core.units.read() as uow:
            return uow.session.get_one(Introduction, self.introduction).state


@pytest.fixture
def asked(core: Core, app: Flask, hire: Hire, meet: Meet, post_role: Callable[..., UUID]) -> Asked:
    post_role(access=YES)
    introduction = meet(name="Amina")
    veerle = hire(Role.SUPPORT_WORKER, at=ALFABED)
    with core.units.write() as uow:
        school = organisation_named(uow, ALFABED)
        make_referrer(uow, school, accepted_by=veerle.account_id)
        found = uow.session.get_one(Introduction, introduction)
        soon = [(uow.now + timedelta(days=days)).replace(microsecond=0) for days in (7, 8)]
        proposals.propose(uow, found.organisation_id, introduction, times=soon, words="Vraag naar Noor.")
        link = SupportLink(
            id=uuid4(),
            candidate_id=found.candidate_id,
            account_id=veerle.account_id,
            organisation_id=school.id,
            opened_at=uow.now,
        )
        uow.session.add(link)
        uow.session.flush()
        given = {Scope.HELPS_ANSWER}
        support_links.give(uow, link, given, language="en", given_how=GivenHow.OWN_DEVICE)
    return Asked(core, app, veerle, introduction, link.id, f"/support/people/{link.id}")


def test_a_time_is_passed_on_and_undone_by_the_link_of_the_message(
    asked: Asked, work: Callable[[], None], mails: Mails
) -> None:
    asked.veerle.browser.get(asked.page)
    assert "Vraag naar Noor." in asked.veerle.browser.text
    first, _second, none = asked.times()
    assert none == "none"
    asked.press(first)
    assert "Passed on. The person hears of it, and can say that it is not right." in asked.veerle.browser.text
    assert asked.times() == ["cannot"]
    work()
    (mail,) = [text for _to, text in mails() if "/passed/" in text]
    assert ALFABED in mail
    assert "Veerle" not in mail
    path = "/passed/" + mail.partition("/passed/")[2].split()[0]
    amina = Browser(asked.app, language="en")
    amina.get(path)
    assert "Amina" not in amina.page.partition("</title>")[0]
    assert asked.state() == IntroductionState.ACCEPTED, "opening a link decides nothing"
    amina.post(path, do="undo")
    assert "This answer does not count any more." in amina.text
    assert asked.state() == IntroductionState.SENT
    amina.get(path)
    assert "Undo it" not in amina.text


def test_what_waits_for_an_answer_stands_on_the_first_page(asked: Asked) -> None:
    asked.veerle.browser.get("/support")
    assert "Which of these times suits them?" in asked.veerle.browser.text
    assert f"{asked.page}#answers" in asked.veerle.browser.page
    assert "Nothing waits for an answer." not in asked.veerle.browser.text
    with asked.core.units.read() as uow:
        assert not uow.session.scalars(select(SupportEntry)).all(), "nobody was looked at"
    asked.press("none")
    asked.veerle.browser.get("/support")
    assert "Nothing waits for an answer." in asked.veerle.browser.text


def test_who_is_asked_how_it_goes_stands_on_the_first_page(asked: Asked) -> None:
    with asked.core.units.write() as uow:
        met = uow.session.get_one(Introduction, asked.introduction)
        met.proposal, met.state = None, IntroductionState.STARTED
        _asked_how(uow, met)
    asked.veerle.browser.get("/support")
    assert "How does it go?" in asked.veerle.browser.text
    with asked.core.units.write() as uow:
        for given in uow.session.scalars(select(Consent).where(Consent.purpose == Purpose.FOLLOW_UP)):
            given.withdrawn_at = uow.now
    asked.veerle.browser.get("/support")
    assert "How does it go?" not in asked.veerle.browser.text


def test_who_did_not_give_that_yes_waits_for_no_answer_here(asked: Asked) -> None:
    with asked.core.units.write() as uow:
        link = uow.session.get_one(SupportLink, asked.link)
        support_links.take_back(uow, link, {Scope.HELPS_ANSWER})
        support_links.give(uow, link, {Scope.IS_CHANNEL}, language="en", given_how=GivenHow.OWN_DEVICE)
    asked.veerle.browser.get("/support")
    assert "Which of these times suits them?" not in asked.veerle.browser.text


def test_an_old_page_passes_nothing_on_once_the_yes_is_taken_back(asked: Asked) -> None:
    first, *_more = asked.times()
    with asked.core.units.write() as uow:
        link = uow.session.get_one(SupportLink, asked.link)
        support_links.take_back(uow, link, {Scope.HELPS_ANSWER})
    asked.veerle.browser.post(f"{asked.page}/introductions/{asked.introduction}", status=404, time=first)
    assert asked.state() == IntroductionState.SENT


@pytest.mark.parametrize("scope", [Scope.SEES_PROGRESS, Scope.IS_CHANNEL])
def test_another_yes_is_not_enough(asked: Asked, scope: Scope) -> None:
    first, *_more = asked.times()
    with asked.core.units.write() as uow:
        link = uow.session.get_one(SupportLink, asked.link)
        support_links.take_back(uow, link, {Scope.HELPS_ANSWER})
        support_links.give(uow, link, {scope}, language="en", given_how=GivenHow.OWN_DEVICE)
    asked.press(first, status=403)
    assert asked.times() == []
    assert asked.state() == IntroductionState.SENT


def test_who_pressed_nothing_hears_so(asked: Asked) -> None:
    asked.press("tomorrow")
    assert "Press one of the buttons." in asked.veerle.browser.text
    asked.veerle.browser.post(f"{asked.page}/how/{uuid4()}", status=404, going="well")


def test_the_journal_leads_to_that_was_not_me(asked: Asked, work: Callable[[], None], mails: Mails) -> None:
    asked.press(asked.times()[0])
    work()
    opened = next(text for _to, text in reversed(mails()) if "/open/" in text)
    amina = Browser(asked.app, language="en")
    amina.get("/open/" + opened.partition("/open/")[2].split()[0])
    amina.get("/me/support")
    (own,) = set(re.findall(r'href="(/me/support/answers/[^"]+)"', amina.page))
    amina.send(own, do="not_me")
    assert "It does not count any more." in amina.text
    amina.get("/me/support")
    assert "Said: that was not me" in amina.text
    asked.veerle.browser.get(asked.page, status=404)
    with asked.core.units.read() as uow:
        assert uow.session.scalars(select(Introduction.agreed_at)).one() is None


def test_the_person_gives_an_appointment_back_themselves(
    asked: Asked, work: Callable[[], None], mails: Mails
) -> None:
    asked.press(asked.times()[0])
    work()
    opened = next(text for _to, text in reversed(mails()) if "/open/" in text)
    amina = Browser(asked.app, language="en")
    amina.get("/open/" + opened.partition("/open/")[2].split()[0])
    amina.send(f"/me/introductions/{asked.introduction}/time", at="/me", time="cannot")
    assert "We ask them for another time." in amina.text
    assert asked.state() == IntroductionState.SENT


def test_what_cannot_be_undone_says_so_and_what_was_said_stands_there(
    asked: Asked, work: Callable[[], None], mails: Mails
) -> None:
    asked.press("none")
    work()
    (mail,) = [text for _to, text in mails() if "/passed/" in text]
    assert "One press is enough." not in mail
    assert "We cannot undo it: call us before you go there." in mail
    path = "/passed/" + mail.partition("/passed/")[2].split()[0]
    amina = Browser(asked.app, language="en")
    amina.get(path)
    assert "You cannot undo this here." in amina.text
    amina.post(path, do="not_me")
    assert "It does not count any more." not in amina.text
    assert "We wrote down that it was not you." in amina.text
    assert "Call us before you go there." in amina.text


def test_what_was_said_of_how_it_goes_stands_behind_the_link(
    asked: Asked, work: Callable[[], None], mails: Mails
) -> None:
    with asked.core.units.write() as uow:
        met = uow.session.get_one(Introduction, asked.introduction)
        met.proposal, met.state = None, IntroductionState.STARTED
        how = _asked_how(uow, met)
    asked.veerle.browser.get(asked.page)
    asked.veerle.browser.post(f"{asked.page}/how/{how}", going="could_be_better")
    work()
    (mail,) = [text for _to, text in mails() if "/passed/" in text]
    assert "could be better" not in mail
    amina = Browser(asked.app, language="en")
    amina.get("/passed/" + mail.partition("/passed/")[2].split()[0])
    assert "It could be better" in amina.text


def test_a_yes_to_less_is_given_again_before_an_answer_is_passed_on(
    asked: Asked, work: Callable[[], None], mails: Mails
) -> None:
    first, *_more = asked.times()
    with asked.core.units.write() as uow:
        given = select(Consent).where(Consent.support_link_id == asked.link)
        uow.session.scalars(given).one().text_version = "2026-11-22.1"
    assert asked.times() == []
    assert "did not say yes yet to passing answers on" in asked.veerle.browser.text
    asked.press(first, status=403)
    work()
    opened = next(text for _to, text in reversed(mails()) if "/open/" in text)
    amina = Browser(asked.app, language="en")
    amina.get("/open/" + opened.partition("/open/")[2].split()[0])
    amina.get("/me/support")
    assert "these words said less" in amina.text
    amina.post(f"/me/support/{asked.link}/helps_answer/give")
    assert "these words said less" not in amina.text
    assert first in asked.times()


@pytest.mark.parametrize(("do", "is_allowed"), [("undo", True), ("not_me", False)])
def test_at_the_desk_somebody_undoes_it_or_says_that_it_was_not_theirs(
    asked: Asked, hire: Hire, do: str, is_allowed: bool
) -> None:
    asked.press(asked.times()[0])
    with asked.core.units.read() as uow:
        entry = uow.session.scalars(select(SupportEntry).where(SupportEntry.about_id.is_not(None))).one()
    page = f"/desk/people/{entry.candidate_id}"
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    both.get(page)
    both.post(f"{page}/support/answers/{entry.id}", do=do, status=403)
    assert asked.state() == IntroductionState.ACCEPTED, "who works there hears no such thing"
    desk = hire(Role.DESK_WORKER)
    desk.browser.get(page)
    assert "Answers that were passed on" in desk.browser.text
    desk.browser.post(f"{page}/support/answers/{entry.id}", do=do)
    assert "Undone, as they asked." in desk.browser.text
    assert asked.state() == IntroductionState.SENT
    with asked.core.units.read() as uow:
        link = uow.session.get_one(SupportLink, asked.link)
        assert support_links.may_pass_on(uow, link) is is_allowed
        by = select(SupportEntry.done_by).where(SupportEntry.kind.in_(["undone", "denied"]))
        assert uow.session.scalars(by).all() == [f"account:{desk.account_id}"]


def _asked_how(uow: UnitOfWork, met: Introduction) -> UUID:
    """She is asked how it goes: the id of the question."""
    how = FollowUp(
        id=uuid4(),
        introduction_id=met.id,
        candidate_id=met.candidate_id,
        moment=next(iter(Moment)),
        side=Side.PERSON,
        asked_at=uow.now,
        outcomes=[],
    )
    uow.session.add(how)
    return how.id

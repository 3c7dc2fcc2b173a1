"""How does it go? Asked some weeks after somebody started; one button in a page that a link opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.consent import TEXT_VERSION, Purpose
from volunteer.domain.follow_ups import Side
from volunteer.domain.introductions import Step
from volunteer.models import Consent, FollowUp, Introduction, Membership
from volunteer.services import follow_ups, introductions, placements
from volunteer.unit_of_work import UnitOfWork

YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}
Mails = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def started(post_role: Callable[..., UUID], meet: Meet, core: Core) -> UUID:
    """Somebody who started, a month ago."""
    post_role(access=YES)
    introduction_id = meet()
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        introductions.accept(uow, found.organisation_id, found.id, words="Tuesday at 10")
        placements.tell(uow, found.organisation_id, found.id, Step.START)
        found.started_at = uow.now - timedelta(days=29)
        agreed = Consent(purpose=Purpose.FOLLOW_UP, text_version=TEXT_VERSION, language="en")
        agreed.candidate_id, agreed.given_how, agreed.given_at = found.candidate_id, "own_device", uow.now
        uow.session.add(agreed)
    return introduction_id


def _ask(core: Core, work: Callable[[], None]) -> None:
    with core.units.write() as uow:
        follow_ups.ask_due(uow)
    work()


def _links(mails: Mails, to: str) -> list[str]:
    texts = (text for address, text in mails() if address == to)
    return [path for text in texts for path in re.findall(r"https?://[^/]+(/how/\S+)", text)]


def _answered(core: Core) -> list[str | None]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(FollowUp.going).order_by(FollowUp.side)))


def test_a_team_answers_from_its_mail(
    started: UUID, hire: Hire, mails: Mails, core: Core, work: Callable[[], None], app: Flask
) -> None:
    owner = hire(Role.OWNER)
    _ask(core, work)
    (link,) = _links(mails, owner.email)
    anyone = Browser(app, language="en")
    for _ in range(3):
        anyone.get(link)
    assert anyone.client.head(link).status_code == 200
    assert "Amina started with you." in anyone.text
    assert set(_answered(core)) == {None}
    anyone.post(link, going="could_be_better")
    assert "We look for a way together." in anyone.text
    assert "could_be_better" in _answered(core)
    anyone.get(link)
    assert 'name="going"' not in anyone.page


def test_a_person_reads_what_it_may_have_brought(
    started: UUID, hire: Hire, core: Core, work: Callable[[], None]
) -> None:
    _ask(core, work)
    with core.units.read() as uow:
        asked = uow.session.scalars(select(FollowUp.id).where(FollowUp.side == Side.PERSON)).one()
    browser = hire(Role.DESK_WORKER).browser
    browser.get(f"/desk/how/{asked}")
    for words in (
        "I get used to working",
        "I feel more sure of myself",
        "I learn for a job",
        "I meet people",
    ):
        assert words in browser.text


def test_no_button_and_no_other_answer(
    started: UUID, hire: Hire, mails: Mails, core: Core, work: Callable[[], None], app: Flask
) -> None:
    owner = hire(Role.OWNER)
    _ask(core, work)
    (link,) = _links(mails, owner.email)
    anyone = Browser(app, language="en")
    for going in ("", "great", "<script>", "x" * 5000):
        anyone.send(link, status=422, going=going, outcome="work_rhythm")
        assert "Press one of the buttons." in anyone.text
    assert set(_answered(core)) == {None}
    anyone.get(link[:-4] + "AAAA", status=403)


def test_who_left_the_team_answers_no_more(
    started: UUID, hire: Hire, mails: Mails, core: Core, work: Callable[[], None], app: Flask
) -> None:
    owner = hire(Role.OWNER)
    _ask(core, work)
    (link,) = _links(mails, owner.email)
    _leave(core, owner.account_id)
    Browser(app, language="en").get(link, status=403)


def _leave(core: Core, account_id: UUID) -> None:
    with core.units.write() as uow:
        for membership in uow.session.scalars(select(Membership).where(Membership.account_id == account_id)):
            uow.session.delete(membership)


def test_the_desk_hears_it_by_phone(started: UUID, hire: Hire, core: Core, work: Callable[[], None]) -> None:
    _ask(core, work)
    desk = hire(Role.DESK_WORKER)
    with core.units.read() as uow:
        follow_up_id = _first(uow)
    desk.browser.send(f"/desk/how/{follow_up_id}", going="well")
    with core.units.read() as uow:
        assert follow_ups.found(uow, follow_up_id).answered_by == f"account:{desk.account_id}"


def _first(uow: UnitOfWork) -> UUID:
    return uow.session.scalars(select(FollowUp.id).order_by(FollowUp.side)).first() or UUID(int=0)


def test_nobody_answers_for_somebody_else(
    started: UUID, hire: Hire, core: Core, work: Callable[[], None], app: Flask
) -> None:
    _ask(core, work)
    with core.units.read() as uow:
        follow_up_id = _first(uow)
    hire(Role.OWNER).browser.get(f"/desk/how/{follow_up_id}", status=403)
    stranger = Browser(app, language="en")
    assert stranger.client.get(f"/me/how/{follow_up_id}").status_code in {302, 303, 401, 403}
    assert set(_answered(core)) == {None}

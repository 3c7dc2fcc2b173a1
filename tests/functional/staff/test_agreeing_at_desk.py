"""At the desk somebody takes a yes back, gives one, and says what helps now; each with who wrote it down."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.access import Strength
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, Consent, Deed, Erasure, NeedReading, OutboxEvent
from volunteer.services import needs

BUDDY: dict[str, Any] = {"need_sv.buddy": "must"}
SIGNS: dict[str, Any] = {"need_ic.sign_language": "must"}
OTHER: dict[str, Any] = {
    "need_ph.step_free_entrance": "no",
    "need_ic.plain_language": "must",
    "need_sv.buddy": "nice",
}


@pytest.fixture
def phone(browser: Browser) -> Browser:
    """The phone of somebody who signed up, with a yes to keeping what helps."""
    sign_up(browser)
    return browser


@pytest.fixture
def person(phone: Browser, core: Core) -> UUID:
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate.id)).one()


@pytest.fixture
def desk(hire: Hire, person: UUID) -> Browser:
    worker = hire(Role.DESK_WORKER).browser
    worker.get(f"/desk/people/{person}")
    return worker


def _needs(core: Core, person: UUID) -> dict[str, Strength]:
    with core.units.read() as uow:
        return needs.read(uow, uow.session.get_one(Candidate, person), reader="test", purpose="test")


def _newest(core: Core, purpose: str) -> Consent:
    with core.units.read() as uow:
        found = uow.session.scalars(
            select(Consent).where(Consent.purpose == purpose).order_by(Consent.given_at.desc())
        ).all()
        uow.session.expunge_all()
        return found[0]


def _events(core: Core, kind: str) -> int:
    with core.units.read() as uow:
        return len(uow.session.scalars(select(OutboxEvent.id).where(OutboxEvent.type == kind)).all())


def test_what_helps_is_changed_once_it_was_opened_and_the_suggestions_are_made_again(
    desk: Browser, person: UUID, core: Core
) -> None:
    assert "Change what helps" not in desk.text
    assert "need_ph.step_free_entrance" not in desk.page, "nothing of it is there before it is opened"
    before = _events(core, "candidate_changed")
    desk.post(f"/desk/people/{person}/needs")
    assert re.search(r'name="need_ph.step_free_entrance" value="must"[^>]*checked', desk.page)
    desk.post(
        f"/desk/people/{person}/needs/change",
        **OTHER,
    )
    assert "Kept. The suggestions are made again." in desk.text
    assert "Show what helps" in desk.text, "it is closed again"
    assert _needs(core, person) == {"ic.plain_language": Strength.MUST, "sv.buddy": Strength.NICE}
    assert _events(core, "candidate_changed") == before + 1
    with core.units.read() as uow:
        deed = uow.session.scalars(select(Deed)).one()
        readings = select(NeedReading.candidate_id).where(NeedReading.purpose == "desk_conversation")
        assert uow.session.scalars(readings).one() == person
    assert (deed.kind, deed.candidate_id) == ("needs", person)
    assert deed.done_by.startswith("account:")


def test_what_does_not_go_together_keeps_what_was_marked(desk: Browser, person: UUID, core: Core) -> None:
    before = _needs(core, person)
    desk.post(f"/desk/people/{person}/needs/change", status=422, **SIGNS)
    assert "Tell us which sign language you use." in desk.text
    assert re.search(r'name="need_ic.sign_language" value="must"[^>]*checked', desk.page)
    assert _needs(core, person) == before


def test_without_a_yes_in_force_nothing_that_helps_is_kept(desk: Browser, person: UUID, core: Core) -> None:
    desk.post(f"/desk/people/{person}/consents/needs/take-back")
    assert _needs(core, person) == {}
    desk.post(f"/desk/people/{person}/needs/change", status=422, **BUDDY)
    assert "We need your yes before we keep what helps you." in desk.text
    assert _needs(core, person) == {}


def test_a_yes_is_taken_back_in_words_before_a_witness(
    phone: Browser, desk: Browser, person: UUID, core: Core
) -> None:
    desk.post(f"/desk/people/{person}/consents/follow_up/take-back")
    assert "Taken back, as they asked." in desk.text
    assert "taken back before Noor" in desk.text
    consent = _newest(core, "follow_up")
    assert consent.withdrawn_at is not None
    assert (consent.withdrawn_how, consent.withdrawn_witness) == ("desk", "Noor")
    phone.get("/me/journal")
    assert "A yes taken back" in phone.text
    assert "Noor heard it." in phone.text


def test_a_yes_is_given_later_when_its_words_were_read_aloud(desk: Browser, person: UUID, core: Core) -> None:
    form = desk.page.partition("consents/statistics_and_learning/give")[2].partition("</form>")[0]
    assert re.search(r'class="say" lang="en" dir="ltr"><p><b>[^<]{10,}</b> [^<]{30,}', form), (
        "to be read aloud"
    )
    desk.post(f"/desk/people/{person}/consents/statistics_and_learning/give")
    consent = _newest(core, "statistics_and_learning")
    assert (consent.given_how, consent.witness, consent.language) == ("desk", "Noor", "en")
    desk.post(f"/desk/people/{person}/consents/statistics_and_learning/give")
    with core.units.read() as uow:
        every = uow.session.scalars(select(Consent).where(Consent.purpose == consent.purpose)).all()
    assert len(every) == 1, "said again, it is one yes"


def test_a_yes_to_what_helps_leads_straight_to_the_questions(desk: Browser, person: UUID, core: Core) -> None:
    desk.post(f"/desk/people/{person}/consents/needs/take-back")
    desk.post(f"/desk/people/{person}/consents/needs/give")
    assert re.search(r'name="need_sv.buddy" value="must"', desk.page)
    desk.post(f"/desk/people/{person}/needs/change", **BUDDY)
    assert _needs(core, person) == {"sv.buddy": Strength.MUST}


@pytest.mark.parametrize("purpose", ["account", "match"])
def test_what_the_file_hangs_on_is_taken_back_by_erasing_it(
    desk: Browser, person: UUID, core: Core, purpose: str
) -> None:
    seen = desk.post(f"/desk/people/{person}/consents/{purpose}/take-back")
    assert seen.request.path == f"/desk/people/{person}/erase"
    assert _newest(core, purpose).withdrawn_at is None


@pytest.mark.parametrize("purpose", ["nothing", "share_with:nobody", "needs'--"])
def test_nobody_agrees_to_what_is_not_asked(desk: Browser, person: UUID, purpose: str) -> None:
    desk.post(f"/desk/people/{person}/consents/{purpose}/take-back", status=404)
    desk.get(f"/desk/people/{person}")
    desk.post(f"/desk/people/{person}/consents/{purpose}/give", status=404)


def test_sharing_with_an_organisation_is_taken_back_and_stops_what_runs(
    meet: Callable[..., UUID], post_role: Callable[..., UUID], hire: Hire, core: Core
) -> None:
    post_role()
    meet(answers(helps={"consent_needs": "no"}))
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate.id)).one()
        purpose = uow.session.scalars(
            select(Consent.purpose).where(Consent.purpose.startswith("share_with"))
        ).one()
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/people/{person}")
    assert "Share with Buurtkeuken Pollepel" in desk.text
    desk.post(f"/desk/people/{person}/consents/{purpose}/take-back")
    assert _newest(core, purpose).withdrawn_witness == "Noor"
    assert "Share with Buurtkeuken Pollepel" not in desk.text


def test_who_changed_erased_or_took_back_is_written_down(desk: Browser, person: UUID, core: Core) -> None:
    desk.get(f"/desk/people/{person}/answers")
    desk.post(
        f"/desk/people/{person}/answers",
        person_language="en",
        first_name="Amina",
        where="anderlecht",
        channel="desk",
    )
    with core.units.read() as uow:
        (deed,) = uow.session.scalars(select(Deed)).all()
    assert deed.kind == "answers"
    desk.post(f"/desk/people/{person}/erase")
    with core.units.read() as uow:
        erasure = uow.session.scalars(select(Erasure).where(Erasure.what == "file")).one()
        assert uow.session.scalars(select(Deed)).all() == []
    assert erasure.done_by == deed.done_by
    assert person.hex not in repr(vars(erasure))

"""What was typed for a new file is not lost when its person turns out to have one."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.access import Strength
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, Draft
from volunteer.services import needs

AMINA: dict[str, Any] = {
    "person_language": "ar",
    "first_name": "Amina",
    "is_16": "yes",
    "postal_code": "1000",
    "tasks_want": ["t.cook"],
    "channel": "desk",
    "consent_account": "yes",
    "consent_match": "yes",
    "consent_needs": "yes",
}
BUDDY: dict[str, Any] = {"need_sv.buddy": "must"}
AMINAH: dict[str, Any] = {
    **AMINA,
    "person_language": "fr",
    "first_name": "Aminah",
    "tasks_want": ["t.sew"],
    "level_fr": "3",
    "days_parts": ["tue:morning"],
    "channel": "sms",
    "contact_sms": "0470 12 34 56",
    "need_sv.buddy": "must",
}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


@pytest.fixture
def amina(desk: Browser, core: Core) -> UUID:
    desk.send("/desk/people/new", **AMINA)
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate.id)).one()


def _it_is_her(desk: Browser, amina: UUID) -> None:
    desk.send("/desk/people/new", status=422, **AMINAH)
    path = re.search(r'formaction="([^"]+)"', desk.page)
    assert path
    seen = desk.post(path[1], **AMINAH)
    assert seen.request.path == f"/desk/people/{amina}"
    assert seen.request.query_string == b""


def test_what_is_new_is_carried_over_into_the_file(desk: Browser, amina: UUID, core: Core) -> None:
    _it_is_her(desk, amina)
    assert "What you typed is still there" in desk.text
    assert "0470" not in desk.page, "the page of the file does not show what is not in it yet"
    path = f"/desk/people/{amina}/answers?with=typed"
    desk.get(path)
    for field in (
        r'name="tasks_want" value="t.sew"[^>]*checked',
        r'name="tasks_want" value="t.cook"[^>]*checked',
        r'name="first_name"[^>]*value="Amina"',
        r'name="contact_sms"[^>]*value="0470 12 34 56"',
        r'id="speaks-ar"[^>]*checked',
    ):
        assert re.search(field, desk.page), field
    form = {**AMINAH, "person_language": "ar", "first_name": "Amina", "tasks_want": ["t.cook", "t.sew"]}
    desk.post(path, **form)
    with core.units.read() as uow:
        file = uow.session.scalars(select(Candidate)).one()
        assert (file.tasks_want, file.channel, file.languages) == (["t.cook", "t.sew"], "sms", {"fr": 3})
    desk.post(f"/desk/people/{amina}/needs")
    assert re.search(r'name="need_sv.buddy" value="must"[^>]*checked', desk.page), "what helps waits here"
    desk.post(f"/desk/people/{amina}/needs/change", **BUDDY)
    assert "What you typed is still there" not in desk.text
    with core.units.read() as uow:
        opened = needs.read(uow, uow.session.get_one(Candidate, amina), reader="test", purpose="test")
    assert opened == {"sv.buddy": Strength.MUST}


def test_it_was_somebody_else_after_all(desk: Browser, amina: UUID, core: Core) -> None:
    _it_is_her(desk, amina)
    desk.get("/desk/people/new/kept")
    assert re.search(r'name="first_name"[^>]*value="Aminah"', desk.page)
    assert re.search(r'name="need_sv.buddy" value="must"[^>]*checked', desk.page)
    desk.post("/desk/people/new", **{**AMINAH, "somebody_else": str(amina)})
    with core.units.read() as uow:
        assert len(uow.session.scalars(select(Candidate)).all()) == 2
    desk.get(f"/desk/people/{amina}")
    assert "What you typed is still there" not in desk.text


def test_what_was_typed_is_sealed_thrown_away_and_seen_by_nobody_else(
    desk: Browser, amina: UUID, core: Core, hire: Hire
) -> None:
    _it_is_her(desk, amina)
    colleague = hire(Role.DESK_WORKER).browser
    colleague.get(f"/desk/people/{amina}")
    assert "What you typed is still there" not in colleague.text
    with core.units.read() as uow:
        for draft in uow.session.scalars(select(Draft)):
            assert b"Aminah" not in draft.answers_sealed
    desk.post("/desk/people/new/kept/forget")
    assert "What you typed is still there" not in desk.text
    seen = desk.get("/desk/people/new/kept")
    assert seen.request.path == "/desk/people/new"
    assert "Aminah" not in desk.page


def test_two_files_alike_are_told_apart_by_card_place_and_day(desk: Browser, amina: UUID) -> None:
    desk.send("/desk/people/new", **{**AMINA, "somebody_else": str(amina)})
    desk.send("/desk/people/new", status=422, **AMINA)
    cards = set(re.findall(r"K-\d{4}-\d{4}", desk.page))
    assert len(cards) == 2, "each with the number of its card"


def test_the_preview_of_a_merge_says_what_will_be(desk: Browser, amina: UUID, core: Core) -> None:
    other = {**AMINAH, "postal_code": "1080", "first_name": "Bilal", "consent_needs": "no"}
    desk.send("/desk/people/new", **{name: each for name, each in other.items() if "need_" not in name})
    with core.units.read() as uow:
        bilal = uow.session.scalars(select(Candidate.id).where(Candidate.id != amina)).one()
    path = f"/desk/people/{amina}/same/{bilal}"
    desk.get(path)
    desk.post(path, do="check", take_languages="both", take_tasks="both", take_often="both")
    will_be = desk.text.partition("Will be")[2].partition("Choose again")[0]
    assert "does not know yet" not in will_be
    assert "Français" in will_be
    assert "Cook" in will_be
    assert "Sew" in will_be
    languages = will_be.partition("Languages")[2].partition("How we reach")[0]
    assert "(together)" not in languages, "one of the two had said nothing"

"""What the desk types freely may hold anything: it is kept or refused kindly, and never breaks a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.hostile_texts import (
    ALL_SHORT,
    AROUND_THE_NUMBER,
    FEW,
    HOSTILE,
    WITH_NUMBER,
    is_harmless,
    is_refused_kindly,
    press,
)
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, Incident, Note, Referral

NEW = {
    "person_language": "nl",
    "first_name": "Zohra",
    "is_16": "yes",
    "postal_code": "1000",
    "channel": "letter",
}


@pytest.fixture
def desk(hire: Hire) -> Browser:
    return hire(Role.DESK_WORKER).browser


def _only(core: Core, kind: Any) -> UUID:
    with core.units.read() as uow:
        found = uow.session.scalars(select(kind.id)).one()
        assert isinstance(found, UUID)
        return found


def _count(core: Core, kind: Any) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.mark.parametrize(
    ("work", "field", "kind", "kept"),
    [
        ("notes", "note", Note, {"note_days": "7"}),
        ("referrals", "words", Referral, {"service": "newcomers", "reason": "no_hours"}),
    ],
)
def test_words_beside_a_file(
    desk: Browser, app: Flask, core: Core, work: str, field: str, kind: Any, kept: dict[str, str]
) -> None:
    sign_up(Browser(app, language="en"))
    page = f"/desk/people/{_only(core, Candidate)}"
    for name in ("long", "number"):
        assert press(desk, f"{page}/{work}", at=page, **{**kept, field: HOSTILE[name]}) == 422
        is_refused_kindly(desk, field, {})
    for part in AROUND_THE_NUMBER:
        assert part in desk.page
    assert _count(core, kind) == 0
    for name in kept:
        assert (
            press(desk, f"{page}/{work}", at=page, **{**kept, field: "Belt terug", name: FEW["long"]}) == 422
        )
        is_refused_kindly(desk, name, {field: "Belt terug"})
    if kind is Note:
        assert press(desk, f"{page}/{work}", at=page, **{**kept, field: ALL_SHORT[:300]}) == 200


def test_what_was_done_about_a_report(desk: Browser, app: Flask, core: Core) -> None:
    Browser(app, language="en").send("/not-right", story=ALL_SHORT, place=ALL_SHORT[:200])
    page = f"/desk/reports/{_only(core, Incident)}"
    for name in ("long", "number"):
        assert press(desk, page, do="close", outcome="mended", done=HOSTILE[name]) == 422
        assert 'id="done-error"' in desk.page
    for part in AROUND_THE_NUMBER:
        assert part in desk.page
    for text in FEW.values():
        assert press(desk, page, do="close", outcome=text, done="Gebeld.") == 422
        assert "Gebeld." in desk.text
    assert press(desk, page, do="close", outcome="mended", done=ALL_SHORT[:300]) == 200


def test_a_search_for_anything(desk: Browser) -> None:
    for text in HOSTILE.values():
        assert press(desk, "/desk/people", q=text) == 200
    assert press(desk, "/desk/people", q=f"Amina {WITH_NUMBER[-40:]}") == 200
    assert "We do not search by national number" in desk.text
    desk.get("/desk/people")
    is_harmless(desk.page)


@pytest.mark.parametrize("field", ["first_name", "postal_code", "contact_letter", "is_16", "consent_needs"])
def test_a_file_opened_in_conversation(desk: Browser, core: Core, field: str) -> None:
    for text in FEW.values():
        press(desk, "/desk/people/new", **{**NEW, "contact_letter": "Plein 1", field: text})
        assert "error-summary" in desk.page
        assert field == "first_name" or 'value="Zohra"' in desk.page
        assert field == "contact_letter" or 'value="Plein 1"' in desk.page
    assert _count(core, Candidate) == 0

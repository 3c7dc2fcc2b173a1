"""The papers the law asks for: made from what the organisation wrote once, and kept by version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from tests.functional.forms_on_page import forms_on
from tests.functional.staff.conftest import POLLEPEL, Hire, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.introductions import Step
from volunteer.domain.organisations import LegalForm
from volunteer.models import Account, InformationNote, Introduction
from volunteer.models.base import Base
from volunteer.services import accounts, introductions, placements

YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture
def page(post_role: Callable[..., UUID], meet: Meet, core: Core) -> str:
    """An introduction with a yes."""
    post_role(access=YES)
    introduction_id = meet()
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        introductions.accept(uow, found.organisation_id, found.id, words="Tuesday at 10")
    return f"/organisation/introductions/{introduction_id}"


def _write(core: Core, **fields: object) -> None:
    told = {
        "aim": "Wij koken met de buurt.",
        "legal_form": LegalForm.DE_FACTO,
        "responsible_person": "Noor",
        "insurance": "Aansprakelijkheid, voor iedereen.",
        "expenses": "De tram, met een bewijs.",
        "discretion": "Wat je hoort, blijft hier.",
    }
    with core.units.write() as uow:
        organisation = organisation_named(uow, POLLEPEL)
        for name, value in {**told, **fields}.items():
            setattr(organisation, name, value)


def _text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def test_what_is_missing_is_asked_before_a_paper_is_made(page: str, hire: Hire) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(page)
    assert "The law asks you to tell volunteers five things before they start." in browser.text
    assert browser.client.get("/organisation/information").status_code == 409


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nl", "Informatie voor vrijwilligers"),
        ("fr", "Informations pour les volontaires"),
        ("en", "Information for volunteers"),
    ],
)
def test_the_note_holds_the_five_matters(
    page: str, hire: Hire, core: Core, language: str, heading: str
) -> None:
    _write(core)
    answer = hire(Role.VIEWER).browser.client.get(f"/organisation/information?language={language}")
    assert answer.mimetype == "application/pdf"
    text = _text(answer.data)
    for said in (heading, "Wij koken met de buurt.", "Noor", "Aansprakelijkheid", "De tram", "Wat je hoort"):
        assert said in text


def _told(core: Core) -> list[str]:
    """What each version that was kept says of costs."""
    with core.units.read() as uow:
        notes = uow.session.scalars(select(InformationNote).order_by(InformationNote.version)).all()
        assert [each.version for each in notes] == list(range(1, len(notes) + 1))
        return [each.content["expenses"] for each in notes]


def test_a_version_is_kept_for_each_text_that_was_given(page: str, hire: Hire, core: Core) -> None:
    _write(core)
    browser = hire(Role.OWNER).browser
    for _ in range(2):
        browser.send(f"{page}/informed", at=page)
    assert "(version 1)" in browser.text
    _write(core, expenses="De tram en de bus.")
    browser.send(f"{page}/informed", at=page)
    assert "(version 2)" in browser.text
    assert _told(core) == ["De tram, met een bewijs.", "De tram en de bus."]


def test_saving_what_a_team_tells_keeps_the_version_before_and_after(hire: Hire, core: Core) -> None:
    _write(core, activity="Koken met en voor de buurt.")
    browser = hire(Role.OWNER).browser
    browser.get("/organisation/about")
    forms = forms_on(browser.page, at="/organisation/about")
    filled: dict[str, Any] = next(each.values for each in forms if "expenses" in each.values)
    browser.post("/organisation/about", **filled)
    assert _told(core) == ["De tram, met een bewijs."]
    browser.post("/organisation/about", **(filled | {"expenses": ["De tram en de bus."]}))
    assert _told(core) == ["De tram, met een bewijs.", "De tram en de bus."]
    text = _text(browser.client.get("/organisation/information?language=en").data)
    assert "Version 2" in text
    assert "De tram en de bus." in text


@pytest.mark.parametrize("role", [Role.OWNER, Role.VIEWER])
def test_reading_the_papers_writes_nothing(page: str, hire: Hire, core: Core, role: Role) -> None:
    _write(core, needs_agreement=True)
    introduction_id = UUID(page.rpartition("/")[2])
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        placements.tell(uow, found.organisation_id, found.id, Step.START)
    browser = hire(role).browser
    before = _everything(core)
    for paper in (f"{page}/information", f"{page}/agreement", f"{page}/certificate?hours=4"):
        assert browser.client.get(paper).mimetype == "application/pdf"
    assert _everything(core) == before


def _everything(core: Core) -> dict[str, list[str]]:
    """Every row of every table."""
    with core.units.read() as uow:
        return {
            table.name: sorted(repr(row) for row in uow.session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def test_the_agreement_only_where_the_decree_applies(page: str, hire: Hire, core: Core) -> None:
    _write(core)
    browser = hire(Role.OWNER).browser
    browser.get(page)
    assert f"{page}/agreement" not in browser.page
    _write(core, needs_agreement=True)
    browser.get(page)
    assert f"{page}/agreement" in browser.page
    assert "Amina" in _text(browser.client.get(f"{page}/agreement").data)


def test_a_certificate_for_who_started_with_hours_if_they_are_counted(
    page: str, hire: Hire, core: Core
) -> None:
    _write(core)
    browser = hire(Role.OWNER).browser
    browser.get(f"{page}/certificate", status=404)
    introduction_id = UUID(page.rpartition("/")[2])
    with core.units.write() as uow:
        found = uow.session.get_one(Introduction, introduction_id)
        placements.tell(uow, found.organisation_id, found.id, Step.START)
    assert "40 hours in all" in _text(browser.client.get(f"{page}/certificate?hours=40").data)
    for nonsense in ("", "-3", "1e9", "999999999", "٤٠<b>"):
        assert "in all" not in _text(browser.client.get(f"{page}/certificate?hours={nonsense}").data)


def test_the_note_is_of_the_team_of_the_introduction_whichever_team_is_chosen(
    page: str, hire: Hire, core: Core
) -> None:
    _write(core)
    hire(Role.OWNER, at="Le Fil")
    hired = hire(Role.OWNER)
    with core.units.write() as uow:
        other = organisation_named(uow, "Le Fil")
        other.aim = "Nous cousons ensemble."
        for name in ("legal_form", "responsible_person", "insurance", "expenses", "discretion"):
            setattr(other, name, getattr(organisation_named(uow, POLLEPEL), name))
        accounts.grant(uow, uow.session.get_one(Account, hired.account_id), Role.OWNER, organisation=other)
        other_id = other.id
    browser = hired.browser
    browser.send("/organisation/choose", at="/organisation", organisation=str(other_id))
    chosen = _text(browser.client.get("/organisation/information").data)
    assert "Nous cousons ensemble." in chosen
    browser.get(page)
    assert f'href="{page}/information?language=nl"' in browser.page
    text = _text(browser.client.get(f"{page}/information?language=nl").data)
    assert "Wij koken met de buurt." in text
    assert "Nous cousons" not in text


def test_papers_of_others_are_not_there(page: str, hire: Hire, core: Core) -> None:
    _write(core, needs_agreement=True)
    other = hire(Role.OWNER, at="Le Fil").browser
    for paper in ("agreement", "certificate", "information"):
        other.get(f"{page}/{paper}", status=404)
    viewer = hire(Role.VIEWER).browser
    viewer.get(page)
    viewer.post(f"{page}/informed", status=403)

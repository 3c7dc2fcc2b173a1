"""The access check: answers with notes, where they come from, what changed, and what a change would open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser, csrf_token_of
from tests.functional.hostile_texts import HOSTILE
from tests.functional.signing_up import sign_up
from tests.functional.staff.conftest import POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.access import ASKED_OF_ORGANISATIONS, FEATURES, Dimension
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import Place
from volunteer.models import AccessAnswer, AccessChange, AccessPlan, Figure, Opportunity, OutboxEvent
from volunteer.unit_of_work import UnitOfWork

BUDDY, TRIAL, DOOR = "sv.buddy", "sv.trial", "ph.step_free_entrance"
NATIONAL_NUMBER = "85.07.30-033.28"


@pytest.fixture
def role(post_role: Callable[..., UUID]) -> UUID:
    return post_role(place=Place(street="Lindenkaai 24", municipality="anderlecht"))


@pytest.fixture
def team(core: Core, role: UUID) -> UUID:
    with core.units.read() as uow:
        return organisation_named(uow, POLLEPEL).id


def _fields(named: dict[str, Any]) -> dict[str, Any]:
    """Names of fields hold dots, and are no words of Python."""
    return named


def _answers(core: Core) -> dict[tuple[str, str], tuple[str, str | None]]:
    with core.units.read() as uow:
        rows = uow.session.scalars(select(AccessAnswer))
        return {(row.scope, row.code): (row.answer, row.note) for row in rows}


def _changes(core: Core) -> list[tuple[str, str | None, str | None]]:
    with core.units.read() as uow:
        rows = uow.session.scalars(select(AccessChange).order_by(AccessChange.said_at, AccessChange.code))
        return [(row.code, row.before, row.after) for row in rows]


def _venue(core: Core, role: UUID) -> UUID:
    with core.units.read() as uow:
        venue_id = uow.session.get_one(Opportunity, role).venue_id
    assert venue_id is not None
    return venue_id


def _make_old(core: Core, days: int) -> None:
    with core.units.write() as uow:
        for row in uow.session.scalars(select(AccessAnswer)):
            row.said_at = uow.now - timedelta(days=days)


def test_every_question_stands_in_one_of_three_groups(hire: Hire, team: UUID) -> None:
    browser = hire(Role.OWNER).browser
    asked: list[str] = []
    for group in Dimension:
        browser.get(f"/organisation/access/organisation/{team}?group={group}")
        asked += re.findall(r'id="answer_([a-z._]+)"', browser.page)
    assert asked == list(ASKED_OF_ORGANISATIONS)
    assert len(asked) == 38
    assert "0 of 38 answered" in browser.text


def test_an_answer_with_a_note_is_kept_told_and_written_in_the_history(
    hire: Hire, core: Core, team: UUID
) -> None:
    owner = hire(Role.OWNER)
    page = f"/organisation/access/organisation/{team}"
    fields: dict[str, Any] = {
        f"answer_{BUDDY}": "arrange",
        f"note_{BUDDY}": "Ask for Lies.",
        f"answer_{TRIAL}": "no",
    }
    owner.browser.send(page, at=f"{page}?group=service", group="service", **fields)
    assert _answers(core) == {
        ("organisation", BUDDY): ("arrangeable", "Ask for Lies."),
        ("organisation", TRIAL): ("no", None),
    }
    assert _changes(core) == [(BUDDY, None, "arrangeable"), (TRIAL, None, "no")]
    with core.units.read() as uow:
        assert "access_answered" in uow.session.scalars(select(OutboxEvent.type)).all()
        (kept,) = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.code == BUDDY))
        assert (kept.said_by, kept.note_language) == (f"account:{owner.account_id}", "en")
    owner.browser.get(f"{page}?group=service")
    assert "2 of 38 answered" in owner.browser.text
    assert owner.browser.text.count("A barrier less") == 1
    assert re.search(r"Noor A buddy helps you Still open We arrange it", owner.browser.text)


def test_saving_a_page_untouched_says_nothing_again(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}"
    fields: dict[str, Any] = {f"answer_{BUDDY}": "yes", f"note_{BUDDY}": "Ask for Lies."}
    browser.send(page, at=f"{page}?group=service", group="service", **fields)
    _make_old(core, 100)
    browser.send(page, at=f"{page}?group=service", group="service", **fields)
    assert "Nothing changed" in browser.text
    assert len(_changes(core)) == 1
    with core.units.read() as uow:
        (kept,) = uow.session.scalars(select(AccessAnswer))
        assert uow.now - kept.said_at > timedelta(days=99)


def test_a_place_takes_over_overrides_and_takes_back(hire: Hire, core: Core, team: UUID, role: UUID) -> None:
    browser = hire(Role.EDITOR).browser
    whole = f"/organisation/access/organisation/{team}"
    venue = f"/organisation/access/venue/{_venue(core, role)}"
    browser.send(whole, at=f"{whole}?group=physical", group="physical", **_fields({f"answer_{DOOR}": "yes"}))
    browser.get(f"{venue}?group=physical")
    assert "From the whole organisation: yes." in browser.text
    assert "1 of 11 answered" in browser.text
    browser.send(venue, at=f"{venue}?group=physical", group="physical", **_fields({f"answer_{DOOR}": "no"}))
    assert _answers(core)["venue", DOOR] == ("no", None)
    browser.get(f"/organisation/access/opportunity/{role}?group=physical")
    assert "From the place: no." in browser.text
    browser.send(venue, at=f"{venue}?group=physical", group="physical", **_fields({f"answer_{DOOR}": ""}))
    assert ("venue", DOOR) not in _answers(core)
    assert _changes(core) == [(DOOR, None, "yes"), (DOOR, "yes", "no"), (DOOR, "no", "yes")]


def test_what_is_a_year_old_asks_to_be_confirmed_with_one_button(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}"
    browser.send(
        page,
        at=f"{page}?group=service",
        group="service",
        **_fields({f"answer_{BUDDY}": "yes", f"answer_{TRIAL}": "no"}),
    )
    _make_old(core, 364)
    browser.get(page)
    assert "All still true" not in browser.text
    _make_old(core, 366)
    browser.get(page)
    assert "2 answers here are more than a year old." in browser.text
    browser.post(f"{page}/confirm", group="service")
    assert "2 answers are as good as new." in browser.text
    assert "All still true" not in browser.text
    assert _changes(core)[2:] == [(BUDDY, "yes", "yes"), (TRIAL, "no", "no")]
    assert browser.text.count("Still true") == 2


def test_a_national_number_in_a_note_is_refused_and_nothing_is_kept(
    hire: Hire, core: Core, team: UUID
) -> None:
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}"
    fields = {
        f"answer_{BUDDY}": "yes",
        f"note_{BUDDY}": f"Ask for {NATIONAL_NUMBER}",
        f"answer_{TRIAL}": "no",
    }
    browser.send(page, at=f"{page}?group=service", group="service", status=422, **fields)
    assert _answers(core) == {}
    assert "national number" in browser.text
    assert NATIONAL_NUMBER not in browser.page
    assert re.search(rf'name="answer_{re.escape(TRIAL)}" value="no"[^>]* checked', browser.page)


def test_hostile_notes_are_words_like_any_other(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}"
    browser.get(f"{page}?group=service")
    token = csrf_token_of(browser.page)
    for words in HOSTILE.values():
        fields = {"csrf_token": token, "group": "service", f"answer_{BUDDY}": "yes", f"note_{BUDDY}": words}
        sent = browser.client.post(page, data=fields, follow_redirects=True)
        assert sent.status_code in {200, 422}
        for shown in (sent, browser.client.get(f"{page}?group=service")):
            assert "<script>alert" not in shown.get_data(as_text=True)
            assert "36481" not in shown.get_data(as_text=True)
    assert _answers(core)["organisation", BUDDY][0] == "yes"


def test_who_looks_on_changes_nothing(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.VIEWER).browser
    page = f"/organisation/access/organisation/{team}"
    browser.get(f"{page}?group=service")
    assert "A colleague of your team answers it." in browser.text
    assert "Save and go on" not in browser.text
    browser.send(page, at=page, status=403, group="service", **_fields({f"answer_{BUDDY}": "yes"}))
    browser.send(f"{page}/confirm", at=page, status=403)
    browser.send(f"{page}/change/{BUDDY}", at=page, status=403, do="yes")
    assert _answers(core) == {}


def test_the_check_of_another_team_is_not_there(hire: Hire, core: Core, team: UUID, role: UUID) -> None:
    stranger = hire(Role.OWNER, at="Le Fil et la Vis").browser
    venue = _venue(core, role)
    for path in (f"organisation/{team}", f"venue/{venue}", f"opportunity/{role}", f"city/{team}"):
        stranger.get(f"/organisation/access/{path}", status=404)
        stranger.send(
            f"/organisation/access/{path}",
            at="/organisation",
            status=404,
            group="service",
            **_fields({f"answer_{BUDDY}": "yes"}),
        )
    assert _answers(core) == {}


def _show(uow: UnitOfWork, team: UUID, code: str, people: int, kind: str = "tell") -> None:
    uow.session.add(
        Figure(
            day=uow.today,
            organisation_id=team,
            scope="organisation",
            scope_id=team,
            kind=kind,
            code=code,
            people=people,
            rank=1,
        )
    )


def test_figures_stand_beside_the_answers_that_have_one_and_no_others(
    hire: Hire, core: Core, team: UUID
) -> None:
    with core.units.write() as uow:
        _show(uow, team, BUDDY, 15)
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}?group=service"
    browser.get(page)
    assert browser.text.count("Could open for about 15 more people.") == 1
    assert browser.text.count("Could open for about") == 1
    assert "What is not here is too small to show." in browser.text
    browser.post(
        f"/organisation/access/organisation/{team}", group="service", **_fields({f"answer_{BUDDY}": "yes"})
    )
    assert "about 15 more people Just answered: A buddy helps you, Yes" in browser.text


def test_a_change_from_the_first_page_is_said_at_the_right_place(
    hire: Hire, core: Core, team: UUID, role: UUID
) -> None:
    browser = hire(Role.OWNER).browser
    venue = _venue(core, role)
    browser.send(f"/organisation/access/venue/{venue}/change/{DOOR}", do="arrange")
    assert _answers(core) == {("venue", DOOR): ("arrangeable", None)}
    assert _changes(core) == [(DOOR, None, "arrangeable")]


def test_a_plan_has_a_day_to_come_and_ends_in_a_change(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.OWNER).browser
    page = f"/organisation/access/organisation/{team}/change/{BUDDY}"
    with core.units.read() as uow:
        soon, past = uow.today + timedelta(days=30), uow.today - timedelta(days=1)
    browser.send(page, status=422, do="plan", by_when=past.isoformat(), who="Lies")
    browser.send(page, status=422, do="plan", by_when="", who="Lies")
    browser.send(page, do="plan", by_when=soon.isoformat(), who="Lies")
    with core.units.read() as uow:
        (plan,) = uow.session.scalars(select(AccessPlan))
        assert (plan.code, plan.by_when, plan.who, plan.state) == (BUDDY, soon, "Lies", "open")
    assert _answers(core) == {}
    browser.post(f"/organisation/access/plans/{plan.id}", do="yes")
    assert _answers(core) == {("organisation", BUDDY): ("yes", None)}
    assert _changes(core) == [(BUDDY, None, "yes")]
    for plan_id, status in ((plan.id, 409), (uuid4(), 404)):
        browser.send(f"/organisation/access/plans/{plan_id}", at="/organisation", status=status, do="drop")


def test_a_plan_for_a_place_that_is_gone_breaks_no_page(hire: Hire, core: Core, team: UUID) -> None:
    browser = hire(Role.OWNER)
    with core.units.write() as uow:
        uow.session.add(
            AccessPlan(
                organisation_id=team,
                scope="venue",
                scope_id=uuid4(),
                code=BUDDY,
                state="open",
                by_when=uow.today,
                made_by=browser.account_id,
                made_at=uow.now,
            )
        )
    browser.browser.get("/organisation")


def test_the_guide_is_open_to_all_and_knows_every_code(browser: Browser) -> None:
    browser.get("/access")
    for code, feature in FEATURES.items():
        assert feature.label("en").replace("&", "&amp;") in browser.page
        assert f'href="/access/{code}"' in browser.page
    browser.get("/access/sv.buddy")
    assert "Somebody who works the same hours" in browser.text
    browser.get("/access/sv.unknown", status=404)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_check_is_a_paper_with_what_was_said(hire: Hire, team: UUID, language: str) -> None:
    page = f"/organisation/access/organisation/{team}"
    owner = hire(Role.OWNER, language=language).browser
    fields: dict[str, Any] = {f"answer_{DOOR}": "yes", f"note_{DOOR}": "Bel aan de zijdeur."}
    owner.send(page, at=f"{page}?group=physical", group="physical", **fields)
    owner.get(page)
    assert f'href="{page}/print"' in owner.page
    printed = owner.client.get(f"{page}/print", headers={"Accept-Language": language})
    assert printed.mimetype == "application/pdf"
    assert printed.headers["Cache-Control"] == "no-store"
    text = " ".join(each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(printed.data))
    for said in (FEATURES[DOOR].label(language), "Bel aan de zijdeur.", POLLEPEL):
        assert said in text


def test_a_viewer_prints_and_a_stranger_does_not(hire: Hire, team: UUID) -> None:
    path = f"/organisation/access/organisation/{team}/print"
    assert hire(Role.VIEWER).browser.client.get(path).mimetype == "application/pdf"
    hire(Role.OWNER, at="Le Fil").browser.get(path, status=404)


def test_a_candidate_reads_notes_as_plain_words_in_their_language(
    hire: Hire, core: Core, team: UUID, app: Flask, work: Callable[[], None]
) -> None:
    owner = hire(Role.OWNER, language="nl").browser
    page = f"/organisation/access/organisation/{team}"
    fields: dict[str, Any] = {
        f"answer_{DOOR}": "yes",
        f"note_{DOOR}": "Bel aan de <b>zijdeur</b>.",
        "answer_ph.accessible_toilet": "no",
        "note_ph.accessible_toilet": "Het café aan de overkant helpt.",
    }
    owner.send(page, at=f"{page}?group=physical", group="physical", **fields)
    person = Browser(app, language="ar")
    sign_up(person)
    work()
    person.get("/me/suggestions")
    person.get(re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', person.page)[0])
    assert "Bel aan de &lt;b&gt;zijdeur&lt;/b&gt;." in person.page
    assert re.search(r'<span dir="auto" lang="nl">Bel aan de', person.page)
    assert "overkant" not in person.page

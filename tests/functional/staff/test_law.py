"""The law page, the same for everybody; and the administrator who keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.law import LANGUAGES
from volunteer.services import law

IN_2026, IN_2027, IN_2028 = (datetime(year, 11, 30, 12, tzinfo=UTC) for year in (2026, 2027, 2028))
A_YEAR: dict[str, Any] = {
    **{f"title_{code}": "2027" for code in LANGUAGES},
    **{f"text_{code}": "Een grens." for code in LANGUAGES},
    "amount_day": "45,10",
    "amount_year": "1 804.00",
    "certainty": "1",
    "section": "expenses",
    "valid_from": "2027-01-01",
    "valid_until": "2027-12-31",
}


@pytest.fixture
def admin(hire: Hire) -> Browser:
    return hire(Role.ADMIN).browser


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_every_rule_that_holds_is_on_the_page(app: Flask, core: Core, language: str) -> None:
    visitor = Browser(app, language=language)
    visitor.get("/law")
    with core.units.read() as uow:
        shown = [rule for rule in law.rules(uow) if rule.holds_on(uow.today) and not rule.amounts]
    assert [
        rule.code for rule in shown if rule.texts["nl"] and rule.texts[language] not in visitor.text
    ] == []


def test_the_workshop_pack_is_for_everybody_in_three_languages(app: Flask) -> None:
    visitor = Browser(app, language="ar")
    visitor.get("/law")
    for language in ("nl", "fr", "en"):
        assert f'href="/law/workshop/{language}"' in visitor.page
        assert visitor.client.get(f"/law/workshop/{language}").data.startswith(b"%PDF")
    visitor.get("/law/workshop/ar", status=404)


def test_nobody_pretends_that_it_was_checked(app: Flask) -> None:
    visitor = Browser(app, language="en")
    visitor.get("/law")
    assert "Checked on" not in visitor.text
    assert visitor.text.count("Ask at the info desk whether it still holds.") == 1


def test_the_amounts_of_this_year(app: Flask) -> None:
    visitor = Browser(app, language="en")
    with time_machine.travel(IN_2026):
        visitor.get("/law")
    assert "€44.02 a day" in visitor.text
    with time_machine.travel(IN_2027):
        visitor.get("/law")
    assert "44.02" not in visitor.text
    assert "How much in 2027? We do not know this yet. Ask at the info desk." in visitor.text


def test_what_nobody_looked_at_for_a_year_says_so(app: Flask) -> None:
    visitor = Browser(app, language="en")
    with time_machine.travel(IN_2028):
        visitor.get("/law")
    assert visitor.text.count("This is old: from 22 November 2026.") == 1


def test_an_administrator_checks_a_rule(app: Flask, admin: Browser) -> None:
    admin.send("/admin/law/insurance.fault/checked", at="/admin/law")
    admin.send("/admin/law/insurance.liability/checked", at="/admin/law")
    admin.send("/admin/law/insurance.collective/checked", at="/admin/law")
    visitor = Browser(app, language="en")
    visitor.get("/law")
    assert visitor.text.count("Checked on") == 1


def test_an_administrator_adds_a_year(app: Flask, admin: Browser) -> None:
    admin.send("/admin/law/new", **A_YEAR)
    visitor = Browser(app, language="en")
    with time_machine.travel(IN_2027):
        visitor.get("/law")
    assert "€45.10 a day" in visitor.text
    assert "€1,804.00 in a whole year" in visitor.text


def test_a_rule_said_anew_keeps_what_was_typed_and_forgets_the_check(app: Flask, admin: Browser) -> None:
    admin.send("/admin/law/what.free/checked", at="/admin/law")
    admin.get("/admin/law/what.free")
    admin.send("/admin/law/what.free", status=422, title_nl="Vrijwillig", certainty="2")
    assert 'value="Vrijwillig"' in admin.page
    assert "Write this in every language." in admin.text
    with_all: dict[str, Any] = {
        f"{kind}_{code}": f"{kind} {code}" for kind in ("title", "text") for code in LANGUAGES
    }
    admin.send("/admin/law/what.free", certainty="2", **with_all)
    visitor = Browser(app, language="en")
    visitor.get("/law")
    assert "title en" in visitor.text
    assert "Checked on" not in visitor.text


def test_others_may_not(hire: Hire) -> None:
    for role in (Role.DESK_WORKER, Role.SUPPORT_WORKER):
        hire(role).browser.get("/admin/law", status=403)

"""Administration: who may log in, and whether everything runs; and the page of support workers."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Account, Membership

GOOD: dict[str, Any] = {
    "name": "Inge",
    "email": "inge@voorbeeld.example",
    "role": "desk_worker",
    "language": "en",
}


@pytest.fixture
def admin(hire: Hire) -> Browser:
    return hire(Role.ADMIN).browser


@pytest.fixture
def organisation_id(core: Core) -> UUID:
    with core.units.write() as uow:
        return organisation_named(uow, POLLEPEL).id


def _password(browser: Browser) -> str:
    (found,) = re.findall(r'translate="no">([^<]+)</code>', browser.page)
    return str(found)


def test_a_new_colleague_logs_in_with_a_password_that_is_shown_once(app: Flask, admin: Browser) -> None:
    admin.send("/admin", **GOOD)
    assert "Inge can log in now" in admin.text
    password = _password(admin)
    admin.get("/admin")
    assert password not in admin.page
    assert "Inge" in admin.text
    colleague = Browser(app, language="en")
    colleague.send("/login", email=GOOD["email"], password=password)
    assert "Today, " in colleague.text


def test_somebody_who_is_here_already_gets_another_role(
    admin: Browser, hire: Hire, core: Core, organisation_id: UUID
) -> None:
    hired = hire(Role.DESK_WORKER)
    typed = {**GOOD, "email": hired.email, "role": "editor", "organisation": str(organisation_id)}
    admin.send("/admin", **typed)
    assert "This person had an account already" in admin.text
    assert "translate=" not in admin.page
    admin.send("/admin", status=422, **typed)
    assert "This person has this role already." in admin.text
    hired.browser.get("/organisation")
    with core.units.read() as uow:
        roles = uow.session.scalars(select(Membership.role).where(Membership.account_id == hired.account_id))
        assert set(roles) == {"desk_worker", "editor"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "<script>alert('x')</script>"}, "name"),
        ({"email": "no address"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
        ({"role": "editor"}, "organisation"),
        ({"role": "editor", "organisation": str(uuid4())}, "organisation"),
        ({"role": "support_worker", "organisation": "x"}, "organisation"),
    ],
)
def test_what_was_typed_stays(admin: Browser, core: Core, changed: dict[str, str], field: str) -> None:
    typed = {**GOOD, **changed}
    admin.send("/admin", status=422, **typed)
    assert f'href="#{field}"' in admin.page
    assert "<script>alert" not in admin.page
    if field != "email":
        assert 'value="inge@voorbeeld.example"' in admin.page
    with core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_centre_has_no_organisation(admin: Browser, core: Core, organisation_id: UUID) -> None:
    admin.send("/admin", **GOOD, organisation=str(organisation_id))
    with core.units.read() as uow:
        assert set(uow.session.scalars(select(Membership.organisation_id))) == {None}


def test_addresses_are_not_listed(admin: Browser, hire: Hire) -> None:
    email = hire(Role.EDITOR).email
    admin.get("/admin")
    assert email not in admin.page
    assert "Nothing is stuck." in admin.text

"""Taking up the invitation in the mail to an organisation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import PASSWORD, POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.links import Purpose
from volunteer.models import Account, Organisation
from volunteer.services import accounts, organisations

ADDRESS = "keuken@pollepel.example"


@pytest.fixture
def organisation_id(core: Core) -> UUID:
    with core.units.write() as uow:
        organisation = organisation_named(uow, POLLEPEL)
        organisations.set_email(uow, organisation, ADDRESS)
        return organisation.id


def _link(core: Core, organisation_id: UUID) -> str:
    with core.units.read() as uow:
        proof = organisations.address_proof(uow.session.get_one(Organisation, organisation_id))
    return core.links.make(Purpose.JOIN_ORGANISATION, organisation_id, proof=proof)


@pytest.fixture
def path(core: Core, organisation_id: UUID) -> str:
    link = _link(core, organisation_id)
    return link.removeprefix(core.settings.public_url)


def _count(core: Core) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(Account)) or 0


def test_opening_it_changes_nothing(app: Flask, core: Core, path: str) -> None:
    for _ in range(2):
        browser = Browser(app, language="en")
        browser.get(path)
        assert POLLEPEL in browser.text
        assert 'autocomplete="new-password"' in browser.page
    assert _count(core) == 0


def test_the_button_makes_an_account_that_is_logged_in(browser: Browser, core: Core, path: str) -> None:
    browser.get(path)
    answer = browser.post(path, name="Fatima", password=PASSWORD)
    assert answer.request.path == "/organisation"
    with core.units.read() as uow:
        account = accounts.authenticate(uow, ADDRESS, PASSWORD)
        (held,) = account.memberships
        assert held.role == Role.OWNER
        assert held.organisation is not None
        assert held.organisation.name == POLLEPEL


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "Fatima", "password": "kort"}, "Use at least 12 letters"),
        ({"name": "", "password": PASSWORD}, "Tell us what to call you."),
        ({"name": "<script>alert(1)</script>", "password": PASSWORD}, "Write only your first name"),
        ({"name": "Fatima", "password": "x" * 5_000}, "This is too long."),
    ],
)
def test_what_was_typed_stays(
    browser: Browser, core: Core, path: str, typed: dict[str, str], said: str
) -> None:
    browser.get(path)
    browser.post(path, status=422, **typed)
    assert said in browser.text
    assert typed["password"] not in browser.page
    if typed["name"] == "Fatima":
        assert 'value="Fatima"' in browser.page
    assert "<script>alert" not in browser.page
    assert _count(core) == 0


def test_pressed_twice_it_makes_one_account(app: Flask, browser: Browser, core: Core, path: str) -> None:
    late = Browser(app, language="en")
    late.get(path)
    browser.get(path)
    browser.post(path, name="Fatima", password=PASSWORD)
    late.post(path, status=410, name="Fatima", password=PASSWORD)
    assert "This invitation was used already." in late.text
    assert 'href="/login"' in late.page
    assert _count(core) == 1
    late.get(path, status=410)


def test_too_old_it_says_how_to_go_on(app: Flask, core: Core, organisation_id: UUID) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=31), tick=False):
        link = _link(core, organisation_id)
    browser = Browser(app, language="en")
    browser.get(link.removeprefix(core.settings.public_url), status=410)
    assert "This link is too old." in browser.text
    assert "Call us: we send you a new invitation" in browser.text


def test_an_older_invitation_is_no_good_once_the_address_was_corrected(
    app: Flask, core: Core, organisation_id: UUID, path: str
) -> None:
    with core.units.write() as uow:
        organisation = uow.session.get_one(Organisation, organisation_id)
        organisations.set_email(uow, organisation, "right@pollepel.example")
    browser = Browser(app, language="en")
    browser.get(path, status=410)
    assert "This invitation is not good any more." in browser.text


def test_a_link_for_something_else_or_nobody_opens_nothing(app: Flask, core: Core, path: str) -> None:
    browser = Browser(app, language="en")
    other = core.links.make(Purpose.OPEN_FILE, uuid4()).rpartition("/")[2]
    for token in ("x", other, path.rpartition("/")[2][:-2]):
        browser.get(f"/join/{token}", status=403)
        assert "This link does not work." in browser.text
    gone = core.links.make(Purpose.JOIN_ORGANISATION, uuid4()).rpartition("/")[2]
    browser.get(f"/join/{gone}", status=410)


def test_who_has_an_account_elsewhere_shows_its_password(
    app: Flask, core: Core, organisation_id: UUID, hire: Hire
) -> None:
    hired = hire(Role.EDITOR, at="Woonhuis De Linde")
    with core.units.write() as uow:
        organisations.set_email(uow, organisation_named(uow, POLLEPEL), hired.email)
    path = _link(core, organisation_id).removeprefix(core.settings.public_url)
    browser = Browser(app, language="en")
    browser.get(path)
    assert 'autocomplete="current-password"' in browser.page
    browser.post(path, status=422, password="not this one at all")
    browser.post(path, password=PASSWORD)
    assert POLLEPEL in browser.text
    assert "Woonhuis De Linde" in browser.text
    assert _count(core) == 1


def test_a_form_without_its_token_makes_no_account(app: Flask, core: Core, path: str) -> None:
    answer = app.test_client().post(path, data={"name": "Fatima", "password": PASSWORD})
    assert answer.status_code == 400
    assert _count(core) == 0

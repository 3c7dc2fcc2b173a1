"""People who log in, and somebody who would like to meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.card_class import ALFABED, GROUP, Class
from volunteer.bootstrap import Core
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.models import Introduction, Organisation
from volunteer.services import accounts, organisations
from volunteer.unit_of_work import UnitOfWork

PASSWORD = "een korte zin om binnen te komen"
POLLEPEL = "Buurtkeuken Pollepel"


@dataclass(frozen=True)
class Hired:
    """Somebody with an account, and their browser with an open session."""

    browser: Browser
    account_id: UUID
    email: str


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm at a price that suits many log-ins in a row."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


Hire = Callable[..., Hired]
Meet = Callable[..., UUID]


def organisation_named(uow: UnitOfWork, name: str) -> Organisation:
    return organisations.by_name(uow, name, language="en")


@pytest.fixture
def hire(core: Core, app: Flask) -> Hire:
    """Makes an account with these roles (in one organisation) and logs it in."""

    def make(*roles: Role, at: str = POLLEPEL, language: str = "en") -> Hired:
        email = f"{uuid4().hex[:10]}@voorbeeld.example"
        with core.units.write() as uow:
            account = accounts.create(uow, name="Noor", email=email, password=PASSWORD, language=language)
            for role in roles:
                inside = role in {Role.DESK_WORKER, Role.ADMIN}
                organisation = None if inside else organisation_named(uow, at)
                accounts.grant(uow, account, role, organisation=organisation)
        browser = Browser(app, language=language)
        browser.send("/login", email=email, password=PASSWORD)
        return Hired(browser, account.id, email)

    return make


@pytest.fixture
def meet(app: Flask, core: Core, work: Callable[[], None]) -> Meet:
    """Signs a new person up who asks to meet whoever posted the one role that is suggested."""

    def make(given: dict[str, dict[str, Any]] | None = None, *, name: str = "Amina", **shares: Any) -> UUID:
        before = _introductions(core)
        browser = Browser(app, language="en")
        sign_up(browser, {**(given or answers()), "name": {"first_name": name}})
        work()
        browser.get("/me/suggestions")
        browser.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', browser.page)[0], **shares)
        work()
        (made,) = _introductions(core) - before
        return made

    return make


@pytest.fixture
def teacher(core: Core, hire: Hire) -> Hired:
    """A support worker whose school may bring people."""
    hired = hire(Role.SUPPORT_WORKER, at=ALFABED)
    with core.units.write() as uow:
        make_referrer(uow, organisation_named(uow, ALFABED), accepted_by=hired.account_id)
    return hired


@pytest.fixture
def five(core: Core, app: Flask, teacher: Hired) -> Class:
    """A group of theirs with five cards."""
    made = teacher.browser.send("/support/groups", **GROUP)
    return Class(core, app, teacher.browser, made.request.path)


def _introductions(core: Core) -> set[UUID]:
    with core.units.read() as uow:
        return set(uow.session.scalars(select(Introduction.id)))


@pytest.fixture
def mails(settings: Settings) -> Callable[[], list[tuple[str, str]]]:
    """Every mail that was written so far: to whom, and its text."""

    def read() -> list[tuple[str, str]]:
        return [_read(path) for path in sorted(settings.mail_folder.glob("*.eml"))]

    return read


def _read(path: Path) -> tuple[str, str]:
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = letter.get_body(("plain",))
    return letter["To"], body.get_content() if body else ""

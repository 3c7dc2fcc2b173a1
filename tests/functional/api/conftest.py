"""The API over a real core: an organisation with its people, and roles to suggest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
from flask import Flask

from volunteer.app import create_app
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Account, Organisation
from volunteer.services import accounts, organisations, suggestions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.api.registration import PREFIX

PASSWORD = "een korte zin om binnen te komen"


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    core = make_silent_core(settings)
    yield core
    core.engine.dispose()


@pytest.fixture
def app(settings: Settings, core: Core) -> Flask:
    return create_app(settings, core)


class Program(Protocol):
    """Calls the API; answers are whatever JSON holds."""

    def get(self, address: str, **options: Any) -> Any: ...
    def post(self, address: str, **options: Any) -> Any: ...
    def patch(self, address: str, **options: Any) -> Any: ...
    def open(self, address: str, **options: Any) -> Any: ...


@pytest.fixture
def client(app: Flask) -> Program:
    return app.test_client()


@dataclass(frozen=True)
class Member:
    """Somebody of an organisation, with a token that speaks for it."""

    email: str
    account_id: UUID
    organisation_id: UUID
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


Join = Callable[..., Member]


@pytest.fixture
def join(core: Core) -> Join:
    """Makes a member of a new organisation, or of one that is there."""

    def make(role: Role = Role.EDITOR, *, organisation_id: UUID | None = None) -> Member:
        with core.units.write() as uow:
            organisation = (
                uow.session.get_one(Organisation, organisation_id)
                if organisation_id
                else organisations.add(uow, f"Buurthuis {uuid4().hex[:6]}", language="nl")
            )
            account = _account(uow)
            accounts.grant(uow, account, role, organisation=organisation)
            uow.session.flush()
            token = accounts.issue_token(uow, account.id, organisation.id)
            email = accounts.email_of(uow, account)
        return Member(email, account.id, organisation.id, token)

    def _account(uow: UnitOfWork) -> Account:
        email = f"{uuid4().hex[:10]}@voorbeeld.example"
        return accounts.create(uow, name="Noor", email=email, password=PASSWORD, language="nl")

    return make


@pytest.fixture
def look(core: Core) -> Callable[[str], None]:
    """Does what the worker does after an enrolment."""

    def make(candidate_id: str) -> None:
        with core.units.write() as uow:
            suggestions.make(uow, UUID(candidate_id), event_id=uuid4(), catalogue=Catalogue())

    return make


@pytest.fixture
def enrol(client: Program) -> Callable[..., dict[str, Any]]:
    """Signs someone up through the API."""

    def make(**answers: Any) -> dict[str, Any]:
        response = client.post(f"{PREFIX}/candidates", json=a_sign_up(**answers))
        assert response.status_code == 201, response.json
        assert isinstance(response.json, dict)
        return response.json

    return make


def a_sign_up(**answers: Any) -> dict[str, Any]:
    return {
        "first_name": "Amina",
        "language": "nl",
        "municipality": "elsene",
        "tasks_want": ["t.cook"],
        "languages": {"nl": 2, "fr": 4},
        "times": "tue 09:00-12:00",
        "channel": "desk",
        "consents": ["account", "match"],
        **answers,
    }


def a_posting(**content: Any) -> dict[str, Any]:
    return {
        "title": "Koken in het buurthuis",
        "description": "Elke dinsdag koken we samen soep voor de buurt.",
        "language": "nl",
        "tasks": ["t.cook"],
        "times": "tue 09:00-13:00",
        "place": {"street": "Plein 1", "postal_code": "1050", "municipality": "elsene"},
        **content,
    }

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.functional.api.conftest import PASSWORD, Join, Program
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.models import Account, Membership, Organisation
from volunteer.services import accounts, organisations
from volunteer.web.api.registration import PREFIX

TOKENS = f"{PREFIX}/tokens"
OPPORTUNITIES = f"{PREFIX}/opportunities"


@pytest.mark.parametrize(
    ("role", "may_write"), [(Role.OWNER, True), (Role.EDITOR, True), (Role.VIEWER, False)]
)
def test_a_member_gets_a_token_for_the_own_organisation(
    client: Program, join: Join, role: Role, may_write: bool
) -> None:
    member = join(role)
    response = client.post(TOKENS, json={"email": f" {member.email.upper()}", "password": PASSWORD})
    assert response.status_code == 201
    assert response.json["organisation_id"] == str(member.organisation_id)
    assert response.json["may_write"] is may_write
    headers = {"Authorization": f"Bearer {response.json['token']}"}
    assert client.get(OPPORTUNITIES, headers=headers).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Program, join: Join) -> None:
    wrong = client.post(TOKENS, json={"email": join().email, "password": "nee"})
    unknown = client.post(TOKENS, json={"email": "niemand@voorbeeld.example", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json
    assert wrong.json["code"] == "bad_log_in"


def test_someone_with_two_organisations_says_which(client: Program, core: Core, join: Join) -> None:
    member = join()
    with core.units.write() as uow:
        second = organisations.add(uow, "Taalcafé", language="fr")
        account = uow.session.get_one(Account, member.account_id)
        accounts.grant(uow, account, Role.OWNER, organisation=second)
    log_in = {"email": member.email, "password": PASSWORD}

    unsaid = client.post(TOKENS, json=log_in)
    assert unsaid.status_code == 422
    assert unsaid.json["field"] == "organisation_id"
    said = client.post(TOKENS, json={**log_in, "organisation_id": str(second.id)})
    assert said.status_code == 201
    assert said.json["organisation"] == "Taalcafé"


def test_there_is_no_token_for_the_organisation_of_others(client: Program, join: Join) -> None:
    mine, theirs = join(), join()
    for organisation_id in (theirs.organisation_id, uuid4()):
        log_in = {"email": mine.email, "password": PASSWORD, "organisation_id": str(organisation_id)}
        assert client.post(TOKENS, json=log_in).status_code == 403


def test_a_support_worker_offers_nothing(client: Program, join: Join) -> None:
    member = join(Role.SUPPORT_WORKER)
    assert client.post(TOKENS, json={"email": member.email, "password": PASSWORD}).status_code == 403
    assert client.get(OPPORTUNITIES, headers=member.headers).status_code == 401


def test_who_left_speaks_for_them_no_longer(client: Program, core: Core, join: Join) -> None:
    member = join()
    with core.units.write() as uow:
        organisation = uow.session.get_one(Organisation, member.organisation_id)
        account = uow.session.get_one(Account, member.account_id)
        gone: Membership = account.memberships[0]
        assert gone.organisation is organisation
        uow.session.delete(gone)
    assert client.get(OPPORTUNITIES, headers=member.headers).status_code == 401


@pytest.mark.parametrize(
    ("log_in", "field"),
    [
        ({}, "email"),
        ({"email": "a@b.example"}, "password"),
        ({"email": "a@b.example", "password": 1}, "password"),
        ({"email": "\ud800", "password": "x"}, "email"),
        ({"email": "a@b.example", "password": "x", "organisation_id": "1"}, "organisation_id"),
        ({"email": "a@b.example", "password": "x", "remember": True}, "remember"),
    ],
)
def test_what_is_not_right_is_named(client: Program, log_in: dict[str, object], field: str) -> None:
    response = client.post(TOKENS, json=log_in)
    assert response.status_code == 422
    assert field in response.json["errors"]

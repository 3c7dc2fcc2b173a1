from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.models import Account, ApiToken, Organisation
from volunteer.services import accounts, organisations
from volunteer.unit_of_work import UnitOfWork

EMAIL, PASSWORD = "noor@buurthuis.example", "groene fiets in de regen"


def _create(town: Town, email: str = EMAIL, password: str = PASSWORD) -> UUID:
    created: UUID = town.do(
        lambda uow: accounts.create(uow, name="Noor", email=email, password=password, language="nl")
    ).id
    return created


def _authenticate(town: Town, email: str, password: str) -> Account:
    found: Account = town.do(lambda uow: accounts.authenticate(uow, email, password))
    return found


def _bearer(town: Town, token: str) -> ApiToken:
    found: ApiToken = town.do(lambda uow: accounts.token_bearer(uow, token))
    return found


def _invited(town: Town, email: str | None = EMAIL) -> UUID:
    organisation = town.organisation()
    town.do(lambda uow: organisations.set_email(uow, uow.session.get_one(Organisation, organisation), email))
    return organisation


def _join(town: Town, organisation: UUID, password: str = PASSWORD) -> Account:
    def take_up(uow: UnitOfWork) -> Account:
        found = uow.session.get(Organisation, organisation)
        proof = organisations.address_proof(found) if found else ""
        return accounts.join(uow, organisation, proof=proof, name="Noor", password=password)

    joined: Account = town.do(take_up)
    return joined


def test_who_knows_the_password_gets_in(town: Town) -> None:
    account = _create(town, email=" Noor@Buurthuis.example ")
    for email in (EMAIL, EMAIL.upper(), f" {EMAIL} "):
        assert _authenticate(town, email, PASSWORD).id == account


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "andere fiets in de zon"), (EMAIL, ""), ("x@y.example", PASSWORD), ("", "")],
)
def test_others_do_not_and_hear_the_same(town: Town, email: str, password: str) -> None:
    _create(town)
    with pytest.raises(NotAllowed) as caught:
        _authenticate(town, email, password)
    assert str(caught.value) == "The e-mail address or the password is not right. Try again."


def test_neither_address_nor_password_can_be_read_in_the_row(town: Town) -> None:
    _create(town)
    with town.core.units.read() as uow:
        account = uow.session.scalars(select(Account)).one()
        assert EMAIL.encode() not in account.email_sealed + account.email_hash
        assert account.password_hash.startswith("$argon2id$")
        assert accounts.email_of(uow, account) == EMAIL


def test_one_human_has_one_account(town: Town) -> None:
    _create(town)
    with pytest.raises(ImpossibleStep):
        _create(town, email=EMAIL.upper())


@pytest.mark.parametrize(("email", "password"), [("noor", PASSWORD), (EMAIL, "kort")])
def test_an_account_needs_an_address_and_a_long_password(town: Town, email: str, password: str) -> None:
    with pytest.raises(InvalidValue):
        _create(town, email, password)


@pytest.mark.parametrize("role", list(Role))
def test_roles_of_the_centre_and_of_organisations_do_not_mix(town: Town, role: Role) -> None:
    account, organisation = _create(town), town.organisation()

    def grant(uow: UnitOfWork, *, wrongly: bool) -> None:
        is_central = role in (Role.ADMIN, Role.DESK_WORKER)
        place = uow.session.get_one(Organisation, organisation) if is_central == wrongly else None
        accounts.grant(uow, uow.session.get_one(Account, account), role, organisation=place)

    town.do(lambda uow: grant(uow, wrongly=False))
    with pytest.raises(NotAllowed):
        town.do(lambda uow: grant(uow, wrongly=True))


def test_an_invitation_makes_the_first_account_as_owner(town: Town) -> None:
    organisation = _invited(town)
    account = _join(town, organisation)
    assert [(held.role, held.organisation_id) for held in account.memberships] == [(Role.OWNER, organisation)]
    assert _authenticate(town, EMAIL, PASSWORD).id == account.id


def test_an_invitation_is_used_once(town: Town) -> None:
    organisation = _invited(town)
    _join(town, organisation)
    with pytest.raises(ImpossibleStep):
        _join(town, organisation)


def test_an_invitation_to_an_older_address_is_no_longer_good(town: Town) -> None:
    organisation = _invited(town)
    with town.core.units.read() as uow:
        old = organisations.address_proof(uow.session.get_one(Organisation, organisation))
    town.do(
        lambda uow: organisations.set_email(
            uow, uow.session.get_one(Organisation, organisation), "nieuw@buurthuis.example"
        )
    )
    with pytest.raises(NotFound):
        town.do(lambda uow: accounts.join(uow, organisation, proof=old, name="Noor", password=PASSWORD))


def test_who_has_an_account_joins_with_its_password(town: Town) -> None:
    account = _create(town)
    organisation = _invited(town)
    with pytest.raises(NotAllowed):
        _join(town, organisation, password="andere fiets in de zon")
    assert _join(town, organisation).id == account


def test_nobody_joins_what_is_not_there(town: Town) -> None:
    for organisation in (uuid4(), _invited(town, email=None)):
        with pytest.raises(NotFound):
            _join(town, organisation)


def test_a_token_speaks_until_it_is_taken_back(town: Town) -> None:
    account, organisation = _create(town), town.organisation()
    token: str = town.do(lambda uow: accounts.issue_token(uow, account, organisation))
    bearer = _bearer(town, token)
    assert (bearer.account_id, bearer.organisation_id) == (account, organisation)
    assert token.encode() not in bearer.token_hash

    def take_back(uow: UnitOfWork) -> None:
        uow.session.get_one(ApiToken, bearer.id).revoked_at = uow.now

    town.do(take_back)
    for gone in (token, "", "wrong"):
        with pytest.raises(NotAllowed):
            _bearer(town, gone)

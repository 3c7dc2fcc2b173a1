"""The two teams of an organisation that offers roles and brings people, on both databases."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.factories.referrers import make_referrer
from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.messages import MessageKind
from volunteer.domain.organisations import Approval, Turn
from volunteer.domain.referrers import agreement_on
from volunteer.domain.teams import OFFERING, REFERRING, Side
from volunteer.messages.membership import still_theirs
from volunteer.models import ApiToken, Membership, Message, Organisation, TeamInvitation
from volunteer.queries import joining as queries
from volunteer.services import accounts, organisation_talk, referrers, team_members, teams

PASSWORD = "een korte zin om binnen te komen"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", quick)


def _hire(town: Town, organisation_id: UUID, *roles: Role, name: str = "An") -> UUID:
    with town.core.units.write() as uow:
        email = f"{uuid4().hex[:8]}@buurt.example"
        account = accounts.create(uow, name=name, email=email, password=PASSWORD, language="nl")
        for role in roles:
            accounts.grant(
                uow, account, role, organisation=uow.session.get_one(Organisation, organisation_id)
            )
        return account.id


def _both(town: Town) -> UUID:
    organisation_id = town.organisation()
    with town.core.units.write() as uow:
        make_referrer(uow, uow.session.get_one(Organisation, organisation_id), accepted_by=None)
    return organisation_id


def _membership(town: Town, account_id: UUID, role: Role) -> UUID:
    with town.core.units.read() as uow:
        found = select(Membership.id).where(Membership.account_id == account_id, Membership.role == role)
        return uow.session.scalars(found).one()


def _asked(town: Town, organisation_id: UUID, side: Side) -> UUID:
    with town.core.units.write() as uow:
        teams.ask_in(uow, organisation_id, person="Bo", email="bo@buurt.example", language="nl", side=side)
        uow.session.flush()
        chosen = select(TeamInvitation.id).where(TeamInvitation.role == side.newcomer)
        return uow.session.scalars(chosen).one()


def test_nobody_reaches_into_the_other_team(town: Town) -> None:
    theirs = _both(town)
    owner = _hire(town, theirs, Role.OWNER)
    leader = _hire(town, theirs, Role.REFERRER_OWNER)
    asked = _asked(town, theirs, REFERRING)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        teams.take_back(uow, theirs, asked, account_id=owner)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        teams.let_in(uow, theirs, asked, role=Role.EDITOR, account_id=owner)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        team_members.take_out(uow, theirs, _membership(town, leader, Role.REFERRER_OWNER), account_id=owner)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        team_members.change_role(
            uow, theirs, _membership(town, owner, Role.OWNER), Role.SUPPORT_WORKER, account_id=leader
        )
    with town.core.units.read() as uow:
        assert [each.account_id for each in queries.memberships_in(uow.session, theirs)] == [owner]
        assert [each.account_id for each in queries.memberships_in(uow.session, theirs, REFERRING)] == [
            leader
        ]
        assert not queries.open_invitations(uow.session, theirs, OFFERING)
        assert not organisation_talk.team_history(uow, theirs, OFFERING)


def test_each_team_keeps_an_owner_of_its_own(town: Town) -> None:
    theirs = _both(town)
    both = _hire(town, theirs, Role.OWNER, Role.REFERRER_OWNER)
    last = _membership(town, both, Role.REFERRER_OWNER)
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        team_members.take_out(uow, theirs, last, account_id=both, side=REFERRING)
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        team_members.change_role(uow, theirs, last, Role.SUPPORT_WORKER, account_id=both)
    _hire(town, theirs, Role.REFERRER_OWNER)
    with town.core.units.write() as uow:
        uow.session.add(
            ApiToken(token_hash=b"x" * 32, account_id=both, organisation_id=theirs, created_at=uow.now)
        )
    with town.core.units.write() as uow:
        team_members.take_out(uow, theirs, last, account_id=both, side=REFERRING)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(ApiToken.revoked_at)).one() is None
        assert uow.session.scalars(select(Membership.role).where(Membership.account_id == both)).all() == [
            Role.OWNER
        ]


def test_who_asks_to_support_people_asks_those_who_lead_that_team(town: Town) -> None:
    theirs = _both(town)
    owner = _hire(town, theirs, Role.OWNER)
    leader = _hire(town, theirs, Role.REFERRER_OWNER)
    _asked(town, theirs, REFERRING)
    with town.core.units.read() as uow:
        told = uow.session.scalars(select(Message)).one()
        assert (told.kind, told.recipient_id) == (MessageKind.ACCESS_ASKED, leader)
        assert still_theirs(uow, told)
        told.recipient_id = owner
        told.kind = MessageKind.SUSPENDED
        assert still_theirs(uow, told)
        told.recipient_id = leader
        assert not still_theirs(uow, told)


def test_the_desk_lets_a_first_owner_into_the_team_they_asked_for(town: Town) -> None:
    theirs = _both(town)
    _hire(town, theirs, Role.OWNER)
    desk = _hire(town, theirs)
    asked = _asked(town, theirs, REFERRING)
    with town.core.units.read() as uow:
        assert [each.id for each, _name in queries.asking_the_desk(uow.session)] == [asked]
    with town.core.units.write() as uow:
        teams.let_in_first(uow, asked, account_id=desk)
    with town.core.units.read() as uow:
        assert uow.session.get_one(TeamInvitation, asked).role == Role.REFERRER_OWNER
        assert not queries.asking_the_desk(uow.session)


def test_a_referrer_begins_with_a_yes_of_the_desk_and_of_its_owner(town: Town) -> None:
    theirs = _both(town)
    leader = _hire(town, theirs, Role.REFERRER_OWNER)
    with town.core.units.write() as uow:
        organisation = uow.session.get_one(Organisation, theirs)
        organisation.approval, organisation.had_yes = Approval.NEW, False

    def is_refused() -> bool:
        with town.core.units.write() as uow:
            try:
                referrers.check_may_enrol(uow, theirs)
            except NotAllowed:
                return True
            return False

    with town.core.units.write() as uow:
        version = agreement_on(uow.today).version
        for _ in range(2):
            referrers.accept(uow, theirs, version=version, language="fr", account_id=leader)
            uow.session.flush()
        with pytest.raises(ImpossibleStep):
            referrers.accept(uow, theirs, version="of old", language="fr", account_id=leader)
    assert is_refused()
    for turn, words, refused in (
        (Turn.APPROVE, "", False),
        (Turn.CHANGE, "", False),
        (Turn.REFUSE, "Nee.", True),
    ):
        with town.core.units.write() as uow:
            organisation_talk.take(uow, theirs, turn, words=words)
        assert is_refused() is refused, turn


def test_who_works_with_others_comes_before_the_desk_again(town: Town) -> None:
    theirs = _both(town)
    leader = _hire(town, theirs, Role.REFERRER_OWNER)
    for publics, state in ((["pub.language"], Approval.APPROVED), (["pub.young"], Approval.TO_CHECK)):
        with town.core.units.write() as uow:
            referrers.tell_publics(uow, theirs, publics, account_id=leader)
        with town.core.units.read() as uow:
            found = uow.session.get_one(Organisation, theirs)
            assert (found.publics, found.approval) == (publics, state)
            assert uow.session.scalar(select(func.count()).select_from(Organisation)) == 1

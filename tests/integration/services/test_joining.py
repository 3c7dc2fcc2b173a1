"""Joining, teams, venues and the talk with the desk, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, func, select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import OpportunityState, Place
from volunteer.domain.organisations import Approval, LegalForm, Profile, Turn
from volunteer.messages.standing import is_still_true
from volunteer.models import (
    ApiToken,
    JoinRequest,
    Membership,
    Message,
    Opportunity,
    Organisation,
    OrganisationEntry,
    OutboxEvent,
    TeamInvitation,
    Venue,
)
from volunteer.queries import joining as queries
from volunteer.services import (
    accounts,
    joining,
    opportunity_states,
    organisation_talk,
    organisations,
    profiles,
    team_members,
    teams,
    venues,
)
from volunteer.services.demo_city import newcomers
from volunteer.services.joining import Joining

PASSWORD = "een korte zin om binnen te komen"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", quick)


def _wanted(name: str = "Fietsatelier", email: str = "jo@fiets.example", number: str = "") -> Joining:
    return Joining(
        name=name,
        legal_form=LegalForm.DE_FACTO,
        enterprise_number=number,
        sectors=frozenset({"sec.welfare"}),
        activity="Fietsen maken.",
        place=Place(municipality="elsene"),
        person="Jo",
        email=email,
        language="nl",
    )


def _request(town: Town, wanted: Joining, into: UUID | None = None) -> UUID:
    with town.core.units.write() as uow:
        before = set(uow.session.scalars(select(JoinRequest.id)))
        joining.ask(uow, wanted, into=into)
        uow.session.flush()
        (made,) = set(uow.session.scalars(select(JoinRequest.id))) - before
        return made


def _owner(town: Town, organisation_id: UUID, email: str = "an@buurt.example") -> UUID:
    with town.core.units.write() as uow:
        account = accounts.create(uow, name="An", email=email, password=PASSWORD, language="nl")
        organisation = uow.session.get_one(Organisation, organisation_id)
        accounts.grant(uow, account, Role.OWNER, organisation=organisation)
        return account.id


def _memberships(town: Town, organisation_id: UUID) -> dict[str, UUID]:
    with town.core.units.read() as uow:
        found = queries.memberships_in(uow.session, organisation_id)
        return {each.account.name: each.id for each in found}


def test_nothing_is_there_before_the_address_is_confirmed(town: Town) -> None:
    request_id = _request(town, _wanted())
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Organisation)) == 0
    town.clock.go_on(days=2, hours=1)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        joining.confirm(uow, request_id, password=PASSWORD)


def test_a_request_that_nobody_confirmed_is_forgotten_with_the_next_one(town: Town) -> None:
    _request(town, _wanted())
    town.clock.go_on(days=3)
    _request(town, _wanted(email="iemand@anders.example"))
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(JoinRequest)) == 1


def test_what_is_over_is_forgotten_by_the_clock(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    _request(town, _wanted())
    with town.core.units.write() as uow:
        invited = teams.invite(
            uow, organisation_id, person="Bo", email="bo@buurt.example", role=Role.EDITOR, language="nl",
            account_id=owner,
        ).id  # fmt: skip

    def left() -> tuple[int, str, str, int]:
        town.do(joining.forget_old)
        with town.core.units.read() as uow:
            found = uow.session.get_one(TeamInvitation, invited)
            assert (found.state == "ended") == (found.email_sealed is None)
            requests = uow.session.scalar(select(func.count()).select_from(JoinRequest)) or 0
            entries = uow.session.scalar(select(func.count()).select_from(OrganisationEntry)) or 0
            return requests, found.state, found.person, entries

    assert left() == (1, "invited", "Bo", 1)
    town.clock.go_on(days=3)
    assert left() == (0, "invited", "Bo", 1)
    town.clock.go_on(days=12)
    assert left() == (0, "ended", "", 1)
    town.clock.go_on(days=720)
    assert left() == (0, "ended", "", 0)


def test_who_asks_for_a_team_without_an_owner_comes_before_the_desk(town: Town) -> None:
    organisation_id, other = town.organisation(), town.organisation("Elders")
    owner = _owner(town, other)
    with town.core.units.write() as uow:
        for team in (organisation_id, other):
            teams.ask_in(uow, team, person="Bo", email="bo@buurt.example", language="nl")
    with town.core.units.read() as uow:
        ((asked, name),) = queries.asking_the_desk(uow.session)
        assert (asked.organisation_id, name) == (organisation_id, "Buurthuis")
        assert queries.waiting_for_desk(uow.session) == 1
        (theirs,) = queries.open_invitations(uow.session, other)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        teams.let_in_first(uow, theirs.id, account_id=owner)
    with town.core.units.write() as uow:
        teams.let_in_first(uow, asked.id, account_id=owner)
    with town.core.units.read() as uow:
        found = uow.session.get_one(TeamInvitation, asked.id)
        assert (found.state, found.role) == ("invited", "owner")
        assert queries.waiting_for_desk(uow.session) == 0


def test_two_requests_with_one_number_make_one_organisation(town: Town) -> None:
    first = _request(town, _wanted(number="0403.019.261"))
    second = _request(town, _wanted("Anders", "an@anders.example", "BE0403019261"))
    with town.core.units.write() as uow:
        joining.confirm(uow, first, password=PASSWORD)
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        joining.confirm(uow, second, password=PASSWORD)


@pytest.mark.parametrize(
    ("name", "is_alike"),
    [
        ("Buurthuis De Brug", True),
        ("BUURTHUIS  de brug", True),
        ("Buurthuis De Bruk", True),
        ("Buurthuys De Brugh", True),
        ("Buurthuis De Poort", False),
        ("Brug", False),
    ],
)
def test_names_that_read_or_sound_the_same(town: Town, name: str, is_alike: bool) -> None:
    town.organisation("Buurthuis De Brug")
    with town.core.units.read() as uow:
        assert bool(joining.alike(uow, name, None)) is is_alike


def test_who_is_not_approved_waits_and_opens_with_the_yes(town: Town) -> None:
    organisation_id = town.organisation()
    with town.core.units.write() as uow:
        uow.session.get_one(Organisation, organisation_id).approval = Approval.NEW
    role_id = town.role(organisation_id)
    with town.core.units.write() as uow:
        role = opportunity_states.held(uow, role_id)
        if role.state == OpportunityState.OPEN:
            pytest.fail("a role of a new organisation is open")
        organisation_talk.take(uow, organisation_id, Turn.APPROVE)
        opportunity_states.open_what_waits(uow, organisation_id)
    with town.core.units.read() as uow:
        assert uow.session.get_one(Opportunity, role_id).state == OpportunityState.OPEN


def test_each_turn_is_an_event_and_is_kept(town: Town) -> None:
    organisation_id = town.organisation()
    with town.core.units.write() as uow:
        uow.session.get_one(Organisation, organisation_id).approval = Approval.NEW
        organisation_talk.take(uow, organisation_id, Turn.ASK, words="Wie verzekert?")
    for turn, words in ((Turn.ANSWER, "De Vlaamse overheid."), (Turn.APPROVE, "")):
        town.clock.go_on(minutes=1)
        with town.core.units.write() as uow:
            organisation_talk.take(uow, organisation_id, turn, words=words)
    with town.core.units.read() as uow:
        said = [each.text for each in organisation_talk.talk_with(uow, organisation_id)]
        assert said == ["Wie verzekert?", "De Vlaamse overheid.", ""]
        kinds = set(uow.session.scalars(select(OutboxEvent.type)))
    assert {"organisation_asked", "organisation_to_check", "organisation_approved"} <= kinds
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        organisation_talk.take(uow, organisation_id, Turn.APPROVE)


def test_a_suspended_one_may_not_publish(town: Town) -> None:
    organisation_id = town.organisation()
    with town.core.units.write() as uow:
        organisation = uow.session.get_one(Organisation, organisation_id)
        assert organisations.may_publish(organisation)
        organisation.suspended_at = uow.now
        assert not organisations.may_publish(organisation)


def test_the_last_owner_stays(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    membership_id = _memberships(town, organisation_id)["An"]
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        team_members.take_out(uow, organisation_id, membership_id, account_id=owner)
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        team_members.change_role(uow, organisation_id, membership_id, Role.VIEWER, account_id=owner)
    _owner(town, organisation_id, "tweede@buurt.example")
    with town.core.units.write() as uow:
        team_members.take_out(uow, organisation_id, membership_id, account_id=owner)
    with town.core.units.read() as uow:
        assert queries.count_owners(uow.session, organisation_id) == 1


def test_who_is_taken_out_takes_no_token_along(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    _owner(town, organisation_id, "tweede@buurt.example")
    with town.core.units.write() as uow:
        accounts.issue_token(uow, owner, organisation_id)
        mine = uow.session.scalars(select(Membership.id).where(Membership.account_id == owner)).one()
        team_members.take_out(uow, organisation_id, mine, account_id=owner)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(ApiToken.revoked_at)).one() is not None


def test_an_invitation_is_good_once_and_its_latest_link_alone(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    with town.core.units.write() as uow:
        invitation = teams.invite(
            uow,
            organisation_id,
            person="Bo",
            email="bo@buurt.example",
            role=Role.EDITOR,
            language="nl",
            account_id=owner,
        )
        uow.session.flush()
        old, invitation_id = teams.proof_of(invitation), invitation.id
        teams.send_again(uow, organisation_id, invitation_id, account_id=owner)
        new = teams.proof_of(invitation)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        teams.take_up(uow, invitation_id, proof=old, name="Bo", password=PASSWORD)
    with town.core.units.write() as uow:
        teams.take_up(uow, invitation_id, proof=new, name="Bo", password=PASSWORD)
    with town.core.units.write() as uow, pytest.raises(NotFound):
        teams.take_up(uow, invitation_id, proof=new, name="Bo", password=PASSWORD)
    with town.core.units.read() as uow:
        assert uow.session.get_one(TeamInvitation, invitation_id).email_sealed is None
        assert [each.text for each in organisation_talk.team_history(uow, organisation_id)][
            -1
        ] == "Bo: editor"


def test_what_nobody_waits_for_any_more_is_not_sent_and_not_called_about(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    with town.core.units.write() as uow:
        invitation = teams.invite(
            uow,
            organisation_id,
            person="Bo",
            email="bo@buurt.example",
            role=Role.EDITOR,
            language="nl",
            account_id=owner,
        )
        uow.session.flush()
        joining.ask(uow, _wanted())
        uow.session.flush()
        kinds = [MessageKind.TEAM_INVITATION, MessageKind.CONFIRM_JOINING]
        waiting = uow.session.scalars(select(Message).where(Message.kind.in_(kinds))).all()
        assert {each.kind for each in waiting} == set(kinds)
        assert all(is_still_true(uow, each) for each in waiting)
        teams.take_back(uow, organisation_id, invitation.id, account_id=owner)
        uow.session.execute(delete(JoinRequest))
        assert not any(is_still_true(uow, each) for each in waiting)


def test_another_team_changes_nothing_here(town: Town) -> None:
    ours, theirs = town.organisation(), town.organisation("Elders")
    owner = _owner(town, ours)
    _owner(town, theirs, "ander@elders.example")
    membership_id = next(iter(_memberships(town, ours).values()))
    with town.core.units.write() as uow, pytest.raises(NotFound):
        team_members.take_out(uow, theirs, membership_id, account_id=owner)
    with town.core.units.write() as uow:
        venue_id = venues.add(uow, ours, Place(municipality="elsene"), getting_there=None).id
    with town.core.units.write() as uow, pytest.raises(NotFound):
        venues.remove(uow, theirs, venue_id)


def test_an_address_where_a_role_is_done_stays(town: Town) -> None:
    organisation_id = town.organisation()
    town.role(organisation_id)
    with town.core.units.read() as uow:
        venue_id = uow.session.scalars(select(Venue.id)).one()
    with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
        venues.remove(uow, organisation_id, venue_id)


def test_only_what_matters_brings_it_before_the_desk_again(town: Town) -> None:
    organisation_id = town.organisation()
    owner = _owner(town, organisation_id)
    told: dict[str, Any] = {"name": "Buurthuis", "legal_form": LegalForm.DE_FACTO, "activity": "Soep."}

    def change(**more: Any) -> bool:
        with town.core.units.write() as uow:
            profile = Profile(**{"enterprise_number": None, **told, **more})
            return profiles.change(uow, organisation_id, profile, account_id=owner)

    assert change()
    with town.core.units.write() as uow:
        organisation_talk.take(uow, organisation_id, Turn.APPROVE)
    assert not change(insurance="Ja.", expenses="Nee.", needs_agreement=True)
    assert change(aim="Iets anders.")
    with pytest.raises(InvalidValue):
        change(enterprise_number="123")


def test_a_wish_to_join_is_confirmed_before_the_team_hears(town: Town) -> None:
    organisation_id = town.organisation()
    _owner(town, organisation_id)
    request_id = _request(town, _wanted(), organisation_id)
    with town.core.units.read() as uow:
        assert list(queries.open_invitations(uow.session, organisation_id)) == []
    with town.core.units.write() as uow:
        assert joining.confirm(uow, request_id, password="") is None
    with town.core.units.read() as uow:
        (asked,) = queries.open_invitations(uow.session, organisation_id)
        assert asked.created_at - uow.now < timedelta(minutes=1)
        assert queries.count_owners(uow.session, organisation_id) == 1


def test_what_a_newcomer_of_the_demo_said_is_as_old_as_its_joining(town: Town) -> None:
    colleague = _owner(town, town.organisation())
    newcomer = {
        "name": "Fietsatelier", "language": "nl", "days_ago": 4, "legal_form": LegalForm.DE_FACTO,
        "activity": "Fietsen maken.", "sectors": ["sec.welfare"], "person": "Jo",
        "email": "jo@fiets.example", "municipality": "elsene", "question": "Wie zijn jullie?",
    }  # fmt: skip
    town.do(lambda uow: newcomers.load(uow, {"newcomer": [newcomer]}, colleague_id=colleague))
    with town.core.units.read() as uow:
        said = uow.session.scalars(select(OrganisationEntry.happened_at)).all()
        assert said == [uow.now - timedelta(days=4)] * 2

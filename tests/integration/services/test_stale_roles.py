"""What nobody speaks of for three months is asked about, by mail or by the desk, and silence closes it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from tests.integration.services.steps import state_of, tick
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.errors import InvalidValue, NotAllowed, NotFound
from volunteer.domain.messages import MessageKind
from volunteer.messages.spoken import call_for
from volunteer.models import Account, Candidate, Message, Opportunity, Organisation
from volunteer.queries.messages import messages_to_do
from volunteer.services import (
    accounts,
    calls,
    messages,
    opportunities,
    opportunity_dates,
    opportunity_links,
    opportunity_states,
    organisations,
    questions,
    suspensions,
)
from volunteer.unit_of_work import UnitOfWork


def _member(town: Town, owner: UUID, role: Role = Role.EDITOR) -> UUID:
    def make(uow: UnitOfWork) -> UUID:
        account = accounts.create(
            uow, name="Noor", email=f"{role}@x.example", password="een lange zin om", language="nl"
        )
        accounts.grant(uow, account, role, organisation=uow.session.get_one(Organisation, owner))
        return account.id

    return town.do(make)


def test_a_stale_role_is_asked_about_once_and_closes_when_nobody_answers(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=89)
    tick(town)
    assert "opportunity_grew_stale" not in town.events()
    town.clock.go_on(days=2)
    tick(town)
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 1
    town.clock.go_on(days=13)
    tick(town)
    assert state_of(town, role) == "open"
    town.clock.go_on(days=2)
    tick(town)
    assert state_of(town, role) == "closed"
    assert town.events()[-2:] == ["opportunity_changed", "opportunity_lapsed"]


def test_nothing_lapses_while_its_organisation_is_suspended(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    tick(town)
    town.do(lambda uow: suspensions.suspend(uow, owner))
    town.clock.go_on(days=30)
    tick(town)
    assert state_of(town, role) == "open"


def test_who_confirms_has_another_three_months(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    tick(town)
    town.do(lambda uow: opportunity_states.confirm(uow, opportunity_states.held(uow, role)))
    town.clock.go_on(days=80)
    tick(town)
    assert state_of(town, role) == "open"
    assert town.events().count("opportunity_grew_stale") == 1
    town.clock.go_on(days=15)
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 2


def test_a_change_is_an_answer_too(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    tick(town)
    town.do(lambda uow: opportunities.add_tasks(uow, opportunity_states.held(uow, role), ["t.serve"]))
    town.clock.go_on(days=20)
    tick(town)
    assert state_of(town, role) == "open"


def test_where_there_is_nobody_to_mail_the_desk_calls_and_silence_closes_it_too(town: Town) -> None:
    silent, alive = (town.role(town.organisation(name)) for name in ("Stil", "Levend"))
    town.clock.go_on(days=91)
    tick(town)
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 2
    town.clock.go_on(days=13)
    town.do(lambda uow: opportunity_states.confirm(uow, opportunity_states.held(uow, alive)))
    town.clock.go_on(days=2)
    tick(town)
    assert (state_of(town, silent), state_of(town, alive)) == ("closed", "open")


def test_a_long_list_without_an_address_is_a_few_calls_a_day_and_the_others_wait(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opportunity_dates, "CALLS_A_DAY", 3)
    owner, mailed = town.organisation("Lijst"), town.organisation("Met mail")
    _member(town, mailed)
    roles = [town.role(owner, title=f"Rol {number}") for number in range(5)]
    for number in range(4):
        town.role(mailed, title=f"Mail {number}")
    town.clock.go_on(days=91)
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 4 + 3
    with town.core.units.read() as uow:
        asked = [each for each in roles if uow.session.get_one(Opportunity, each).asked_at is not None]
    town.do(lambda uow: opportunity_states.confirm(uow, opportunity_states.held(uow, asked[0])))
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 4 + 3, "an answer makes no room on the same day"
    town.clock.go_on(days=1)
    tick(town)
    assert town.events().count("opportunity_grew_stale") == 4 + 5
    town.clock.go_on(days=13, seconds=1)
    tick(town)
    closed = [role for role in roles if state_of(town, role) == "closed"]
    assert closed == asked[1:], "whoever was asked a day later has as long"


def test_persons_are_called_first_and_about_old_roles_last(town: Town) -> None:
    def tell(uow: UnitOfWork, kind: MessageKind) -> None:
        owner = uow.session.get_one(Organisation, organisation)
        messages.tell_who_answers(uow, owner, kind, about_id=role, cause_id=uuid4())

    def tell_amina(uow: UnitOfWork) -> None:
        person = uow.session.get_one(Candidate, amina)
        messages.tell_candidate(uow, person, MessageKind.ACCEPTED, about_id=role, cause_id=uuid4())

    organisation = town.organisation()
    role = town.role(organisation)
    amina = town.person(channel="phone", contact="+3221234567")
    for kind in (MessageKind.ROLE_LAPSED, MessageKind.STILL_TRUE, MessageKind.INVITATION):
        town.do(partial(tell, kind=kind))
        town.clock.go_on(hours=1)
    town.do(tell_amina)
    with town.core.units.read() as uow:
        kinds = [each.kind for each in messages_to_do(uow.session) if each.kind != "suggestions_ready"]
        assert kinds == ["accepted", "invitation", "role_lapsed", "still_true"]
        assert [each.recipient for each in messages_to_do(uow.session, limit=1)] == ["candidate"]


def test_a_call_about_a_role_is_not_put_off_until_it_is_closed(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner)
    town.clock.go_on(days=91)
    tick(town)

    def tell(uow: UnitOfWork) -> UUID:
        found = uow.session.get_one(Organisation, owner)
        messages.tell_who_answers(uow, found, MessageKind.STILL_TRUE, about_id=role, cause_id=owner)
        return uow.session.scalars(select(Message.id)).one()

    call = town.do(tell)

    def put_off(days: int) -> None:
        with town.core.units.write() as uow:
            calls.other_hour(uow, call, on=uow.today + timedelta(days=days), words="")

    put_off(13)
    for later in (14, 30):
        with pytest.raises(InvalidValue):
            put_off(later)


def test_the_desk_writes_down_that_a_role_is_still_true(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner)
    colleague = _member(town, town.organisation("Infopunt"))
    town.clock.go_on(days=91)
    tick(town)

    def tell(uow: UnitOfWork, kind: MessageKind) -> None:
        found = uow.session.get_one(Organisation, owner)
        messages.tell_who_answers(uow, found, kind, about_id=role, cause_id=owner)

    def asked(kind: MessageKind) -> UUID:
        town.do(lambda uow: tell(uow, kind))
        with town.core.units.read() as uow:
            return uow.session.scalars(select(Message.id).where(Message.kind == kind)).one()

    call, other = asked(MessageKind.STILL_TRUE), asked(MessageKind.ROLE_LAPSED)
    with pytest.raises(NotFound):
        town.do(lambda uow: calls.still_true(uow, other, account_id=colleague))
    town.do(lambda uow: calls.still_true(uow, call, account_id=colleague))
    with pytest.raises(NotFound):
        town.do(lambda uow: calls.still_true(uow, call, account_id=colleague))
    town.clock.go_on(days=30)
    tick(town)
    assert state_of(town, role) == "open"


@pytest.mark.parametrize("kind", [MessageKind.STILL_TRUE, MessageKind.ROLE_LAPSED, MessageKind.PLAN_DUE])
def test_who_calls_an_organisation_sees_its_name_and_its_number(
    town: Town, settings: Settings, kind: MessageKind
) -> None:
    owner = town.organisation("Buurthuis")
    role = town.role(owner)

    def tell(uow: UnitOfWork) -> None:
        found = uow.session.get_one(Organisation, owner)
        organisations.set_phone(uow, found, "+3225111111")
        messages.tell_who_answers(uow, found, kind, about_id=role, cause_id=owner)

    town.do(tell)
    with town.core.units.read() as uow:
        message = uow.session.scalars(select(Message)).one()
        call = call_for(uow, message, centre=settings.centre, links=town.core.links, language="en")
    assert (call.name, call.contact, call.channel) == ("Buurthuis", "+3225111111", "phone")


def test_the_link_is_good_for_who_speaks_for_the_team_now(town: Town) -> None:
    owner = town.organisation()
    noor = _member(town, owner)
    viewer = _member(town, owner, Role.VIEWER)
    role = town.role(owner)

    def proof_of(account_id: UUID) -> str:
        return town.do(lambda uow: opportunity_links.of_account(uow.session.get_one(Account, account_id)))

    town.do(lambda uow: opportunity_links.role_of(uow, role, proof_of(noor)))
    for proof in (proof_of(viewer), "", "address:", "address:0011"):
        with pytest.raises(NotAllowed):
            town.do(partial(opportunity_links.role_of, opportunity_id=role, proof=proof))

    def set_address(uow: UnitOfWork, email: str) -> str:
        found = uow.session.get_one(Organisation, owner)
        organisations.set_email(uow, found, email)
        return opportunity_links.of_address(found)

    first = town.do(lambda uow: set_address(uow, "a@x.example"))
    town.do(lambda uow: opportunity_links.role_of(uow, role, first))
    town.do(lambda uow: set_address(uow, "b@x.example"))
    with pytest.raises(NotAllowed):
        town.do(lambda uow: opportunity_links.role_of(uow, role, first))


def test_without_a_team_the_address_is_asked(town: Town) -> None:
    owner = town.organisation()

    def tell(uow: UnitOfWork) -> None:
        found = uow.session.get_one(Organisation, owner)
        messages.tell_who_answers(uow, found, MessageKind.STILL_TRUE, about_id=owner, cause_id=owner)

    town.do(tell)
    with town.core.units.read() as uow:
        (message,) = uow.session.scalars(select(Message))
        assert (message.recipient, message.channel, message.state) == ("organisation", "phone", "to_do")


def test_an_answer_about_languages_is_a_change_of_the_role_too(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner)
    town.clock.go_on(days=91)
    tick(town)

    def ask_and_answer(uow: UnitOfWork) -> None:
        asked = questions.open_for(uow, opportunity_states.held(uow, role), "ic.other_language")
        questions.answer(uow, asked.id, said=None, languages=frozenset({"fr"}), said_by="test")

    town.do(ask_and_answer)
    town.clock.go_on(days=20)
    tick(town)
    assert state_of(town, role) == "open"

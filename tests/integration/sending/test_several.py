"""Several messages of a kind that wait for one reader: one mail, with a way to each."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town, town
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.messages import MessageKind
from volunteer.domain.ports import Outgoing
from volunteer.handlers import sending
from volunteer.handlers.reaction import Cause
from volunteer.links import Purpose
from volunteer.models import Account, Delivery, Message, Opportunity, Organisation, OutboxEvent
from volunteer.services import accounts, calls, messages, organisations
from workers.bootstrap import make_worker_core

__all__ = ["town"]


@pytest.fixture
def owner(town: Town) -> UUID:
    """Somebody who answers for an organisation."""
    with town.core.units.write() as uow:
        account = accounts.create(
            uow, name="Noor", email="noor@voorbeeld.example", password="een lange zin", language="en"
        )
        return account.id


def _roles(town: Town, owner: UUID, *titles: str) -> list[UUID]:
    organisation = town.organisation()
    roles = [town.role(organisation, title=title) for title in titles]
    with town.core.units.write() as uow:
        account = uow.session.get_one(Account, owner)
        accounts.grant(uow, account, Role.OWNER, organisation=uow.session.get_one(Organisation, organisation))
        for role in roles:
            uow.session.get_one(Opportunity, role).asked_at = uow.now
    return roles


def _tell(town: Town, owner: UUID, kind: MessageKind, about: list[UUID]) -> list[UUID]:
    with town.core.units.write() as uow:
        account = uow.session.get_one(Account, owner)
        for each in about:
            messages.tell_account(uow, account, kind, about_id=each, cause_id=uuid4())
    with town.core.units.read() as uow:
        found = uow.session.scalars(select(Message).where(Message.kind == kind))
        ids = {each.about_id: each.id for each in found}
    return [ids[each] for each in about]


def _leaves(town: Town, settings: Settings, message_id: UUID) -> Outgoing | None:
    worker = make_worker_core(settings, clock=town.clock)
    cause = Cause(event_id=uuid4(), event=MessageQueued(message_id))
    with town.core.units.write() as uow:
        found = sending.prepare(cause, uow, worker.ports)
    worker.core.close()
    return found[1] if isinstance(found, tuple) else None


def _states(town: Town) -> list[str]:
    with town.core.units.read() as uow:
        return sorted(uow.session.scalars(select(Message.state)))


def test_roles_that_wait_for_a_word_are_one_mail_with_a_link_to_each(
    town: Town, settings: Settings, owner: UUID
) -> None:
    roles = _roles(town, owner, "Koken", "Poetsen", "Lezen")
    first, *others = _tell(town, owner, MessageKind.STILL_TRUE, roles)
    mail = _leaves(town, settings, first)
    assert mail is not None
    assert mail.subject == "Are these roles still true?"
    for title in ("Koken", "Poetsen", "Lezen"):
        assert mail.text.count(title) == 1
    tokens = [line.rpartition("/still-true/")[2] for line in mail.text.splitlines() if "/still-true/" in line]
    read = [town.core.links.read(Purpose.CONFIRM_ROLE, token)[0] for token in tokens]
    assert sorted(read) == sorted(roles), "each by a link of its own"
    assert _states(town).count("bundled") == len(others)
    assert all(_leaves(town, settings, each) is None for each in others)


def test_whoever_does_not_log_in_has_the_link_of_each_role_and_none_that_seems_to_be_of_all(
    town: Town, settings: Settings
) -> None:
    organisation = town.organisation()
    roles = [town.role(organisation, title=title) for title in ("Koken", "Poetsen")]
    with town.core.units.write() as uow:
        found = uow.session.get_one(Organisation, organisation)
        found.language = "en"
        organisations.set_email(uow, found, "info@voorbeeld.example")
        for role in roles:
            uow.session.get_one(Opportunity, role).asked_at = uow.now
            messages.tell_who_answers(uow, found, MessageKind.STILL_TRUE, about_id=role, cause_id=uuid4())
    with town.core.units.read() as uow:
        first = uow.session.scalars(select(Message.id).where(Message.about_id == roles[0])).one()
    mail = _leaves(town, settings, first)
    assert mail is not None
    assert mail.subject == "Are these roles still true?"
    for said in (mail.text, mail.html):
        assert said.count("/still-true/") == len(roles)
        assert "See our page" not in said


def test_one_role_alone_is_asked_as_ever(town: Town, settings: Settings, owner: UUID) -> None:
    (role,) = _roles(town, owner, "Koken")
    (message,) = _tell(town, owner, MessageKind.STILL_TRUE, [role])
    mail = _leaves(town, settings, message)
    assert mail is not None
    assert mail.subject == "Is this role still true?"


def test_a_role_that_was_confirmed_meanwhile_is_not_asked_about(
    town: Town, settings: Settings, owner: UUID
) -> None:
    roles = _roles(town, owner, "Koken", "Poetsen")
    first, _second = _tell(town, owner, MessageKind.STILL_TRUE, roles)
    with town.core.units.write() as uow:
        uow.session.get_one(Opportunity, roles[1]).asked_at = None
    mail = _leaves(town, settings, first)
    assert mail is not None
    assert "Poetsen" not in mail.text
    assert _states(town) == ["dropped", "queued"]


def test_people_who_wait_are_counted(
    town: Town, settings: Settings, owner: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "is_still_true", lambda uow, message: True)
    _roles(town, owner, "Koken")
    first, *_ = _tell(town, owner, MessageKind.WAITS_FOR_ANSWER, [uuid4() for _ in range(3)])
    mail = _leaves(town, settings, first)
    assert mail is not None
    assert "3 people would like to meet you, and have not heard from you yet." in mail.text
    assert mail.text.count("/organisation") == 1


@pytest.mark.parametrize(
    "kind",
    [MessageKind.QUESTIONS, MessageKind.TEAM_REMINDER, MessageKind.HOW_IS_IT_TEAM, MessageKind.PLAN_DUE],
)
def test_what_has_an_answer_or_a_day_of_its_own_stays_apart(
    town: Town, settings: Settings, owner: UUID, monkeypatch: pytest.MonkeyPatch, kind: MessageKind
) -> None:
    monkeypatch.setattr(sending, "is_still_true", lambda uow, message: True)
    first, second = _tell(town, owner, kind, [uuid4(), uuid4()])
    assert _leaves(town, settings, first) is not None
    assert "bundled" not in _states(town)
    assert _leaves(town, settings, second) is not None


def test_when_the_desk_takes_it_upon_itself_each_is_told(town: Town, settings: Settings, owner: UUID) -> None:
    roles = _roles(town, owner, "Koken", "Poetsen")
    first, _second = _tell(town, owner, MessageKind.STILL_TRUE, roles)
    _leaves(town, settings, first)
    delivery_id = _given_up(town, first)
    town.do(lambda uow: calls.instead_of_sending(uow, delivery_id))
    assert _states(town) == ["to_do", "to_do"]


def _given_up(town: Town, message_id: UUID) -> UUID:
    """The delivery of this message, as it stands after its server refused it."""
    with town.core.units.write() as uow:
        events = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == "message_queued"))
        event = next(each for each in events if each.payload["message_id"] == str(message_id))
        delivery = Delivery(
            id=uuid4(), event_id=event.id, handler="send_message", state="stuck", due_at=uow.now
        )
        uow.session.add(delivery)
        return delivery.id

"""Two units of work at the same moment, on each database: one waits for the other, and nothing is left.

On SQLite a second writer waits before it begins; on PostgreSQL it runs until it meets what the first holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from tests.factories.card_groups import make_group
from tests.integration.services.conftest import Town
from tests.integration.services.test_erasure import UNTOUCHED, mentions
from volunteer.domain.accounts import Role
from volunteer.domain.consent import GivenHow
from volunteer.domain.devices import Asked, Kind
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events.introductions import IntroductionAccepted, IntroductionSent
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.messages import MessageKind, Recipient, Topic
from volunteer.domain.retention import ErasureAsked
from volunteer.domain.support import Scope
from volunteer.handlers import notifying
from volunteer.handlers.reaction import Cause, Ports
from volunteer.matching.catalogue import Catalogue
from volunteer.models import (
    Candidate,
    Consent,
    Device,
    Introduction,
    Message,
    MutedTopic,
    ReferralCount,
    SupportLink,
)
from volunteer.queries import card_groups as queries
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import (
    accounts,
    blank_cards,
    devices,
    erasure,
    introductions,
    merging,
    messages,
    referrals,
    subscriptions,
)
from volunteer.unit_of_work import UnitOfWork

PATIENCE_SECONDS = 20


@contextmanager
def meanwhile(
    town: Town,
    act: Callable[[UnitOfWork], object],
    *,
    then: Callable[[UnitOfWork], object] = lambda uow: None,
) -> Iterator[UnitOfWork]:
    """A unit of work; when its block is through, ``act`` runs in another one and meets what it holds.

    ``then`` is done in the first one while the other waits. Ends when both are in; what ``act`` raised is
    raised here.
    """
    raised: list[Exception] = []

    def other() -> None:
        try:
            town.do(act)
        except Exception as error:  # noqa: BLE001 - told to the thread that waits
            raised.append(error)

    thread = Thread(target=other)
    with town.core.units.write() as uow:
        yield uow
        uow.session.flush()
        thread.start()
        _until_it_waits(town, thread)
        then(uow)
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    if raised:
        raise raised[0]


def _until_it_waits(town: Town, thread: Thread) -> None:
    """Until the other one waits for a lock, or is through."""
    if town.core.engine.dialect.name == "sqlite":
        return
    ends = time.monotonic() + PATIENCE_SECONDS
    with town.core.engine.connect() as connection:
        waits = text("select count(*) from pg_locks where not granted")
        while thread.is_alive() and not connection.scalar(waits):
            assert time.monotonic() < ends
            time.sleep(0.01)


def _file(uow: UnitOfWork, person: UUID) -> Candidate:
    return uow.session.get_one(Candidate, person)


def _count(town: Town, kind: type[object]) -> int:
    with town.core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(kind)) or 0


def _tell(uow: UnitOfWork, candidate: Candidate) -> None:
    messages.tell_candidate(uow, candidate, MessageKind.KEEP_FILE, about_id=candidate.id, cause_id=uuid4())


@pytest.fixture
def met(town: Town) -> tuple[UUID, UUID]:
    """A person, and an introduction that a team was asked for and said yes to."""
    organisation = town.organisation()
    role, person = town.role(organisation), town.person()
    introduction = town.ask_to_meet(person, role)

    def say_yes(uow: UnitOfWork) -> None:
        owner = uow.session.get_one(Introduction, introduction).opportunity.organisation
        accounts.add_colleague(
            uow,
            name="Fatima",
            email="f@voorbeeld.example",
            role=Role.OWNER,
            organisation=owner,
            language="nl",
        )
        introductions.accept(uow, organisation, introduction, words="Kom maar")

    town.do(say_yes)
    return person, introduction


def test_a_message_that_is_being_written_goes_with_the_file(town: Town) -> None:
    person = town.person()
    with meanwhile(
        town, lambda uow: erasure.erase(uow, _file(uow, person), asked_by=ErasureAsked.CANDIDATE)
    ) as uow:
        _tell(uow, _file(uow, person))
    assert (_count(town, Candidate), _count(town, Message)) == (0, 0)


def test_nobody_writes_to_who_is_being_erased(town: Town) -> None:
    person = town.person()
    with town.core.units.read() as uow:
        known = _file(uow, person)
    with meanwhile(town, lambda uow: _tell(uow, known)) as uow:
        erasure.erase(uow, _file(uow, person), asked_by=ErasureAsked.CANDIDATE)
    assert (_count(town, Candidate), _count(town, Message)) == (0, 0)


@pytest.mark.parametrize("is_first", [True, False])
def test_no_reaction_leaves_the_id_of_an_introduction_behind(
    town: Town, met: tuple[UUID, UUID], is_first: bool
) -> None:
    person, introduction = met
    ports = Ports(centre=town.core.settings.centre, links=town.core.links, catalogue=Catalogue(), senders={})

    def react(uow: UnitOfWork) -> None:
        sent, accepted = IntroductionSent(introduction), IntroductionAccepted(introduction)
        notifying.of_introduction(Cause(uuid4(), sent), uow, ports)
        notifying.of_yes(Cause(uuid4(), accepted), uow, ports)

    def erase(uow: UnitOfWork) -> None:
        erasure.erase(uow, _file(uow, person), asked_by=ErasureAsked.CANDIDATE)

    first, second = (erase, react) if is_first else (react, erase)
    with meanwhile(town, second) as uow:
        first(uow)
    assert mentions(town, person, introduction) <= UNTOUCHED


def test_a_message_finds_the_file_that_stays_while_two_become_one(town: Town) -> None:
    stays = town.person()
    town.clock.go_on(minutes=1)
    goes = town.person()
    with town.core.units.read() as uow:
        known = _file(uow, goes)
    with meanwhile(town, lambda uow: _tell(uow, known)) as uow:
        merging.merge(uow, merging.two_files(uow, stays, goes), {}, account_id=UUID(int=7))
    with town.core.units.read() as uow:
        kept = uow.session.scalars(select(Message).where(Message.kind == MessageKind.KEEP_FILE)).one()
        assert kept.recipient_id == stays


def test_a_blank_card_is_used_up_by_one_of_two(town: Town) -> None:
    card_id = town.do(lambda uow: queries.cards_of(uow.session, make_group(uow).id)[0].id)
    with (
        pytest.raises(ImpossibleStep, match="Somebody used this card before"),
        meanwhile(town, lambda uow: blank_cards.use_up(uow, card_id)) as uow,
    ):
        blank_cards.use_up(uow, card_id)


def test_pressed_twice_one_yes_ties_a_person_to_a_support_worker(town: Town) -> None:
    person = town.person()
    group_id = town.do(lambda uow: make_group(uow).id)

    def let_help(uow: UnitOfWork) -> None:
        blank_cards.let_help(
            uow,
            _file(uow, person),
            group_id,
            [Scope.SEES_PROGRESS],
            language="nl",
            given_how=GivenHow.OWN_DEVICE,
        )

    with meanwhile(town, let_help) as uow:
        let_help(uow)
    assert _count(town, SupportLink) == 1
    with town.core.units.read() as uow:
        given = uow.session.scalars(select(Consent).where(Consent.support_link_id.is_not(None)))
        assert len(given.all()) == 1


def test_two_first_referrals_are_both_counted(town: Town) -> None:
    one, other = town.person(), town.person()
    colleague: UUID = town.do(
        lambda uow: (
            accounts.create(
                uow, name="Inge", email="i@voorbeeld.example", password="geheim-genoeg-1", language="nl"
            ).id
        )
    )

    def refer(uow: UnitOfWork, person: UUID) -> None:
        referrals.refer(
            uow,
            _file(uow, person),
            service="repair",
            known=frozenset({"repair"}),
            reason="nothing_near",
            account_id=colleague,
        )

    with meanwhile(town, lambda uow: refer(uow, other)) as uow:
        refer(uow, one)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(ReferralCount.count)).all() == [2]


def test_two_presses_on_a_new_device_are_one_device(town: Town) -> None:
    person = town.person()

    def ask(uow: UnitOfWork) -> None:
        found = confirmed_candidate(uow.session, person)
        assert found is not None
        devices.ask(uow, found, kind=Kind.PHONE, cookie="a", by=Asked.DESK)

    with meanwhile(town, ask) as uow:
        ask(uow)
    assert _count(town, Device) == 1


def test_two_clicks_that_stop_mails_are_one_wish(town: Town) -> None:
    person = town.person()

    def stop(uow: UnitOfWork) -> None:
        subscriptions.mute(uow, Recipient.CANDIDATE, person, Topic.NEW_ROLES)

    with meanwhile(town, stop) as uow:
        stop(uow)
    assert _count(town, MutedTopic) == 1


def test_two_who_sign_up_at_once_on_one_device_are_one_device_each(town: Town) -> None:
    person = town.person()
    with meanwhile(town, lambda uow: devices.welcome(uow, person, kind=Kind.PHONE, cookie="a")) as uow:
        devices.welcome(uow, person, kind=Kind.PHONE, cookie="a")
    assert _count(town, Device) == 1


def test_of_two_colleagues_who_answer_at_once_the_second_is_told(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation))

    def say_no(uow: UnitOfWork) -> None:
        introductions.decline(uow, organisation, introduction, reason=DeclineReason.NO_SPOT_NOW)

    with pytest.raises(ImpossibleStep, match="something changed"), meanwhile(town, say_no) as uow:
        introductions.accept(uow, organisation, introduction, words="Kom maar")
    with town.core.units.read() as uow:
        found = uow.session.get_one(Introduction, introduction)
        assert (found.state, found.decline_reason) == ("accepted", None)

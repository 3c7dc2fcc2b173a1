"""A mail server that stalls keeps four threads for mail, and nobody and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.fakes import HandClock
from tests.integration.chaos.load import by_mail_and_by_phone
from tests.integration.chaos.post_office import PostOffice, SilentPostOffice
from tests.integration.chaos.programs import Programs
from tests.integration.chaos.reckoning import everything_is_done
from tests.integration.services.conftest import Town
from tests.patience import eventually
from tests.servers.text_gateway import TextGateway
from volunteer.bootstrap import Core
from volunteer.cli.valkey import free_port
from volunteer.config import Settings, from_environment
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.models import Candidate, Delivery, Message, Organisation, Question, SuggestionList
from volunteer.services import accounts, questions, suggestions
from volunteer.unit_of_work import UnitOfWork

pytestmark = pytest.mark.chaos

NEED = "ph.step_free_entrance"
MAIL_THREADS = 4
LONGEST_SECONDS = 5.0
"""How long somebody may wait for their sign-up."""
MEANWHILE_SECONDS = 40.0
"""For a busy machine: the stall lasts until the test ends it, and a sending may take 60 seconds."""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A post office that is still closed."""
    made = PostOffice(free_port())
    yield made
    made.close()


@pytest.fixture
def silent(office: PostOffice) -> Iterator[SilentPostOffice]:
    """In its place, one that lets everybody in and never ends a line."""
    made = SilentPostOffice(office.port, keeps=True)
    yield made
    made.close()


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    with TextGateway() as made:
        yield made


@pytest.fixture
def settings(settings: Settings, office: PostOffice, gateway: TextGateway) -> Settings:
    """Mails go to the post office, text messages to the gateway."""
    reached_at = {"SMTP_URL": f"smtp://127.0.0.1:{office.port}", "SMS_URL": gateway.url, "SMS_KEY": "geheim"}
    return from_environment({**settings.environment, **reached_at})


def give_a_team(uow: UnitOfWork) -> None:
    """Somebody who gets a mail for each person that asks to come."""
    account = accounts.create(
        uow, name="Noor", email="noor@lork.example", password="een lange zin", language="nl"
    )
    accounts.grant(uow, account, Role.OWNER, organisation=uow.session.scalars(select(Organisation)).one())


def somebody_waits_for_an_answer(town: Town) -> UUID:
    """Amina, with a telephone, would come where the entrance has no step; returns her id."""
    town.do(give_a_team)
    amina = town.person(NEED)
    with town.core.units.write() as uow:
        role = (suggestions.current(uow, amina) or [])[0].suggestion.opportunity_id
    town.ask_to_meet(amina, role, contact=True, needs=frozenset({NEED}))
    return amina


def answer_all(uow: UnitOfWork) -> None:
    """The organisation says that there is no step."""
    for question in uow.session.scalars(select(Question)).all():
        questions.answer(uow, question.id, said=Answer.YES, said_by="desk")


def who_has_no_list(core: Core) -> int:
    has_one = select(SuggestionList.candidate_id)
    with core.units.read() as uow:
        without = select(func.count()).select_from(Candidate).where(Candidate.id.not_in(has_one))
        return uow.session.scalar(without) or 0


def has_a_telephone(core: Core) -> set[UUID]:
    with core.units.read() as uow:
        return set(uow.session.scalars(select(Candidate.id).where(Candidate.channel == Channel.SMS)))


def written(core: Core, channel: Channel, *states: MessageState) -> list[str]:
    """Ids of all messages by this channel, in these states or any, sorted."""
    with core.units.read() as uow:
        found = uow.session.execute(select(Message.id, Message.state).where(Message.channel == channel))
        return sorted(str(each) for each, state in found if not states or state in states)


def told(core: Core, gateway: TextGateway, kind: MessageKind) -> set[UUID]:
    """Who got a text message of this kind."""
    handed = [UUID(each.content["id"]) for each in gateway.handed]
    of_kind = select(Message.recipient_id).where(Message.kind == kind, Message.id.in_(handed))
    with core.units.read() as uow:
        return set(uow.session.scalars(of_kind))


def everybody_else_was_served(core: Core, gateway: TextGateway, amina: UUID) -> bool:
    """Lists for all, a text message for each telephone, and for Amina what came of the answer."""
    return (
        who_has_no_list(core) == 0
        and told(core, gateway, MessageKind.SUGGESTIONS_READY) == has_a_telephone(core)
        and told(core, gateway, MessageKind.WENT_OUT) == {amina}
    )


def test_while_mail_stalls_text_messages_leave_and_answers_are_worked(
    core: Core, office: PostOffice, silent: SilentPostOffice, gateway: TextGateway, programs: Programs
) -> None:
    # Given one thread for our own work, and a server that holds every thread for mail
    town = Town(core, HandClock())
    amina = somebody_waits_for_an_answer(town)
    programs.worker(WORKER_THREADS="1")
    programs.scheduler()
    with by_mail_and_by_phone(core) as load:
        load.goes_on(2 * MAIL_THREADS)
        silent.wait_for_guests(MAIL_THREADS)
        # When more people come, by mail and by phone, and an organisation answers
        load.goes_on(4)
        town.do(answer_all)
    # Then all are found roles and told, but for the mails, which wait: more than there are threads
    eventually(
        lambda: everybody_else_was_served(core, gateway, amina),
        seconds=MEANWHILE_SECONDS,
        what="all other work while mail stalls",
    )
    assert silent.still_there() == [True] * MAIL_THREADS
    assert len(written(core, Channel.EMAIL, MessageState.QUEUED)) > MAIL_THREADS
    assert not written(core, Channel.EMAIL, MessageState.SENT)
    assert load.slowest_seconds < LONGEST_SECONDS
    assert not load.refused
    # And when a server that works takes its place, each mail arrives once, as itself
    silent.close()
    office.open()
    everything_is_done(core)
    mails, texts = (written(core, channel) for channel in (Channel.EMAIL, Channel.SMS))
    domain = core.settings.centre.email.rpartition("@")[2]
    assert sorted(office.received) == [f"<{each}@{domain}>" for each in mails]
    assert written(core, Channel.EMAIL, MessageState.SENT) == mails
    assert sorted(each.content["id"] for each in gateway.handed) == texts
    with core.units.read() as uow:
        assert set(uow.session.scalars(select(Delivery.state))) == {"done"}

"""The mail server hangs up, is away, or the worker dies just after it: every mail arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import SMTP
from sqlalchemy import select

from tests.integration.chaos.conftest import let_leases_run_out
from tests.integration.chaos.load import sign_up, through_the_service
from tests.integration.chaos.post_office import TAKEN, PostOffice, hang_up
from tests.integration.chaos.programs import Programs
from tests.integration.chaos.reckoning import all_is_there_once, everything_is_done
from tests.patience import eventually
from volunteer.bootstrap import Core
from volunteer.cli.valkey import free_port
from volunteer.config import Settings, from_environment
from volunteer.models import Delivery, Message

pytestmark = [pytest.mark.chaos, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A post office that is still closed."""
    made = PostOffice(free_port())
    yield made
    made.close()


@pytest.fixture
def settings(settings: Settings, office: PostOffice) -> Settings:
    """Mails go to the post office."""
    environment = {**settings.environment, "SMTP_URL": f"smtp://127.0.0.1:{office.port}"}
    return from_environment(environment)


def attempts_to_send(core: Core) -> list[int]:
    """How often each mail was tried."""
    with core.units.read() as uow:
        return list(uow.session.scalars(select(Delivery.attempts).where(Delivery.handler == "send_message")))


def state_of_the_mail(core: Core) -> str:
    with core.units.read() as uow:
        return uow.session.scalars(select(Message.state)).one()


def test_a_server_that_is_away_and_then_hangs_up_gets_every_mail_in_the_end(
    core: Core, office: PostOffice, programs: Programs
) -> None:
    # Given a server that is down
    programs.worker()
    programs.scheduler()
    with through_the_service(core) as load:
        load.goes_on(3)
    eventually(lambda: any(attempts_to_send(core)), seconds=30, what="a first try")
    # When it comes, and hangs up on everybody's first letter
    hung_up_on: set[str] = set()

    def hang_up_once(server: SMTP) -> str:
        if office.received[-1] in hung_up_on:
            return TAKEN
        hung_up_on.add(office.received[-1])
        return hang_up(server)

    office.on_letter = hang_up_once
    office.open()
    # Then each is sent again, and a mailbox can see that it is the same
    everything_is_done(core)
    all_is_there_once(core, load, with_mails=False)
    assert len(hung_up_on) == len(load.acknowledged)
    assert sorted(office.received) == sorted([*hung_up_on, *hung_up_on])
    assert min(attempts_to_send(core)) >= 2


def test_a_worker_killed_between_sending_and_noting_it_sends_the_same_mail_once_more(
    core: Core, office: PostOffice, programs: Programs
) -> None:
    # Given a worker that is killed when the server has said yes to the letter
    worker = programs.worker()
    scheduler = programs.scheduler()
    office.on_goodbye = worker.kill
    office.open()
    sign_up(core, "amal")
    eventually(lambda: not worker.is_running, seconds=30, what="the death of the worker")
    assert state_of_the_mail(core) == "queued"
    # When another one takes over
    scheduler.kill()
    office.on_goodbye = lambda: None
    let_leases_run_out(core)
    programs.worker()
    programs.scheduler()
    everything_is_done(core)
    # Then the letter went twice, as the same one, and is noted once
    assert len(office.received) == 2
    assert len(set(office.received)) == 1
    assert state_of_the_mail(core) == "sent"
    assert attempts_to_send(core) == [2]

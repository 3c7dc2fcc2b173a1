"""When a message leaves: not at night, not too often, not what its reader does without; several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tests.fakes import HandClock, RecordingBell, work_off
from volunteer.config import Settings
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.messages import UNCOUNTED, MessageKind, Recipient, Topic, quiet_until
from volunteer.domain.ports import Outgoing, Undeliverable
from volunteer.handlers import sending
from volunteer.models import Account, Candidate, Message
from volunteer.queries.deliveries import stuck_deliveries
from volunteer.queries.messages import unasked_since
from volunteer.services import accounts, calls, candidates, messages, subscriptions
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

BRUSSELS = ZoneInfo("Europe/Brussels")
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
"""Eight o'clock in Brussels."""


@dataclass
class Post:
    """A worker whose mail goes to a list."""

    worker: WorkerCore
    bell: RecordingBell
    clock: HandClock
    sent: list[Outgoing] = field(default_factory=list)
    refuses: bool = False
    is_down: bool = False

    def send(self, message: Outgoing) -> None:
        """Take it, or say that nobody is there."""
        if self.is_down:
            raise ConnectionResetError
        if self.refuses:
            raise Undeliverable(550)
        self.sent.append(message)

    def tell(self, person: UUID, kind: MessageKind) -> None:
        """Write a message to this person, and let a worker do what it can."""
        with self.worker.core.units.write() as uow:
            reader = uow.session.get_one(Candidate, person)
            messages.tell_candidate(uow, reader, kind, about_id=uuid4(), cause_id=uuid4())
        self.work()

    def work(self) -> None:
        """Ring for what is due, and do it."""
        ledger.sweep(self.worker)
        work_off(self.worker, self.bell)

    def states(self) -> list[str]:
        """How far each message got, the oldest first."""
        with self.worker.core.units.read() as uow:
            return list(uow.session.scalars(select(Message.state).order_by(Message.created_at)))


@pytest.fixture
def post(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    clock, bell = HandClock(), RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=clock)
    made = Post(worker, bell, clock)
    ports = replace(
        worker.ports,
        centre=replace(worker.ports.centre, quiet_from=time(21), quiet_until=time(8)),
        senders={Channel.EMAIL: made, Channel.SMS: made},
    )
    made.worker = replace(worker, ports=ports)
    monkeypatch.setattr(sending, "is_still_true", lambda uow, message: True)
    yield made
    worker.core.close()


@pytest.fixture
def person(post: Post) -> UUID:
    answers = SignUp(
        first_name="Amina",
        language="nl",
        channel=Channel.EMAIL,
        contact="amina@voorbeeld.example",
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH}),
    )
    with post.worker.core.units.write() as uow:
        candidate, _ = candidates.enrol(uow, answers, origin="page")
    # What follows from signing up is another story.
    post.work()
    post.sent.clear()
    with post.worker.core.units.write() as uow:
        uow.session.execute(delete(Message))
    return candidate.id


@given(st.integers(0, 366 * 24 * 60), st.times(), st.times())
def test_quiet_hours_end_when_they_say_and_within_a_day(minute: int, since: time, until: time) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    ends = quiet_until(now, BRUSSELS, since=since, until=until)
    if ends is None:
        return
    assert since != until
    # On the night when the clock goes back an hour comes twice.
    assert 0 < (ends - now).total_seconds() <= 25 * 3600
    assert (
        ends.astimezone(BRUSSELS).time() == until or ends.astimezone(BRUSSELS).utcoffset() != ends.utcoffset()
    )


def test_what_can_wait_leaves_in_the_morning(post: Post, person: UUID) -> None:
    post.clock.turn_to(NIGHT)
    post.tell(person, MessageKind.DECLINED)
    assert post.sent == []
    post.clock.turn_to(MORNING)
    post.work()
    assert [each.to for each in post.sent] == ["amina@voorbeeld.example"]


def test_what_they_just_asked_for_leaves_at_night(post: Post, person: UUID) -> None:
    post.clock.turn_to(NIGHT)
    post.tell(person, MessageKind.SUGGESTIONS_READY)
    assert len(post.sent) == 1


def test_a_night_counts_as_no_try(post: Post, person: UUID) -> None:
    post.clock.turn_to(NIGHT)
    post.tell(person, MessageKind.DECLINED)
    for _ in range(20):
        post.clock.go_on(minutes=10)
        post.work()
    post.clock.turn_to(MORNING)
    post.work()
    assert len(post.sent) == 1


def test_who_does_without_is_not_told(post: Post, person: UUID) -> None:
    with post.worker.core.units.write() as uow:
        subscriptions.mute(uow, Recipient.CANDIDATE, person, Topic.NEW_ROLES)
        subscriptions.mute(uow, Recipient.CANDIDATE, person, Topic.NEW_ROLES)
    post.tell(person, MessageKind.NEW_SUGGESTIONS)
    post.tell(person, MessageKind.DECLINED)
    assert post.states() == ["dropped", "sent"]
    with post.worker.core.units.write() as uow:
        subscriptions.unmute(uow, person, Topic.NEW_ROLES)
    post.tell(person, MessageKind.NEW_SUGGESTIONS)
    assert post.states() == ["dropped", "sent", "sent"]


def test_only_what_nobody_asked_for_has_a_way_out(post: Post, person: UUID) -> None:
    post.tell(person, MessageKind.NEW_SUGGESTIONS)
    post.tell(person, MessageKind.DECLINED)
    news, answer = post.sent
    assert "/unsubscribe/" in news.unsubscribe
    assert news.unsubscribe in news.text
    assert news.unsubscribe in news.html
    assert answer.unsubscribe == ""
    assert "/unsubscribe/" not in answer.text + answer.html


def test_a_reader_hears_unasked_things_so_many_times_a_week(post: Post, person: UUID) -> None:
    most = post.worker.ports.centre.most_unasked_a_week
    for _ in range(most + 2):
        post.tell(person, MessageKind.NEW_SUGGESTIONS)
    assert len(post.sent) == most
    post.tell(person, MessageKind.DECLINED)
    assert len(post.sent) == most + 1, "an answer does not count"
    post.clock.go_on(days=7, minutes=1)
    post.work()
    assert len(post.sent) == most + 2
    assert post.states().count("bundled") == 1, "too much waits, is one mail by then, and is not lost"


def _three_that_wait(post: Post) -> list[UUID]:
    """Three introductions that one account is to hear of, and whom each is about."""
    about = [uuid4() for _ in range(3)]
    with post.worker.core.units.write() as uow:
        account = accounts.create(
            uow, name="Noor", email="noor@voorbeeld.example", password="een lange zin", language="en"
        )
    post.clock.turn_to(NIGHT)
    with post.worker.core.units.write() as uow:
        for each in about:
            messages.tell_account(
                uow,
                uow.session.get_one(Account, account.id),
                MessageKind.INTRODUCTION_RECEIVED,
                about_id=each,
                cause_id=uuid4(),
            )
    post.work()
    post.clock.turn_to(MORNING)
    return about


def test_reminders_leave_room_for_what_somebody_did_not_ask_for(post: Post, person: UUID) -> None:
    moment = post.clock.now()
    with post.worker.core.units.write() as uow:
        for kind in UNCOUNTED | {MessageKind.NEW_SUGGESTIONS}:
            uow.session.add(
                Message(
                    id=uuid4(),
                    recipient="candidate",
                    recipient_id=person,
                    kind=kind,
                    channel="email",
                    language="nl",
                    about_id=uuid4(),
                    cause_id=uuid4(),
                    state="sent",
                    created_at=moment,
                    finished_at=moment,
                )
            )
    with post.worker.core.units.read() as uow:
        heard = unasked_since(uow.session, person, since=moment - timedelta(days=7))
    assert heard == [moment]


def test_what_waited_for_one_reader_is_one_mail(post: Post) -> None:
    _three_that_wait(post)
    post.work()
    (mail,) = post.sent
    assert "3 people would like to help." in mail.text
    assert "All of them are waiting to hear from you." in mail.text
    assert sorted(post.states()) == ["bundled", "bundled", "sent"]


@pytest.mark.parametrize("goes", ["dropped", "erased"])
def test_what_was_bundled_outlives_the_message_that_took_it_along(
    post: Post, monkeypatch: pytest.MonkeyPatch, goes: str
) -> None:
    _three_that_wait(post)
    post.is_down = True
    post.work()
    assert sorted(post.states()) == ["bundled", "bundled", "queued"]
    with post.worker.core.units.write() as uow:
        leads = uow.session.scalars(select(Message).where(Message.state == "queued")).one()
        lead, about = leads.id, leads.about_id
        if goes == "erased":
            messages.let_go(uow, [lead])
            uow.session.delete(leads)
    monkeypatch.setattr(sending, "is_still_true", lambda uow, message: message.about_id != about)
    post.is_down = False
    post.clock.go_on(hours=1)
    post.work()
    (mail,) = post.sent
    assert "2 people would like to help." in mail.text
    assert sorted(post.states()) == ["bundled", *(["dropped"] if goes == "dropped" else []), "sent"]
    with post.worker.core.units.write() as uow:
        messages.let_go(uow, uow.session.scalars(select(Message.id).where(Message.state == "sent")).all())
    assert post.states().count("queued") == 0, "what left said it for all"


def test_nobody_there_stands_at_the_desk_at_once_and_can_be_called(post: Post, person: UUID) -> None:
    post.refuses = True
    post.tell(person, MessageKind.DECLINED)
    assert post.states() == ["bounced"]
    with post.worker.core.units.write() as uow:
        (stuck,) = stuck_deliveries(uow.session)
        assert (stuck.attempts, stuck.last_error) == (1, "refused: 550")
        calls.instead_of_sending(uow, stuck.id)
    assert post.states() == ["to_do"]


def test_a_folder_is_written_to_at_night(settings: Settings) -> None:
    """Whoever tries the demo in the evening reads its messages at once; nobody is woken by a folder."""
    worker = make_worker_core(settings)
    assert worker.ports.centre.quiet_from == worker.ports.centre.quiet_until
    worker.core.close()
    at_night = replace(settings, centre=replace(settings.centre, quiet_from=time(21), quiet_until=time(8)))
    sends = make_worker_core(replace(at_night, smtp_url="smtp://127.0.0.1:1"))
    assert (sends.ports.centre.quiet_from, sends.ports.centre.quiet_until) == (time(21), time(8))
    sends.core.close()

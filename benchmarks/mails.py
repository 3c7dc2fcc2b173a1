"""Ten thousand mails drained through the ledger, beside bare Dramatiq that sends as many by the same sender.

Through the ledger each is a row: the event that calls for it, its delivery, who it goes to (looked up and
unsealed), its words in two forms, the dialogue with a mail server, and the mark that it left. Bare Dramatiq
carries the words on the queue, made beforehand, and forgets. Both speak to the same server in a process of
its own, with as many threads for mail.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

import dramatiq
from dramatiq import Worker
from dramatiq.brokers.redis import RedisBroker
from sqlalchemy import func, select

from benchmarks.installation import installation
from benchmarks.post_office import post_office
from benchmarks.report import Row, row
from volunteer.adapters.broker import make_broker
from volunteer.adapters.clock import SystemClock
from volunteer.adapters.senders import make_senders
from volunteer.bootstrap import make_silent_core
from volunteer.config import Settings, from_environment
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.ports import Outgoing
from volunteer.messages.dressed import by_html
from volunteer.messages.samples import sample, sample_words
from volunteer.messages.words import by_mail
from volunteer.models import Candidate, Message
from volunteer.queues import QUEUE_OF, Actor
from volunteer.services import candidates, messages
from volunteer.unit_of_work import MANY
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

MAILS = 10_000
PEOPLE = 200
THREADS = 4
"""For mail, and as many for events: what a worker has."""
KIND = MessageKind.SUGGESTIONS_READY
LANGUAGE = "nl"
_IDLE_MILLISECONDS = 25
_LOOK_SECONDS = 0.02


def measure(kind: str, mails: int = MAILS) -> list[Row]:
    """Mails a second on ``kind`` of database, both ways."""
    with post_office() as address, installation(kind) as made:
        settings = from_environment({**made.environment, "SMTP_URL": address})
        through = mails / _through_the_ledger(settings, mails)
        bare = mails / _bare(settings, mails)
    return [
        row(f"{mails:,} mails through the ledger, {kind}", through, "per second",
            baseline="bare Dramatiq, same sender", baseline_value=bare)
    ]  # fmt: skip


def _through_the_ledger(settings: Settings, mails: int) -> float:
    """Seconds until all of them left and are marked; in which order they do is the ledger's affair."""
    people = _enrol(settings)
    worker = make_worker_core(settings)
    events, mail = make_broker(settings.redis_url), make_broker(settings.redis_url)

    @dramatiq.actor(actor_name=Actor.FAN_OUT, queue_name=QUEUE_OF[Actor.FAN_OUT].value, broker=events)
    def fan_out(event_id: str) -> None:
        ledger.fan_out(worker, UUID(event_id))

    @dramatiq.actor(actor_name=Actor.SEND_MAIL, queue_name=QUEUE_OF[Actor.SEND_MAIL].value, broker=mail)
    def send_mail(delivery_id: str) -> None:
        ledger.deliver(worker, UUID(delivery_id))

    _write(worker, people, mails)
    began = time.perf_counter()
    with _working(events, Actor.FAN_OUT), _working(mail, Actor.SEND_MAIL):
        while _is_any_queued(worker):
            time.sleep(_LOOK_SECONDS)
        seconds = time.perf_counter() - began
    with worker.core.units.read() as uow:
        sent = select(func.count()).where(Message.state == MessageState.SENT)
        assert uow.session.scalar(sent) == mails
    worker.core.close()
    return seconds


@contextmanager
def _working(broker: RedisBroker, actor: Actor) -> Iterator[None]:
    """Threads that work on one queue, as ``workers`` starts them."""
    worker = Worker(
        broker, queues={QUEUE_OF[actor].value}, worker_threads=THREADS, worker_timeout=_IDLE_MILLISECONDS
    )
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        broker.close()


def _enrol(settings: Settings) -> list[UUID]:
    """People with an address of their own; what follows from signing up is left alone."""
    core = make_silent_core(settings)
    made = []
    with core.units.write() as uow:
        for number in range(PEOPLE):
            answers = SignUp(
                first_name="Bench", language=LANGUAGE, channel=Channel.EMAIL, contact=_address(number),
                consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH}),
            )  # fmt: skip
            made.append(candidates.enrol(uow, answers, origin="page")[0].id)
    core.close()
    return made


def _address(number: int) -> str:
    return f"person{number}@voorbeeld.example"


def _write(worker: WorkerCore, people: Sequence[UUID], mails: int) -> None:
    """Rows, and a bell that rang for each of them before anybody works."""
    for begin in range(0, mails, MANY):
        with worker.core.units.write() as uow:
            for number in range(begin, min(begin + MANY, mails)):
                reader = uow.session.get_one(Candidate, people[number % PEOPLE])
                messages.tell_candidate(uow, reader, KIND, about_id=uuid4(), cause_id=uuid4())


def _is_any_queued(worker: WorkerCore) -> bool:
    with worker.core.units.read() as uow:
        waits = select(Message.id).where(Message.state == MessageState.QUEUED).limit(1)
        return uow.session.scalar(waits) is not None


def _bare(settings: Settings, mails: int) -> float:
    """Seconds until a queue with as many mails is empty, each with its words in the message."""
    broker = make_broker(settings.redis_url)
    broker.flush_all()
    sender = make_senders(settings)[Channel.EMAIL]
    done: list[None] = []

    @dramatiq.actor(actor_name=Actor.SEND_MAIL, queue_name=QUEUE_OF[Actor.SEND_MAIL].value, broker=broker)
    def send_mail(identifier: str, to: str, subject: str, text: str, html: str) -> None:
        sender.send(Outgoing(UUID(identifier), to, subject, text, LANGUAGE, html))
        done.append(None)

    words = _words(settings)
    for number in range(mails):
        send_mail.send(str(uuid4()), _address(number % PEOPLE), *words)
    began = time.perf_counter()
    with _working(broker, Actor.SEND_MAIL):
        while len(done) < mails:
            time.sleep(_LOOK_SECONDS)
        return time.perf_counter() - began


def _words(settings: Settings) -> tuple[str, str, str]:
    """Subject, text and form of such a mail."""
    core = make_silent_core(settings)
    facts = sample(KIND, LANGUAGE, centre=settings.centre, links=core.links, now=SystemClock().now())
    core.close()
    words = sample_words(KIND, facts)
    return words.subject, by_mail(words, facts), by_html(words, facts)

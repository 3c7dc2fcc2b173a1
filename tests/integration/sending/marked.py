"""Marks in what people told us, a story in which they meet an organisation, and where to look for marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

import redis

from tests.fakes import HandClock, RecordingBell, work_off
from tests.integration.services.conftest import Town
from volunteer.adapters.broker import make_bell
from volunteer.adapters.letters import mail
from volunteer.config import Settings
from volunteer.domain.access import FEATURES
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.ports import Outgoing
from volunteer.models import Account, Candidate, Introduction, Organisation
from volunteer.queues import Actor
from volunteer.services import accounts, appointments, introductions, notes, placements
from volunteer.unit_of_work import UnitOfWork
from workers import ledger
from workers.bootstrap import WorkerCore

PEOPLE = 6
NEEDS = ("ph.step_free_entrance", "sv.food_prayer")
LANGUAGES = ("nl", "fr", "en", "ar")


@dataclass(frozen=True)
class Person:
    """Somebody, and the marks in what they told us."""

    id: UUID
    first_name: str
    contact: str
    words: str
    note: str


class BothBells:
    """A bell that is remembered, and that rings on a real Redis."""

    def __init__(self, redis_url: str) -> None:
        self.remembered = RecordingBell()
        self._real = make_bell(redis_url)

    def ring_events(self, event_ids: Iterable[UUID]) -> None:
        """Both."""
        ids = list(event_ids)
        self.remembered.ring_events(ids)
        self._real.ring_events(ids)

    def ring_deliveries(self, delivery_ids: Iterable[UUID], by: Actor = Actor.DELIVER) -> None:
        """Both."""
        ids = list(delivery_ids)
        self.remembered.ring_deliveries(ids)
        self._real.ring_deliveries(ids, by)


@dataclass
class House:
    """A worker whose gateways are lists."""

    worker: WorkerCore
    bell: BothBells
    clock: HandClock
    left: list[Outgoing] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Take it."""
        self.left.append(message)

    def work(self) -> None:
        """Everything that is due."""
        ledger.sweep(self.worker)
        work_off(self.worker, self.bell.remembered)


def live(house: House) -> None:
    """Six people meet an organisation of three, in every way there is."""
    town = Town(house.worker.core, house.clock)
    organisation = town.organisation("Buurthuis De Lork")
    role = town.role(organisation, dict.fromkeys(NEEDS, "yes"), wanted=50)
    with town.core.units.write() as uow:
        for number in range(3):
            account = accounts.create(
                uow,
                name="Lid" + "abc"[number],
                email=f"lid{number}@lork.example",
                password="een lange zin",
                language="nl",
            )
            team = uow.session.get_one(Organisation, organisation)
            accounts.grant(uow, account, Role.OWNER, organisation=team)
    for number in range(PEOPLE):
        house.people.append(_somebody(town, number))
    asked = [
        town.ask_to_meet(each.id, role, contact=True, needs=frozenset(NEEDS), words=each.words)
        for each in house.people
    ]
    house.work()
    for each in asked[:4]:
        moment = house.clock.now() + timedelta(days=3)
        town.do(_yes(organisation, each, moment))
    town.do(lambda uow: introductions.decline(uow, organisation, asked[4], reason=DeclineReason.NO_SPOT_NOW))
    house.work()
    town.do(
        lambda uow: appointments.move(uow, organisation, asked[0], at=house.clock.now() + timedelta(days=4))
    )
    town.do(lambda uow: placements.cancel(uow, organisation, asked[1], reason=DeclineReason.ROLE_CHANGED))
    with town.core.units.write() as uow:
        gone = uow.session.get_one(Introduction, asked[2])
        introductions.withdraw(uow, uow.session.get_one(Candidate, gone.candidate_id), gone.id)
    house.work()
    house.clock.go_on(days=2, hours=1)
    town.do(appointments.remind)
    house.work()


def _yes(organisation: UUID, introduction: UUID, moment: datetime) -> Callable[[UnitOfWork], None]:
    return lambda uow: introductions.accept(
        uow, organisation, introduction, words="Vraag naar Lidb.", agreed_at=moment
    )


def _account(uow: UnitOfWork, name: str, email: str) -> Account:
    made = accounts.create(uow, name=name, email=email, password="een lange zin", language="nl")
    uow.session.flush()
    return made


def _somebody(town: Town, number: int) -> Person:
    by_mail = number % 2 == 0
    contact = f"zqcontact{number}@voorbeeld.example" if by_mail else f"+3247955566{number}"
    name = "Zqname" + "abcdef"[number]
    found = town.person(
        *NEEDS,
        first_name=name,
        language=LANGUAGES[number % len(LANGUAGES)],
        channel=Channel.EMAIL if by_mail else Channel.SMS,
        contact=contact,
    )
    note = f"zqnote{number}"
    with town.core.units.write() as uow:
        author = _account(uow, "Yasmina", f"y{number}@desk.example")
        notes.write(uow, uow.session.get_one(Candidate, found), text=note, account_id=author.id)
    return Person(found, name, contact, f"zqwords{number}", note)


def all_of(message: Outgoing, settings: Settings) -> str:
    """Headers, words, form and files of what left, as a mailbox reads them; without where it went."""
    letter = message_from_bytes(mail(message, settings.centre).as_bytes(), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    headers = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
    bodies = [str(part.get_content()) for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*headers, *bodies])


def secrets(house: House) -> list[str]:
    needs = [*NEEDS, *(FEATURES[code].label(language) for code in NEEDS for language in LANGUAGES)]
    told = [mark for each in house.people for mark in (each.contact, each.words, each.note)]
    return [mark.lower() for mark in (*needs, *told)]


def names_at_most_one(house: House, message: Outgoing, content: str) -> None:
    """To a person their own name, to a team that of the one who comes."""
    named = {each.first_name for each in house.people if each.first_name.lower() in content}
    own = {each.first_name for each in house.people if each.contact == message.to}
    assert len(named) <= 1
    assert not own or named <= own


def everything_in(redis_url: str) -> str:
    found = []
    with redis.Redis.from_url(redis_url) as client:
        for key in client.scan_iter():
            match client.type(key):
                case b"list":
                    found.append(client.lrange(key, 0, -1))
                case b"hash":
                    found.append(client.hgetall(key))
                case b"set":
                    found.append(client.smembers(key))
                case b"zset":
                    found.append(client.zrange(key, 0, -1))
                case _:
                    found.append(client.get(key))
    return repr(found)

"""Who waits hears of what newly fits, and never too often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.fakes import HandClock, RecordingBell, work_off
from tests.integration.services.conftest import Town
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.domain.candidates import Channel
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import InvalidValue
from volunteer.domain.events.opportunities import AccessAnswered
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.opportunities import OpportunityState, Place, Scope
from volunteer.messages.addressed import addressed
from volunteer.models import (
    Candidate,
    Message,
    Morning,
    NeedReading,
    Opportunity,
    OutboxEvent,
    Suggestion,
    SuggestionList,
)
from volunteer.services import (
    access_answers,
    agreements,
    introductions,
    mornings,
    opportunity_states,
    suggestions,
)
from volunteer.services.mornings import News
from workers import scheduler
from workers.actors.look_again import look_again
from workers.bootstrap import WorkerCore, make_worker_core

STEP_FREE = "ph.step_free_entrance"
HEARS = frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS, Purpose.FOLLOW_UP})
EIGHT = time(8)


@dataclass
class Waiting(Town):
    """A town with a worker, where days go by."""

    worker: WorkerCore | None = None
    bell: RecordingBell | None = None

    def someone(self, *must: str, **answers: Any) -> UUID:
        """A person who wants to hear of what newly fits; nothing is left to be done for them."""
        person = self.person(*must, **{"consents": HEARS, **answers})
        self.work()
        return person

    def house(self, access: dict[str, str] | None = None, **content: Any) -> UUID:
        """A role of an organisation of its own."""
        self.number = getattr(self, "number", 0) + 1
        return self.role(self.organisation(f"Huis {self.number}"), access, **content)

    def work(self) -> None:
        """Everything the bell was rung for."""
        assert self.worker
        assert self.bell
        work_off(self.worker, self.bell)

    def look_again(self, *, most_a_week: int = 1, at_once: int = 100) -> None:
        """A morning, with all that follows."""
        assert self.worker
        worker = self.worker
        centre = replace(worker.ports.centre, most_news_a_week=most_a_week)
        self.worker = replace(worker, ports=replace(worker.ports, centre=centre))
        news = News(by=frozenset(worker.ports.senders), most_a_week=most_a_week)
        mornings.look_again(self.core.units, worker.ports.catalogue, news, people_at_once=at_once)
        self.work()

    def next_morning(self, **options: int) -> None:
        """A day later."""
        self.clock.go_on(days=1)
        self.look_again(**options)

    def told(self, person: UUID) -> list[datetime]:
        """When this person was told of something new."""
        with self.core.units.read() as uow:
            chosen = select(Message.created_at).where(
                Message.recipient_id == person, Message.kind == MessageKind.NEW_SUGGESTIONS
            )
            return list(uow.session.scalars(chosen.order_by(Message.created_at)))

    def new_counts(self, person: UUID) -> list[int]:
        """How much was new, on each list that looking again made."""
        with self.core.units.read() as uow:
            chosen = select(SuggestionList).where(
                SuggestionList.candidate_id == person, SuggestionList.looked_again
            )
            made = uow.session.scalars(chosen.order_by(SuggestionList.made_at))
            return [len(suggestions.news_on(uow, each)) for each in made]

    def new_ones(self, person: UUID) -> set[UUID]:
        """The roles that the person's page calls new."""
        with self.core.units.read() as uow:
            shown = suggestions.current(uow, person) or []
            return {each.role.opportunity_id for each in shown if each.is_new}

    def openings(self, person: UUID) -> int:
        """How often the needs of this person were opened."""
        with self.core.units.read() as uow:
            chosen = select(func.count()).where(NeedReading.candidate_id == person)
            return uow.session.scalar(chosen) or 0

    def set_state(self, role: UUID, state: OpportunityState) -> None:
        """Close a role, or open it again."""
        with self.core.units.write() as uow:
            opportunity_states.set_state(uow, uow.session.get_one(Opportunity, role), state)


@pytest.fixture
def town(settings: Settings) -> Iterator[Waiting]:
    clock, bell = HandClock(), RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=clock)
    yield Waiting(worker.core, clock, worker=worker, bell=bell)
    worker.core.close()


def test_a_new_role_is_told_once(town: Waiting) -> None:
    town.house()
    person = town.someone()
    town.look_again()
    assert not town.new_counts(person)

    new = town.house()
    town.next_morning()
    assert town.new_counts(person) == [1]
    assert town.new_ones(person) == {new}
    assert len(town.told(person)) == 1

    opened = town.openings(person)
    town.look_again()
    for _ in range(10):
        town.next_morning()
    assert town.new_counts(person) == [1]
    assert len(town.told(person)) == 1
    assert town.openings(person) == opened, "with the same offer nobody's needs are opened"


def test_a_second_pass_the_same_day_does_nothing(town: Waiting) -> None:
    town.house()
    person = town.someone()
    town.look_again()
    opened = town.openings(person)
    town.house()
    town.clock.go_on(hours=2)
    town.look_again()
    assert (town.new_counts(person), town.openings(person)) == ([], opened)
    town.next_morning()
    assert (town.new_counts(person), town.openings(person)) == ([1], opened + 1)


def test_the_message_says_how_many_and_opens_their_page(town: Waiting) -> None:
    town.house()
    person = town.someone(channel=Channel.EMAIL, contact="amina@example.org")
    town.house()
    town.house()
    town.next_morning()
    assert town.worker
    with town.core.units.read() as uow:
        message = uow.session.scalars(
            select(Message).where(Message.kind == MessageKind.NEW_SUGGESTIONS)
        ).one()
        assert message.state == MessageState.SENT
        ports = town.worker.ports
        found = addressed(uow, message, centre=ports.centre, links=ports.links)
        assert found is not None
        assert (message.recipient_id, found.facts.count) == (person, 2)
        assert "/open/" in found.facts.link


def test_never_more_than_one_a_week_and_what_is_held_back_is_told_later(town: Waiting) -> None:
    town.house()
    person = town.someone()
    for _ in range(7):
        town.house()
        town.next_morning()
    (first,) = town.told(person)
    assert len(town.new_counts(person)) == 7
    assert town.new_counts(person)[-1] == 6, "six they have not heard of; of the first they were told"
    for _ in range(14):
        town.next_morning()
    assert town.told(person) == [first, first + timedelta(days=7)], "and nothing is told twice"


def test_the_centre_chooses_how_often(town: Waiting) -> None:
    town.house()
    person, other = town.someone(), town.someone()
    for _ in range(6):
        town.house()
        town.next_morning(most_a_week=2)
    assert len(town.told(person)) == len(town.told(other)) == 2
    for _ in range(8):
        town.house()
        town.next_morning(most_a_week=0)
    assert len(town.told(person)) == 2


def test_who_saw_the_list_is_not_told_of_it_later(town: Waiting) -> None:
    town.house()
    person = town.someone()
    for _ in range(2):
        town.house()
        town.next_morning()
    town.do(lambda uow: suggestions.mark_shown(uow, person))
    for _ in range(8):
        town.next_morning()
    assert len(town.told(person)) == 1


def test_an_answer_that_makes_a_role_sure_is_news(town: Waiting) -> None:
    town.house({STEP_FREE: "yes"})
    role = town.house()
    person = town.someone(STEP_FREE)
    town.house()
    town.next_morning()
    assert not town.new_counts(person), "a role where something has to be asked is none"

    with town.core.units.write() as uow:
        opportunity = uow.session.get_one(Opportunity, role)
        here = opportunity.organisation_id
        access_answers.record(
            uow,
            {STEP_FREE: Answer.ARRANGEABLE},
            organisation_id=here,
            scope=Scope.ORGANISATION,
            scope_id=here,
            said_by=f"account:{town.account_id}",
        )
        uow.record(AccessAnswered(here))
    town.next_morning()
    assert town.new_ones(person) == {role}
    assert len(town.told(person)) == 1


def test_a_role_that_was_shown_before_is_none(town: Waiting) -> None:
    town.house()
    role = town.house()
    person = town.someone()
    town.set_state(role, OpportunityState.CLOSED)
    town.look(person)
    town.set_state(role, OpportunityState.OPEN)
    town.next_morning()
    assert not town.new_counts(person)

    town.clock.go_on(days=60)
    town.set_state(role, OpportunityState.CLOSED)
    town.set_state(role, OpportunityState.OPEN)
    town.next_morning()
    assert town.new_counts(person) == [1], "after two months it is"


def test_the_lot_and_the_sharing_out_of_attention_bring_no_news(town: Waiting) -> None:
    for _ in range(14):
        town.house()
    people = [town.someone() for _ in range(3)]
    with town.core.units.write() as uow:
        for person in people:
            suggestions.mark_shown(uow, person)
    for _ in range(10):
        town.house(languages_needed={"de": 3})
        town.next_morning()
    assert [town.new_counts(person) for person in people] == [[], [], []]


def test_without_a_yes_to_being_told_the_list_waits_on_the_page(town: Waiting) -> None:
    town.house()
    silent = HEARS - {Purpose.FOLLOW_UP}
    person = town.someone(consents=silent)
    at_the_desk = town.someone(channel=Channel.DESK, contact=None)
    by_phone = town.someone(channel=Channel.PHONE)
    invented = town.someone()
    town.do(lambda uow: setattr(uow.session.get_one(Candidate, invented), "origin", "demo"))
    new = town.house()
    town.next_morning()
    for each in (person, at_the_desk, by_phone, invented):
        assert town.new_ones(each) == {new}
        assert not town.told(each)
    before = town.events().count("new_roles_found")
    town.next_morning()
    assert town.events().count("new_roles_found") == before == 4


def test_a_channel_without_a_gateway_makes_no_work_for_the_desk(town: Waiting) -> None:
    assert town.worker
    only_mail = {str(Channel.EMAIL): town.worker.ports.senders[Channel.EMAIL]}
    town.worker = replace(town.worker, ports=replace(town.worker.ports, senders=only_mail))
    town.house()
    person = town.someone()
    town.house()
    town.next_morning()
    assert town.new_counts(person) == [1]
    assert not town.told(person)


def test_who_took_back_the_yes_to_matching_is_left_alone(town: Waiting) -> None:
    town.house()
    person = town.someone()
    opened = town.openings(person)
    with town.core.units.write() as uow:
        for consent in uow.session.get_one(Candidate, person).consents:
            consent.withdrawn_at = uow.now
    town.house()
    town.next_morning()
    assert (town.new_counts(person), town.openings(person)) == ([], opened)


def test_whom_somebody_expects_is_left_alone(town: Waiting) -> None:
    here = town.organisation()
    role = town.role(here)
    person = town.someone()
    introduction = town.ask_to_meet(person, role)
    town.house()
    town.next_morning()
    assert town.new_counts(person) == [1], "who asked and got no answer yet is still looking"
    town.do(lambda uow: introductions.accept(uow, here, introduction, words="Kom maar"))
    town.work()
    opened = town.openings(person)
    town.house()
    for _ in range(8):
        town.next_morning()
    assert (town.new_counts(person), town.openings(person)) == ([1], opened)


def test_killed_in_the_middle_it_is_finished_without_doubles(
    town: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.house()
    people = [town.someone() for _ in range(5)]
    opened = {person: town.openings(person) for person in people}
    town.house()
    town.clock.go_on(days=1)
    whole, looked = suggestions.renew, []

    def dies_at_the_fourth(*given: Any) -> bool:
        looked.append(given)
        found = whole(*given)
        if len(looked) == 4:
            raise KeyboardInterrupt
        return found

    with monkeypatch.context() as patch:
        patch.setattr(suggestions, "renew", dies_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            town.look_again(at_once=2)
    assert sum(len(town.new_counts(person)) for person in people) == 2, "what was in is in"
    assert not town.do(lambda uow: mornings.is_due(uow, at=EIGHT))
    town.clock.go_on(minutes=6)
    assert town.do(lambda uow: mornings.is_due(uow, at=EIGHT))
    town.look_again(at_once=2)
    for person in people:
        assert town.new_counts(person) == [1]
        assert len(town.told(person)) == 1
        assert town.openings(person) == opened[person] + 1
    assert not town.do(lambda uow: mornings.is_due(uow, at=EIGHT))


def test_it_is_due_once_a_day_from_eight_and_a_missed_morning_is_made_good(town: Waiting) -> None:
    def is_due() -> bool:
        return bool(town.do(lambda uow: mornings.is_due(uow, at=EIGHT)))

    town.clock.go_on(hours=20, minutes=59)  # from 11 o'clock in Brussels to one minute before 8
    assert not is_due()
    town.clock.go_on(minutes=1)
    assert is_due()
    town.clock.go_on(hours=14)
    assert is_due(), "nobody was there all day"
    town.look_again()
    assert not is_due()
    town.clock.go_on(hours=10)
    assert is_due()


def test_the_clock_calls_for_it(town: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(look_again, "send", lambda: called.append("look_again"))
    (job,) = [job for job in scheduler.jobs() if job.name == "look_again"]
    assert town.worker
    job.run(town.worker)
    town.look_again()
    job.run(town.worker)
    assert called == ["look_again"]


def test_nothing_of_needs_is_in_the_event_or_the_morning(town: Waiting) -> None:
    town.house({STEP_FREE: "yes"})
    town.someone(STEP_FREE)
    town.house({STEP_FREE: "yes"}, place=Place(street="Plein 2", municipality="elsene"))
    town.next_morning()
    with town.core.units.read() as uow:
        (event,) = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == "new_roles_found"))
        assert set(event.payload) == {"candidate_id", "list_id"}, "how many could tell, on a quiet day"
        assert len(uow.session.scalars(select(Morning)).all()) == 1
        for suggestion in uow.session.scalars(select(Suggestion)):
            assert b"is_new" not in suggestion.detail_sealed


def test_who_takes_the_yes_back_is_not_told(town: Waiting) -> None:
    town.house()
    person = town.someone()
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, person)
        agreements.take_back(uow, candidate, Purpose.FOLLOW_UP)
        with pytest.raises(InvalidValue):
            agreements.take_back(uow, candidate, Purpose.MATCH)
    town.house()
    town.next_morning()
    assert town.new_counts(person) == [1]
    assert not town.told(person)

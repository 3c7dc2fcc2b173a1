"""Tasks are suggested to organisations of roles that name none, once; they decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.fakes import HandClock
from tests.integration.commands import volunteer
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.errors import NotFound
from volunteer.domain.opportunities import OpportunityState, Posting
from volunteer.learning import proposing
from volunteer.learning.proposing import propose
from volunteer.learning.texts import FLOOR, Guess, TaskSuggester
from volunteer.models import Opportunity, OutboxEvent, TaskSuggestion
from volunteer.queries.task_suggestions import has_unread_roles
from volunteer.services import opportunities, opportunity_states, organisations, task_suggestions

SOUP = "Wij koken elke vrijdag soep en zoeken iemand die graag kookt."


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def core(settings: Settings, clock: HandClock) -> Iterator[Core]:
    made = make_core(settings, clock=clock)
    yield made
    made.close()


@pytest.fixture
def kitchen(core: Core) -> UUID:
    with core.units.write() as uow:
        return organisations.add(uow, "Pollepel", language="nl").id


@pytest.fixture
def soup(core: Core, kitchen: UUID) -> UUID:
    return post(core, kitchen)


def post(core: Core, organisation: UUID, **content: Any) -> UUID:
    posting = Posting(**{"title": "Koken", "description": SOUP, "language": "nl", **content})
    with core.units.write() as uow:
        said_by = f"account:{uuid4()}"
        return opportunities.post(uow, posting, organisation_id=organisation, said_by=said_by).id


def asked(core: Core, organisation: UUID) -> list[TaskSuggestion]:
    with core.units.read() as uow:
        return task_suggestions.unanswered(uow, organisation)


def tasks_of(core: Core, role: UUID) -> list[str]:
    with core.units.read() as uow:
        return uow.session.get_one(Opportunity, role).tasks


def is_unread(core: Core) -> bool:
    with core.units.read() as uow:
        return has_unread_roles(uow.session)


def answer(core: Core, organisation: UUID, suggestion: UUID, *, fits: bool) -> None:
    with core.units.write() as uow:
        task_suggestions.answer(uow, {organisation}, suggestion, fits=fits)


def test_a_text_without_tasks_is_read_once_and_asked_about(core: Core, kitchen: UUID, soup: UUID) -> None:
    assert is_unread(core)
    assert propose(core.units) >= 1
    first, *_ = asked(core, kitchen)
    assert (first.task, first.opportunity_id) == ("t.cook", soup)
    assert not is_unread(core)
    assert propose(core.units) == 0
    assert tasks_of(core, soup) == [], "nothing is decided for them"


def test_a_text_that_changes_while_it_is_read_is_read_again(
    core: Core, clock: HandClock, kitchen: UUID, soup: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reading(TaskSuggester):
        def guess(self, texts: Sequence[str], *, floor: float = FLOOR) -> list[list[Guess]]:
            with core.units.write() as uow:
                role = uow.session.get_one(Opportunity, soup)
                role.title, role.description, role.updated_at = "Tuin", "Onkruid wieden.", uow.now
            clock.go_on(seconds=1)
            return super().guess(texts, floor=floor)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(proposing, "TaskSuggester", Reading)
        assert propose(core.units) == 0
    assert asked(core, kitchen) == []
    assert is_unread(core)
    assert propose(core.units) >= 1
    assert "t.cook" not in {each.task for each in asked(core, kitchen)}


def test_a_text_that_says_nothing_is_not_read_again_until_it_changes(
    core: Core, kitchen: UUID, clock: HandClock
) -> None:
    role = post(core, kitchen, title="Qqq", description="Xxx zzz.")
    assert propose(core.units) == 0
    assert not is_unread(core)
    clock.go_on(hours=1)
    with core.units.write() as uow:
        found = uow.session.get_one(Opportunity, role)
        found.title, found.description, found.updated_at = "Koken", SOUP, uow.now
    assert is_unread(core)
    assert propose(core.units) >= 1
    assert not is_unread(core)


def test_roles_with_tasks_and_roles_that_are_not_open_are_left_alone(core: Core, kitchen: UUID) -> None:
    post(core, kitchen, tasks=frozenset({"t.garden"}))
    closed = post(core, kitchen)
    with core.units.write() as uow:
        opportunity_states.set_state(uow, uow.session.get_one(Opportunity, closed), OpportunityState.CLOSED)
    assert not is_unread(core)
    assert propose(core.units) == 0


def test_yes_adds_the_task_and_tells_the_engine(core: Core, kitchen: UUID, soup: UUID) -> None:
    propose(core.units)
    answer(core, kitchen, asked(core, kitchen)[0].id, fits=True)
    assert tasks_of(core, soup) == ["t.cook"]
    assert "t.cook" not in {each.task for each in asked(core, kitchen)}
    with core.units.read() as uow:
        assert "opportunity_changed" in set(uow.session.scalars(select(OutboxEvent.type)))


def test_no_is_remembered_and_not_asked_again(
    core: Core, kitchen: UUID, soup: UUID, clock: HandClock
) -> None:
    propose(core.units)
    for suggestion in asked(core, kitchen):
        answer(core, kitchen, suggestion.id, fits=False)
    clock.go_on(hours=1)
    with core.units.write() as uow:
        uow.session.get_one(Opportunity, soup).updated_at = uow.now + timedelta(minutes=1)
    clock.go_on(hours=1)
    assert is_unread(core)
    assert propose(core.units) == 0
    assert asked(core, kitchen) == []
    assert tasks_of(core, soup) == []


def test_an_answer_stands_and_nobody_else_can_give_it(core: Core, kitchen: UUID, soup: UUID) -> None:
    propose(core.units)
    suggestion = asked(core, kitchen)[0].id
    with pytest.raises(NotFound):
        answer(core, uuid4(), suggestion, fits=True)
    answer(core, kitchen, suggestion, fits=False)
    answer(core, kitchen, suggestion, fits=True)
    assert tasks_of(core, soup) == []


def test_the_command_says_what_a_text_makes_one_think_of(
    settings: Settings, core: Core, kitchen: UUID, soup: UUID
) -> None:
    assert "t.cook" in volunteer(settings, "tasks", "suggest", SOUP).output
    assert "Nothing is sure enough" in volunteer(settings, "tasks", "suggest", "qqq").output
    assert "asked about" in volunteer(settings, "tasks", "propose").output
    assert asked(core, kitchen)[0].opportunity_id == soup

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.fakes import RecordingBell, work_off
from tests.integration.services.conftest import Town
from volunteer.bootstrap import make_core
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.opportunities import Scope
from volunteer.models import AccessAnswer, Introduction, Opportunity, Question
from volunteer.queries.questions import open_questions
from volunteer.services import opportunities, questions
from volunteer.unit_of_work import UnitOfWork
from workers.bootstrap import make_worker_core

STEP, BUDDY, OTHER_LANGUAGE = "ph.step_free_entrance", "sv.buddy", "ic.other_language"


def _open(town: Town, role: UUID, code: str) -> UUID:
    def act(uow: UnitOfWork) -> UUID:
        return questions.open_for(uow, uow.session.get_one(Opportunity, role), code).id

    opened: UUID = town.do(act)
    return opened


def _count(town: Town) -> int:
    with town.core.units.read() as uow:
        return len(uow.session.scalars(select(Question)).all())


def _answer(town: Town, question: UUID, said: Answer | None, **more: Any) -> None:
    town.do(lambda uow: questions.answer(uow, question, said=said, account_id=town.account_id, **more))


def test_a_building_is_asked_once_for_all_its_roles(town: Town) -> None:
    organisation = town.organisation()
    one, other = town.role(organisation), town.role(organisation, title="Serveren")
    assert _open(town, one, STEP) == _open(town, other, STEP)
    assert _open(town, one, BUDDY) != _open(town, other, BUDDY)
    assert _count(town) == 3


def test_an_answer_about_the_building_holds_for_every_role_there(town: Town) -> None:
    organisation = town.organisation()
    one = town.role(organisation)
    town.role(organisation, title="Serveren")
    _answer(town, _open(town, one, STEP), Answer.YES)
    with town.core.units.read() as uow:
        said = uow.session.scalars(select(AccessAnswer)).one()
        assert (said.scope, said.answer) == (Scope.VENUE, "yes")
        assert said.said_by == f"account:{town.account_id}"
        assert said.said_at == town.clock.now()


def test_a_question_is_answered_once(town: Town) -> None:
    question = _open(town, town.role(town.organisation()), BUDDY)
    _answer(town, question, Answer.ARRANGEABLE, note=" Vraag het aan Fatma. ")
    assert "access_answered" in town.events()
    with pytest.raises(ImpossibleStep):
        _answer(town, question, Answer.NO)
    with town.core.units.read() as uow:
        said = uow.session.scalars(select(AccessAnswer)).one()
        assert (said.answer, said.note) == ("arrangeable", "Vraag het aan Fatma.")


def test_after_an_answer_the_same_can_be_asked_anew(town: Town) -> None:
    role = town.role(town.organisation())
    first = _open(town, role, BUDDY)
    _answer(town, first, Answer.YES)
    assert _open(town, role, BUDDY) != first


def test_a_question_needs_an_answer(town: Town) -> None:
    role = town.role(town.organisation())
    for code in (BUDDY, OTHER_LANGUAGE):
        with pytest.raises(InvalidValue):
            _answer(town, _open(town, role, code), None)
    with pytest.raises(NotFound):
        _answer(town, uuid4(), Answer.YES)
    with town.core.units.read() as uow:
        assert len(open_questions(uow.session)) == 2


def test_a_question_about_languages_is_answered_with_languages(town: Town) -> None:
    role = town.role(town.organisation(), languages_spoken=frozenset({"nl"}))
    _answer(town, _open(town, role, OTHER_LANGUAGE), None, languages=frozenset({"ar", "fr"}))
    with town.core.units.read() as uow:
        assert uow.session.get_one(Opportunity, role).languages_spoken == ["ar", "fr", "nl"]
        assert uow.session.scalars(select(AccessAnswer)).all() == []


def test_a_question_names_nobody(town: Town) -> None:
    town.ask_to_meet(town.person(BUDDY), town.role(town.organisation()))
    with town.core.units.read() as uow:
        question = uow.session.scalars(select(Question)).one()
        columns = {column.name for column in Question.__table__.columns}
        assert not any("candidate" in name or "introduction" in name for name in columns)
        assert question.code == BUDDY


Work = Callable[[], None]


@pytest.fixture
def work(town: Town, settings: Settings) -> Iterator[Work]:
    """Does everything that workers would do by now."""
    bell = RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=town.clock)
    rings: RecordingBell = town.core.units._bell  # type: ignore[assignment]

    def run() -> None:
        bell.events.extend(rings.events)
        rings.events.clear()
        work_off(worker, bell)

    yield run
    worker.core.engine.dispose()


def _state(town: Town, introduction: UUID) -> str:
    with town.core.units.read() as uow:
        return uow.session.get_one(Introduction, introduction).state


def test_what_an_organisation_says_unasked_is_heard_too(town: Town, work: Work) -> None:
    role = town.role(town.organisation())
    introduction = town.ask_to_meet(town.person(BUDDY), role)
    work()
    assert _state(town, introduction) == "asking"
    town.do(
        lambda uow: opportunities.answer(
            uow, uow.session.get_one(Opportunity, role), {BUDDY: Answer.YES}, said_by="account:x"
        )
    )
    work()
    assert _state(town, introduction) == "sent"
    with town.core.units.read() as uow:
        assert open_questions(uow.session) == []


def test_two_who_ask_at_the_same_moment_ask_once(town: Town, settings: Settings) -> None:
    role = town.role(town.organisation())
    cores = [make_core(settings, clock=town.clock, bell=RecordingBell()) for _ in range(4)]

    def ask(number: int) -> UUID:
        with cores[number].units.write() as uow:
            return questions.open_for(uow, uow.session.get_one(Opportunity, role), BUDDY).id

    with ThreadPoolExecutor(len(cores)) as pool:
        asked = set(pool.map(ask, range(len(cores))))
    for core in cores:
        core.engine.dispose()
    assert len(asked) == 1
    assert _count(town) == 1

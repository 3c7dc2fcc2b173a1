from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.access import Answer
from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Scope
from volunteer.models import AccessAnswer
from volunteer.services import access_answers

BUDDY, TRIAL = "sv.buddy", "sv.trial"
LIST = "import"


@pytest.fixture
def role(town: Town) -> tuple[UUID, UUID]:
    organisation = town.organisation()
    return organisation, town.role(organisation)


def _say(town: Town, role: tuple[UUID, UUID], said_by: str, **answers: str) -> bool:
    organisation_id, scope_id = role
    named = {name.replace("_", ".", 1): Answer(answer) for name, answer in answers.items()}
    differs: bool = town.do(
        lambda uow: access_answers.record(
            uow,
            named,
            organisation_id=organisation_id,
            scope=Scope.OPPORTUNITY,
            scope_id=scope_id,
            said_by=said_by,
        )
    )
    return differs


def _said(town: Town) -> dict[str, tuple[str, str]]:
    with town.core.units.read() as uow:
        return {row.code: (row.answer, row.said_by) for row in uow.session.scalars(select(AccessAnswer))}


def test_a_list_never_overrides_what_a_person_said(town: Town, role: tuple[UUID, UUID]) -> None:
    _say(town, role, "account:1", sv_buddy="no")
    assert not _say(town, role, LIST, sv_buddy="yes")
    assert _said(town) == {BUDDY: ("no", "account:1")}


def test_a_person_overrides_a_list_and_a_colleague(town: Town, role: tuple[UUID, UUID]) -> None:
    _say(town, role, LIST, sv_buddy="no", sv_trial="yes")
    assert _say(town, role, "account:1", sv_buddy="yes")
    assert _say(town, role, "account:2", sv_buddy="arrangeable")
    assert _said(town) == {BUDDY: ("arrangeable", "account:2"), TRIAL: ("yes", LIST)}


def test_the_same_again_is_no_difference_but_a_confirmation(town: Town, role: tuple[UUID, UUID]) -> None:
    assert _say(town, role, "account:1", sv_buddy="yes")
    town.clock.go_on(days=700)
    assert not _say(town, role, "account:1", sv_buddy="yes")
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(AccessAnswer.said_at)).all() == [town.clock.now()]


def test_what_had_grown_too_old_is_new_when_it_is_said_again(town: Town, role: tuple[UUID, UUID]) -> None:
    _say(town, role, "account:1", sv_buddy="yes")
    town.clock.go_on(days=731)
    assert _say(town, role, "account:1", sv_buddy="yes")


def test_what_follows_from_languages_is_not_said(town: Town, role: tuple[UUID, UUID]) -> None:
    with pytest.raises(InvalidValue):
        _say(town, role, "account:1", ic_other_language="yes")


def test_a_list_forgets_only_what_it_said_itself(town: Town, role: tuple[UUID, UUID]) -> None:
    _say(town, role, LIST, sv_buddy="yes", sv_trial="yes")
    _say(town, role, "account:1", sv_talk_first="yes")
    forgotten = town.do(
        lambda uow: access_answers.forget(
            uow, scope=Scope.OPPORTUNITY, scope_id=role[1], said_by=LIST, keep=frozenset({BUDDY})
        )
    )
    assert forgotten
    assert set(_said(town)) == {BUDDY, "sv.talk_first"}


def test_an_answer_can_be_taken_back(town: Town, role: tuple[UUID, UUID]) -> None:
    _say(town, role, LIST, sv_buddy="yes", sv_trial="yes")

    def take_back(*codes: str) -> bool:
        gone: bool = town.do(
            lambda uow: access_answers.take_back(uow, codes, scope=Scope.OPPORTUNITY, scope_id=role[1])
        )
        return gone

    assert take_back(BUDDY)
    assert not take_back(BUDDY)
    assert not take_back()
    assert set(_said(town)) == {TRIAL}

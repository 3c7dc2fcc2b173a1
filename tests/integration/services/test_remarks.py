"""What a team writes with its "not now" is read at the desk first, and goes on as it is or not at all."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.remarks import RemarkState
from volunteer.domain.retention import ErasureAsked
from volunteer.models import Candidate, Introduction, OutboxEvent, Remark
from volunteer.queries.remarks import to_read
from volunteer.services import erasure, export, introductions, placements, remarks

WORDS = "In maart begint een nieuwe ploeg. Kom dan zeker terug."


@pytest.fixture
def said_no(town: Town) -> UUID:
    """The introduction that was answered with words."""
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.do(
        lambda uow: introductions.decline(
            uow, organisation, introduction, reason=DeclineReason.NO_SPOT_NOW, words=WORDS
        )
    )
    return introduction


def _remark(town: Town) -> UUID:
    with town.core.units.read() as uow:
        (found,) = to_read(uow.session, limit=9)
        return found.id


def _passed_on(town: Town, introduction_id: UUID) -> str:
    with town.core.units.read() as uow:
        return remarks.passed_on(uow, uow.session.get_one(Introduction, introduction_id))


def _given(town: Town, introduction_id: UUID) -> str:
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Introduction, introduction_id).candidate
        (given,) = export.everything(uow, candidate, language="en")["remarks"]
        return str(given["words"])


def test_the_person_reads_it_once_the_desk_passed_it_on(town: Town, said_no: UUID) -> None:
    assert (_passed_on(town, said_no), _given(town, said_no)) == ("", "")
    assert "remark_passed_on" not in town.events()
    remark_id = _remark(town)
    town.do(lambda uow: remarks.pass_on(uow, remark_id, account_id=town.account_id))
    assert (_passed_on(town, said_no), _given(town, said_no)) == (WORDS, WORDS)
    assert town.events()[-1] == "remark_passed_on"
    with town.core.units.read() as uow:
        assert not to_read(uow.session, limit=9)


def test_what_is_held_back_is_gone_and_a_standard_reason_stands_instead(town: Town, said_no: UUID) -> None:
    remark_id, reason = _remark(town), DeclineReason.HOURS_CHANGED
    town.do(lambda uow: remarks.hold_back(uow, remark_id, reason=reason, account_id=town.account_id))
    assert (_passed_on(town, said_no), _given(town, said_no)) == ("", "")
    with town.core.units.read() as uow:
        found = uow.session.get_one(Remark, remark_id)
        assert (found.state, found.words_sealed) == (RemarkState.HELD_BACK, None)
        assert found.introduction.decline_reason == reason
        assert remarks.state_of(uow, found.introduction) is RemarkState.HELD_BACK


def test_it_is_decided_once(town: Town, said_no: UUID) -> None:
    remark_id = _remark(town)
    town.do(lambda uow: remarks.pass_on(uow, remark_id, account_id=town.account_id))
    with pytest.raises(ImpossibleStep):
        town.do(
            lambda uow: remarks.hold_back(
                uow, remark_id, reason=DeclineReason.NO_SPOT_NOW, account_id=town.account_id
            )
        )
    assert _passed_on(town, said_no) == WORDS


def test_the_words_are_sealed_and_in_no_event(town: Town, said_no: UUID) -> None:
    with town.core.units.read() as uow:
        sealed = uow.session.get_one(Remark, _remark(town)).words_sealed
        assert sealed is not None
        assert b"nieuwe ploeg" not in sealed
        assert "ploeg" not in str(uow.session.scalars(select(OutboxEvent.payload)).all())


def test_without_words_nothing_is_to_read_and_a_national_number_is_refused(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    reason = DeclineReason.NO_SPOT_NOW
    with pytest.raises(InvalidValue) as refused:
        town.do(
            lambda uow: introductions.decline(
                uow, organisation, introduction, reason=reason, words="Nummer 85.07.30-033.28"
            )
        )
    assert refused.value.field == "remark"
    town.do(lambda uow: introductions.decline(uow, organisation, introduction, reason=reason, words="  "))
    with town.core.units.read() as uow:
        assert not to_read(uow.session, limit=9)


def test_taking_a_yes_back_can_say_more_too(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Kom maar."))
    reason = DeclineReason.ROLE_CHANGED
    town.do(lambda uow: placements.cancel(uow, organisation, introduction, reason=reason, words=WORDS))
    assert isinstance(_remark(town), UUID)


def test_it_goes_with_the_file(town: Town, said_no: UUID) -> None:
    remark_id = _remark(town)
    with town.core.units.write() as uow:
        candidate_id = uow.session.get_one(Introduction, said_no).candidate_id
        candidate = uow.session.get_one(Candidate, candidate_id)
        erasure.erase(uow, candidate, asked_by=ErasureAsked.CANDIDATE)
    with pytest.raises(NotFound):
        town.do(lambda uow: remarks.pass_on(uow, remark_id, account_id=town.account_id))

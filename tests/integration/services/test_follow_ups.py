from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.follow_ups import ASKED_AFTER, ASKED_FOR, Going, Moment, Outcome, Side
from volunteer.domain.introductions import IntroductionState, Step
from volunteer.models import Consent, FollowUp, Introduction
from volunteer.services import agreements, follow_ups, introductions, placements

DAY = 86_400
FOUR_WEEKS = ASKED_AFTER[Moment.FOUR_WEEKS].total_seconds() + 60


def _started(town: Town) -> UUID:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Tuesday at 10"))
    town.do(lambda uow: placements.tell(uow, organisation, introduction, Step.START))
    return introduction


def _agree(town: Town, introduction: UUID) -> None:
    """The person may be asked later how it goes."""
    with town.core.units.write() as uow:
        uow.session.add(
            Consent(
                candidate_id=uow.session.get_one(Introduction, introduction).candidate_id,
                purpose=Purpose.FOLLOW_UP,
                text_version="test",
                language="nl",
                given_how="own_device",
                given_at=uow.now,
            )
        )


def _suspend(town: Town, introduction: UUID, is_suspended: bool) -> None:
    with town.core.units.write() as uow:
        organisation = uow.session.get_one(Introduction, introduction).opportunity.organisation
        organisation.suspended_at = uow.now if is_suspended else None


def _asked(town: Town) -> list[tuple[str, str]]:
    with town.core.units.read() as uow:
        found = uow.session.scalars(select(FollowUp).order_by(FollowUp.asked_at, FollowUp.side))
        return [(each.moment, each.side) for each in found]


def _question(town: Town, side: Side) -> UUID:
    with town.core.units.read() as uow:
        return uow.session.scalars(select(FollowUp.id).where(FollowUp.side == side)).one()


def test_nobody_is_asked_too_early_and_nobody_twice(town: Town) -> None:
    _agree(town, _started(town))
    town.do(follow_ups.ask_due)
    assert _asked(town) == []
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    town.do(follow_ups.ask_due)
    assert _asked(town) == [("four_weeks", "organisation"), ("four_weeks", "person")]
    town.clock.go_on(seconds=(91 - 28) * DAY)
    town.do(follow_ups.ask_due)
    assert _asked(town)[2:] == [("three_months", "organisation"), ("three_months", "person")]


def test_about_a_person_who_did_not_agree_nobody_is_asked(town: Town) -> None:
    _started(town)
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(lambda uow: follow_ups.ask_due(uow, limit=1))
    assert _asked(town) == []
    _agree(town, _started(town))
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(lambda uow: follow_ups.ask_due(uow, limit=1))
    assert len(_asked(town)) == 2, "who did not agree does not stand before others"


def test_while_an_organisation_is_suspended_nobody_is_asked(town: Town) -> None:
    introduction = _started(town)
    _agree(town, introduction)
    town.clock.go_on(seconds=FOUR_WEEKS)
    _suspend(town, introduction, True)
    town.do(follow_ups.ask_due)
    assert _asked(town) == []
    _suspend(town, introduction, False)
    town.do(follow_ups.ask_due)
    assert len(_asked(town)) == 2


def test_a_question_closes_when_the_person_agrees_no_longer(town: Town) -> None:
    introduction = _started(town)
    _agree(town, introduction)
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Introduction, introduction).candidate
        assert list(follow_ups.open_for(uow, candidate.id)) == [introduction]
        agreements.take_back(uow, candidate, Purpose.FOLLOW_UP)
        uow.session.flush()
        assert follow_ups.open_for(uow, candidate.id) == {}
    person, team = _question(town, Side.PERSON), _question(town, Side.ORGANISATION)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: follow_ups.answer(uow, person, Going.WELL, answered_by="link"))
    town.do(lambda uow: follow_ups.answer(uow, team, Going.WELL, answered_by="link"))


def test_what_stopped_meanwhile_is_answered_no_more(town: Town) -> None:
    introduction = _started(town)
    _agree(town, introduction)
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    town.do(
        lambda uow: placements.tell(
            uow, uow.session.get_one(Introduction, introduction).organisation_id, introduction, Step.STOP
        )
    )
    for side in Side:
        question = _question(town, side)
        with town.core.units.write() as uow, pytest.raises(ImpossibleStep):
            follow_ups.answer(uow, question, Going.WELL, answered_by="link")


def test_after_a_long_stop_of_the_clock_old_moments_are_let_go(town: Town) -> None:
    _agree(town, _started(town))
    town.clock.go_on(seconds=FOUR_WEEKS + ASKED_FOR.total_seconds())
    town.do(follow_ups.ask_due)
    assert _asked(town) == []


def test_an_answer_is_given_once_with_what_it_brought(town: Town) -> None:
    _agree(town, _started(town))
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    question = _question(town, Side.PERSON)
    brought = {Outcome.SOCIAL_CONTACTS, Outcome.SELF_CONFIDENCE}
    town.do(lambda uow: follow_ups.answer(uow, question, Going.WELL, brought, answered_by="link"))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: follow_ups.answer(uow, question, Going.STOPPED, answered_by="link"))
    with town.core.units.read() as uow:
        found = follow_ups.found(uow, question)
        assert (found.going, found.outcomes) == ("well", ["self_confidence", "social_contacts"])
        assert found.introduction.state == IntroductionState.STARTED


def test_an_organisation_says_nothing_about_what_it_brought(town: Town) -> None:
    _agree(town, _started(town))
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    question = _question(town, Side.ORGANISATION)
    brought = {Outcome.WORK_RHYTHM}
    town.do(lambda uow: follow_ups.answer(uow, question, Going.WELL, brought, answered_by="link"))
    with town.core.units.read() as uow:
        assert follow_ups.found(uow, question).outcomes == []


@pytest.mark.parametrize(
    ("side", "event"), [(Side.PERSON, "introduction_withdrawn"), (Side.ORGANISATION, "introduction_stopped")]
)
def test_stopped_ends_it_as_that_side_would(town: Town, side: Side, event: str) -> None:
    introduction = _started(town)
    _agree(town, introduction)
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    question = _question(town, side)
    town.do(lambda uow: follow_ups.answer(uow, question, Going.STOPPED, answered_by="link"))
    with town.core.units.read() as uow:
        assert uow.session.get_one(Introduction, introduction).state == IntroductionState.STOPPED
    assert event in town.events()


def test_what_stopped_is_not_asked_about(town: Town) -> None:
    introduction = _started(town)
    _agree(town, introduction)
    with town.core.units.read() as uow:
        organisation = uow.session.get_one(Introduction, introduction).organisation_id
    town.do(lambda uow: placements.tell(uow, organisation, introduction, Step.STOP))
    town.clock.go_on(seconds=FOUR_WEEKS)
    town.do(follow_ups.ask_due)
    assert _asked(town) == []

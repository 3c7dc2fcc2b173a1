"""Several times are proposed, and one is chosen, none suits, all pass, or something comes in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.integration.services.conftest import Town
from volunteer.domain import opportunities
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.introductions import NUDGED_AFTER, DeclineReason, IntroductionState, Step
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.retention import ErasureAsked
from volunteer.messages.choosing import CHECKS
from volunteer.models import Candidate, Introduction, Message, Proposal
from volunteer.queries.desk import unanswered_introductions
from volunteer.services import (
    erasure,
    export,
    introductions,
    nudges,
    opportunity_states,
    placements,
    proposals,
    suspensions,
)
from volunteer.unit_of_work import UnitOfWork

TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 13, 30, tzinfo=UTC)


@dataclass
class Story:
    """One introduction that was sent, and what both sides can do with it."""

    town: Town
    organisation: UUID
    person: UUID
    introduction: UUID

    def propose(self, *times: datetime) -> None:
        self.town.do(
            lambda uow: proposals.propose(
                uow, self.organisation, self.introduction, times=times, words="Vraag naar Noor."
            )
        )

    def choose(self, moment: datetime) -> None:
        self.town.do(lambda uow: proposals.choose(uow, self.candidate(uow), self.introduction, moment))

    def turn_down(self) -> None:
        self.town.do(lambda uow: proposals.turn_down(uow, self.candidate(uow), self.introduction))

    def change_role(self, step: opportunities.Step) -> None:
        def change(uow: UnitOfWork) -> None:
            role = uow.session.get_one(Introduction, self.introduction).opportunity_id
            opportunity_states.take(uow, opportunity_states.held(uow, role), step)

        self.town.do(change)

    def candidate(self, uow: UnitOfWork) -> Candidate:
        return uow.session.get_one(Candidate, self.person)

    def stands(self) -> tuple[str, datetime | None, int]:
        """State, agreed moment, and how many times can be chosen."""
        with self.town.core.units.read() as uow:
            found = uow.session.get_one(Introduction, self.introduction)
            return found.state, found.agreed_at, len(proposals.still_open(uow, found))

    def is_true(self, kind: MessageKind) -> bool:
        with self.town.core.units.read() as uow:
            message = Message(recipient=Recipient.CANDIDATE, kind=kind, about_id=self.introduction)
            return CHECKS[kind](uow, message)

    def is_late_at_desk(self) -> bool:
        with self.town.core.units.read() as uow:
            return bool(unanswered_introductions(uow.session, before=uow.now - timedelta(days=5)))


@pytest.fixture
def story(town: Town) -> Story:
    town.clock.turn_to(datetime(2026, 11, 24, 9, tzinfo=UTC))
    organisation, person = town.organisation(), town.person()
    return Story(town, organisation, person, town.ask_to_meet(person, town.role(organisation, {})))


def test_choosing_makes_the_appointment_and_says_so_once(story: Story) -> None:
    story.propose(THURSDAY, TUESDAY, FRIDAY)
    assert story.stands() == (IntroductionState.SENT, None, 3)
    assert story.is_true(MessageKind.TIMES_PROPOSED)
    story.choose(THURSDAY)
    assert story.stands() == (IntroductionState.ACCEPTED, THURSDAY, 0)
    happened = story.town.events()
    assert [happened.count(each) for each in ("times_proposed", "time_chosen", "introduction_accepted")] == [
        1, 1, 1,
    ]  # fmt: skip
    with story.town.core.units.read() as uow:
        found = uow.session.get_one(Introduction, story.introduction)
        assert (introductions.reply_to(uow, found), found.agreed_changes) == ("Vraag naar Noor.", 1)
    assert (story.is_true(MessageKind.TIMES_PROPOSED), story.is_true(MessageKind.TIME_CHOSEN)) == (
        False,
        True,
    )


def test_a_second_choice_comes_too_late(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.choose(TUESDAY)
    for moment in (TUESDAY, THURSDAY):
        with pytest.raises(ImpossibleStep, match="already"):
            story.choose(moment)
    with pytest.raises(ImpossibleStep):
        story.turn_down()
    assert story.stands()[1] == TUESDAY


def test_what_was_not_proposed_or_is_replaced_or_past_cannot_be_chosen(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    with pytest.raises(ImpossibleStep):
        story.choose(FRIDAY)
    story.propose(THURSDAY, FRIDAY)
    with pytest.raises(ImpossibleStep):
        story.choose(TUESDAY)
    story.town.clock.turn_to(THURSDAY)
    with pytest.raises(ImpossibleStep, match="past"):
        story.choose(THURSDAY)
    story.choose(FRIDAY)
    assert story.stands()[1] == FRIDAY


@pytest.mark.parametrize("who", ["person", "team says no", "team names a day"])
def test_after_another_step_nothing_can_be_chosen(story: Story, who: str) -> None:
    story.propose(TUESDAY, THURSDAY)
    steps: dict[str, Callable[[UnitOfWork], None]] = {
        "person": lambda uow: introductions.withdraw(uow, story.candidate(uow), story.introduction),
        "team says no": lambda uow: introductions.decline(
            uow, story.organisation, story.introduction, reason=DeclineReason.NO_SPOT_NOW
        ),
        "team names a day": lambda uow: introductions.accept(
            uow, story.organisation, story.introduction, words="Kom.", agreed_at=FRIDAY
        ),
    }
    story.town.do(steps[who])
    with pytest.raises(ImpossibleStep):
        story.choose(TUESDAY)
    with story.town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Proposal)) == 0
    with pytest.raises(ImpossibleStep):
        story.propose(TUESDAY, THURSDAY)


def test_nobody_chooses_for_somebody_else(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    other = story.town.person()
    with pytest.raises(NotFound):
        story.town.do(
            lambda uow: proposals.choose(
                uow, uow.session.get_one(Candidate, other), story.introduction, TUESDAY
            )
        )
    with pytest.raises(NotFound):
        story.town.do(
            lambda uow: proposals.propose(
                uow, story.town.organisation("Ander"), story.introduction, times=(TUESDAY, FRIDAY), words="x"
            )
        )


def test_when_none_suits_the_organisation_is_waited_for_again(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.turn_down()
    assert story.stands() == (IntroductionState.SENT, None, 0)
    assert "times_turned_down" in story.town.events()
    assert story.is_true(MessageKind.NO_TIME_LEFT)
    with pytest.raises(ImpossibleStep):
        story.turn_down()
    story.propose(FRIDAY, FRIDAY + timedelta(days=1))
    assert not story.is_true(MessageKind.NO_TIME_LEFT)
    story.choose(FRIDAY)
    assert story.stands()[:2] == (IntroductionState.ACCEPTED, FRIDAY)


def test_times_that_are_all_past_go_back_to_the_organisation_once(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.town.clock.turn_to(THURSDAY - timedelta(minutes=1))
    assert story.town.do(proposals.expire) == 0
    story.town.clock.turn_to(THURSDAY)
    assert story.town.do(proposals.expire) == 1
    assert story.town.do(proposals.expire) == 0
    assert story.town.events().count("times_expired") == 1
    assert story.is_true(MessageKind.NO_TIME_LEFT)


def test_who_proposed_is_not_late_and_who_has_to_choose_is_reminded_once(story: Story) -> None:
    story.propose(TUESDAY + timedelta(days=20), TUESDAY + timedelta(days=21))
    assert story.town.do(proposals.remind) == 0
    story.town.clock.go_on(seconds=timedelta(days=8).total_seconds())
    assert story.town.do(nudges.nudge) == 0
    assert not story.is_late_at_desk()
    assert (story.town.do(proposals.remind), story.town.do(proposals.remind)) == (1, 0)
    story.turn_down()
    assert not story.is_late_at_desk(), "its turn begins now"
    assert story.town.do(nudges.nudge) == 0
    story.town.clock.go_on(seconds=NUDGED_AFTER.total_seconds() + 60)
    assert story.town.do(nudges.nudge) == 1
    story.town.clock.go_on(seconds=timedelta(days=3).total_seconds())
    assert story.is_late_at_desk()


def test_while_the_organisation_is_suspended_nothing_is_chosen_or_asked(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.town.do(lambda uow: suspensions.suspend(uow, story.organisation))
    assert story.stands()[2] == 0
    assert not story.is_true(MessageKind.TIMES_PROPOSED)
    with pytest.raises(ImpossibleStep):
        story.choose(TUESDAY)
    story.town.clock.turn_to(TUESDAY)
    assert story.town.do(proposals.remind) == 0


def test_after_a_missed_appointment_the_organisation_has_its_time_again(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.turn_down()
    story.town.do(
        lambda uow: introductions.accept(
            uow, story.organisation, story.introduction, words="Kom.", agreed_at=FRIDAY
        )
    )
    story.town.clock.turn_to(FRIDAY + timedelta(days=1))
    story.town.do(lambda uow: placements.tell(uow, story.organisation, story.introduction, Step.MISS))
    assert not story.is_late_at_desk()
    assert story.town.do(nudges.nudge) == 0
    with story.town.core.units.read() as uow:
        found = uow.session.get_one(Introduction, story.introduction)
        assert (found.sent_at, found.returned_at) == (FRIDAY + timedelta(days=1), None)


def test_while_the_role_is_closed_nothing_is_chosen_or_asked(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.change_role(opportunities.Step.CLOSE)
    assert story.stands()[2] == 0
    assert not story.is_true(MessageKind.TIMES_PROPOSED)
    with pytest.raises(ImpossibleStep, match="closed for now"):
        story.choose(TUESDAY)
    with pytest.raises(ImpossibleStep, match="closed for now"):
        story.turn_down()
    story.town.clock.turn_to(TUESDAY)
    assert story.town.do(proposals.remind) == 0
    story.change_role(opportunities.Step.OPEN)
    assert story.town.do(proposals.remind) == 1
    story.choose(THURSDAY)
    assert story.stands()[:2] == (IntroductionState.ACCEPTED, THURSDAY)


def test_when_times_pass_for_a_closed_role_nobody_is_asked_for_others(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.change_role(opportunities.Step.CLOSE)
    story.town.clock.turn_to(THURSDAY)
    story.town.do(proposals.expire)
    assert not story.is_true(MessageKind.NO_TIME_LEFT)
    assert story.is_true(MessageKind.WAITS_FOR_ANSWER), "it still says: not now"
    story.town.clock.turn_to(THURSDAY + timedelta(days=6))
    assert story.is_late_at_desk(), "nobody is forgotten"


def test_a_suspended_organisation_is_asked_nothing_when_its_times_pass(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    story.town.do(lambda uow: suspensions.suspend(uow, story.organisation))
    story.town.clock.turn_to(THURSDAY)
    assert story.town.do(proposals.expire) == 0
    story.town.do(lambda uow: suspensions.reinstate(uow, story.organisation))
    assert story.town.do(proposals.expire) == 1
    asked = (MessageKind.NO_TIME_LEFT, MessageKind.WAITS_FOR_ANSWER)
    assert all(story.is_true(kind) for kind in asked)
    story.town.do(lambda uow: suspensions.suspend(uow, story.organisation))
    assert not any(story.is_true(kind) for kind in asked)


def test_a_yes_beside_standing_times_names_a_moment(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    with pytest.raises(InvalidValue) as refused:
        story.town.do(
            lambda uow: introductions.accept(uow, story.organisation, story.introduction, words="Kom.")
        )
    assert refused.value.field == "agreed_day"
    assert story.stands() == (IntroductionState.SENT, None, 2)


def test_only_who_agreed_on_a_time_reads_so(story: Story) -> None:
    story.town.do(lambda uow: introductions.accept(uow, story.organisation, story.introduction, words="Kom."))
    with pytest.raises(ImpossibleStep, match="another way"):
        story.choose(TUESDAY)


def test_too_few_too_many_and_national_numbers_are_refused(story: Story) -> None:
    for times in ((TUESDAY,), (TUESDAY, TUESDAY), (TUESDAY, THURSDAY, FRIDAY, FRIDAY + timedelta(days=1))):
        with pytest.raises(InvalidValue):
            story.propose(*times)
    assert story.stands()[2] == 0


def test_they_are_given_to_the_person_and_go_with_their_file(story: Story) -> None:
    story.propose(TUESDAY, THURSDAY)
    with story.town.core.units.write() as uow:
        (given,) = export.everything(uow, story.candidate(uow), language="en")["proposals"]
        assert given["times"] == [TUESDAY.isoformat(), THURSDAY.isoformat()]
        erasure.erase(uow, story.candidate(uow), asked_by=ErasureAsked.CANDIDATE)
    with story.town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Proposal)) == 0

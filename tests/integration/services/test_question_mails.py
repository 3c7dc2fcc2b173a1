"""Questions go out together: mixed, on a schedule, capped; what nobody answers goes to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.access import ASKED_OF_ORGANISATIONS, Answer
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import (
    LEAST_ROUTINE,
    WAITS_FOR_ANSWER,
    QuestionState,
    Stage,
    Step,
    Weekly,
    after,
    mixed,
)
from volunteer.models import Candidate, Opportunity, Organisation, Question, QuestionMail
from volunteer.queries.questions import asked_questions
from volunteer.services import (
    access_check,
    introductions,
    organisations,
    question_links,
    question_mails,
    questions,
)

BUDDY, TRIAL, DOOR = "sv.buddy", "sv.trial", "ph.step_free_entrance"
ANY_DAY = [Weekly(day, time(0), 5) for day in range(7)]
NEVER = Weekly(9, time(0), 5)
"""No day is the day of the week: only what cannot wait goes out."""


def _reachable(town: Town, name: str = "Buurthuis") -> UUID:
    organisation = town.organisation(name)
    with town.core.units.write() as uow:
        found = uow.session.get_one(Organisation, organisation)
        organisations.set_email(uow, found, f"{organisation.hex}@buurthuis.example")
    return organisation


def _round(town: Town, weekly: Weekly = NEVER) -> int:
    with town.core.units.write() as uow:
        question_mails.expire(uow)
    return question_mails.ask_all(town.core.units, weekly)


def _weekly_round(town: Town) -> int:
    return _round(town, ANY_DAY[town.clock.now().astimezone(ZoneInfo("Europe/Brussels")).weekday()])


def _mails(town: Town) -> Sequence[list[str]]:
    with town.core.units.read() as uow:
        found = uow.session.scalars(select(QuestionMail).order_by(QuestionMail.sent_on))
        return [
            [uow.session.get_one(Question, UUID(each)).code for each in mail.question_ids] for mail in found
        ]


def _question(town: Town, code: str) -> Question:
    with town.core.units.read() as uow:
        (found,) = uow.session.scalars(select(Question).where(Question.code == code))
        return found


def test_what_somebody_waits_for_goes_out_the_next_day_among_routine_questions(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    assert _round(town) == 0
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 1
    ((first, *others),) = _mails(town)
    asked = {first, *others}
    assert BUDDY in asked
    assert len(asked - {BUDDY}) >= LEAST_ROUTINE
    assert [first, *others] == [code for code in ASKED_OF_ORGANISATIONS if code in asked]
    assert _question(town, BUDDY).stage == Stage.MAILED
    assert "questions_mailed" in town.events()


def test_the_questions_of_a_mail_are_never_one_persons_needs_alone(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    needs = (BUDDY, TRIAL, "sv.fixed_contact", "sv.talk_first", "ic.plain_language", "sv.short_shifts")
    town.ask_to_meet(town.person(*needs), role)
    for _week in range(4):
        town.clock.go_on(seconds=8 * 24 * 3600)
        _weekly_round(town)
    assert len(_mails(town)) >= 2
    for asked in _mails(town):
        assert len(set(asked) - set(needs)) >= LEAST_ROUTINE, asked


def test_an_organisation_gets_one_mail_a_week_at_most(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 1
    town.ask_to_meet(town.person(TRIAL, contact="+32470123457"), role)
    for _day in range(6):
        town.clock.go_on(seconds=24 * 3600)
        assert _weekly_round(town) == 0
    town.clock.go_on(seconds=24 * 3600)
    assert _weekly_round(town) == 1
    assert TRIAL in _mails(town)[1]


def test_an_organisation_without_any_address_is_left_to_the_desk(town: Town) -> None:
    role = town.role(town.organisation())
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 0
    assert _question(town, BUDDY).stage == Stage.TO_CALL
    assert "question_left_to_desk" in town.events()


def test_a_question_that_cannot_be_mixed_is_left_to_the_desk(town: Town) -> None:
    organisation = _reachable(town)
    every = {code: "yes" for code in ASKED_OF_ORGANISATIONS if code not in {BUDDY, TRIAL}}
    role = town.role(organisation, every)
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 0
    assert _mails(town) == []
    assert _question(town, BUDDY).stage == Stage.TO_CALL


def test_what_two_mails_did_not_answer_is_left_to_the_desk_and_routine_is_dropped(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    routine = next(code for code in _mails(town)[0] if code != BUDDY)
    for _week in range(2):
        assert _question(town, BUDDY).stage == Stage.MAILED
        town.clock.go_on(seconds=7 * 24 * 3600)
        _weekly_round(town)
    assert _question(town, BUDDY).mails == 2
    assert _question(town, BUDDY).stage == Stage.TO_CALL
    town.clock.go_on(seconds=14 * 24 * 3600)
    _round(town)
    assert _question(town, routine).state == QuestionState.DROPPED
    assert _question(town, BUDDY).state == QuestionState.OPEN


def _on_the_page(town: Town, organisation: UUID) -> set[str]:
    with town.core.units.read() as uow:
        found = asked_questions(uow.session, organisation, asked_after=uow.today - WAITS_FOR_ANSWER)
        return {each.code for each in found}


def _by_link(town: Town, organisation: UUID) -> set[str]:
    with town.core.units.read() as uow:
        team = uow.session.get_one(Organisation, organisation)
        found = set()
        for question in uow.session.scalars(select(Question).where(Question.mails > 0)):
            with suppress(NotFound):
                asked = question_links.asked_by(uow, question.id, question_links.of_address(team))
                found.add(asked.question.code)
        return found


def test_what_ends_for_a_team_ends_for_all_questions_of_a_mail_at_once(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    (asked,) = (set(mail) for mail in _mails(town))
    for _day in range(20):
        town.clock.go_on(seconds=24 * 3600)
        town.do(question_mails.expire)
        assert _on_the_page(town, organisation) == _by_link(town, organisation) == asked
    town.clock.go_on(seconds=24 * 3600)
    assert _on_the_page(town, organisation) == _by_link(town, organisation) == set()
    town.do(question_mails.expire)
    assert _on_the_page(town, organisation) == _by_link(town, organisation) == set()
    assert _question(town, BUDDY).stage == Stage.TO_CALL


def test_what_the_desk_calls_about_stays_on_the_page_as_long_as_the_others(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    town.clock.go_on(seconds=24 * 3600)
    for _week in range(3):
        _weekly_round(town)
        town.clock.go_on(seconds=7 * 24 * 3600)
    assert _question(town, BUDDY).stage == Stage.TO_CALL
    latest = set(_mails(town)[-1])
    assert BUDDY in latest
    assert latest <= _on_the_page(town, organisation)


def test_a_second_mail_leaves_a_whole_week_for_an_answer(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    town.clock.go_on(seconds=20 * 24 * 3600)
    assert _weekly_round(town) == 1
    for _day in range(6):
        town.clock.go_on(seconds=24 * 3600)
        town.do(question_mails.expire)
        assert _question(town, BUDDY).stage == Stage.MAILED
    town.clock.go_on(seconds=24 * 3600)
    town.do(question_mails.expire)
    assert _question(town, BUDDY).stage == Stage.TO_CALL


@pytest.mark.parametrize("code", ["sv.food_prayer", "sv.women_group", "ic.other_language"])
def test_what_is_never_routine_is_in_no_mail_and_left_to_the_desk(town: Town, code: str) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    town.do(lambda uow: questions.open_for(uow, uow.session.get_one(Opportunity, role), code).id)
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 1
    assert _question(town, code).stage == Stage.TO_CALL
    assert code not in _mails(town)[0]


def test_alone_it_brings_no_mail_of_routine_questions_the_next_day(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person("sv.women_group"), town.role(organisation))
    town.clock.go_on(seconds=24 * 3600)
    assert _round(town) == 0
    assert _question(town, "sv.women_group").stage == Stage.TO_CALL


def test_what_nobody_waits_for_any_more_is_not_asked(town: Town) -> None:
    organisation = _reachable(town)
    person, role = town.person(BUDDY), town.role(organisation)
    introduction = town.ask_to_meet(person, role)
    _withdraw(town, person, introduction)
    town.clock.go_on(seconds=24 * 3600)
    assert _weekly_round(town) <= 1
    assert _question(town, BUDDY).state == QuestionState.DROPPED
    assert "question_dropped" in town.events()


def test_what_was_mailed_and_nobody_waits_for_any_more_is_routine(town: Town) -> None:
    organisation = _reachable(town)
    person, role = town.person(BUDDY), town.role(organisation)
    introduction = town.ask_to_meet(person, role)
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    _withdraw(town, person, introduction)
    town.do(question_mails.expire)
    asked = _question(town, BUDDY)
    assert (asked.is_routine, asked.state, asked.stage) == (True, QuestionState.OPEN, Stage.MAILED)
    assert BUDDY in _on_the_page(town, organisation)
    town.clock.go_on(seconds=21 * 24 * 3600)
    town.do(question_mails.expire)
    assert _question(town, BUDDY).state == QuestionState.DROPPED
    assert "question_left_to_desk" not in town.events()


def test_a_question_about_a_building_goes_on_for_another_role_there(town: Town) -> None:
    organisation = _reachable(town)
    first, other = town.role(organisation), town.role(organisation, title="Serveren")
    person = town.person(DOOR)
    introduction = town.ask_to_meet(person, first)
    town.ask_to_meet(town.person(DOOR, contact="+32470123457"), other)
    _withdraw(town, person, introduction)
    town.do(question_mails.expire)
    asked = _question(town, DOOR)
    assert (asked.is_routine, asked.stage, asked.opportunity_id) == (False, Stage.WAITING, other)


def test_what_a_team_does_not_know_leaves_its_page_whichever_it_was(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    # What goes along differs by role; the one that somebody needs below is not to be left to the desk here.
    routine = next(code for code in _mails(town)[0] if code not in {BUDDY, TRIAL})
    for code in (BUDDY, routine):
        _not_known(town, code)
        assert code not in _on_the_page(town, organisation)
        assert code in _by_link(town, organisation)
    assert town.events().count("question_left_to_desk") == 1
    town.clock.go_on(seconds=7 * 24 * 3600)
    town.ask_to_meet(town.person(TRIAL, contact="+32470123457"), role)
    town.clock.go_on(seconds=24 * 3600)
    assert _weekly_round(town) == 1
    assert not {BUDDY, routine} & set(_mails(town)[1])


def _not_known(town: Town, code: str) -> None:
    question = _question(town, code).id
    town.do(lambda uow: questions.leave_to_desk(uow, question))


def _withdraw(town: Town, person: UUID, introduction: UUID) -> None:
    town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, person), introduction))


def test_a_routine_question_that_somebody_needs_is_none_any_more(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    routine = next(code for code in _mails(town)[0] if code != BUDDY)
    assert _question(town, routine).is_routine
    town.ask_to_meet(town.person(routine, contact="+32470123457"), role)
    assert not _question(town, routine).is_routine


def test_an_answer_for_all_answers_the_question_about_one_role(town: Town) -> None:
    organisation = _reachable(town)
    role = town.role(organisation)
    town.ask_to_meet(town.person(BUDDY), role)
    with town.core.units.write() as uow:
        place = access_check.place_of(uow, organisation, Scope.ORGANISATION, organisation)
        access_check.say(uow, place, BUDDY, Answer.YES, said_by=f"account:{town.account_id}")
    assert _question(town, BUDDY).state == QuestionState.ANSWERED


def test_the_day_alone_is_kept(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    town.clock.go_on(seconds=24 * 3600)
    _round(town)
    asked = _question(town, BUDDY)
    here = ZoneInfo("Europe/Brussels")
    assert asked.opened_at.astimezone(here).time() == time(0)
    assert asked.asked_on == town.clock.now().astimezone(here).date()


def test_the_day_is_that_of_the_centre_also_after_midnight(town: Town) -> None:
    organisation = _reachable(town)
    role, person = town.role(organisation), town.person(BUDDY)
    here = ZoneInfo("Europe/Brussels")
    town.clock.turn_to(datetime(2026, 11, 25, 0, 20, tzinfo=here).astimezone(UTC))
    town.ask_to_meet(person, role)
    assert _question(town, BUDDY).opened_at.astimezone(here).date() == date(2026, 11, 25)


def test_an_answered_question_takes_no_step_any_more(town: Town) -> None:
    organisation = _reachable(town)
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    question = _question(town, BUDDY).id
    town.do(lambda uow: questions.answer(uow, question, said=Answer.YES, account_id=town.account_id))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: questions.leave_to_desk(uow, question))
    for step in Step:
        with pytest.raises(ImpossibleStep):
            after(Stage.OVER, step)


CODES = st.lists(st.sampled_from(ASKED_OF_ORGANISATIONS), unique=True, max_size=12)


@given(raised=CODES, routine=CODES, most=st.integers(0, 8))
def test_a_mail_holds_enough_that_nobody_waits_for_or_nothing(
    raised: list[str], routine: list[str], most: int
) -> None:
    wanted, along = mixed(raised, routine, most=most)
    assert set(wanted) <= set(raised)
    assert set(along) <= set(routine) - set(raised)
    if wanted:
        assert len(along) >= LEAST_ROUTINE
        assert len(wanted) + len(along) <= most


def test_the_day_and_hour_are_those_of_the_centre() -> None:
    weekly = Weekly(1, time(10), 5)
    zone = ZoneInfo("Europe/Brussels")
    tuesday = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    assert weekly.has_come(tuesday, zone)
    assert not weekly.has_come(tuesday - timedelta(hours=1), zone)
    assert not weekly.has_come(tuesday + timedelta(days=1), zone)

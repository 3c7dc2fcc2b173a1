"""What is learned from: only what was seen, by people who agreed, once, with what came of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration import invented_past
from tests.integration.invented_past import AGREED
from tests.integration.services.conftest import Town
from volunteer.domain.consent import Purpose
from volunteer.domain.introductions import IntroductionState
from volunteer.models import Consent, NeedReading
from volunteer.queries.impressions import acceptances
from volunteer.services import impressions
from volunteer.services.impressions import Impression, Outcome
from volunteer.unit_of_work import UnitOfWork

KNOWN = {"tasks": 0.5, "arrangement": 1.0}
LONG_AGO = timedelta(days=60)


class Past:
    """One organisation with two roles, and what people saw of them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.organisation = town.organisation()
        self.roles = [town.role(self.organisation) for _ in range(2)]

    def enrol(self, *consents: Purpose) -> UUID:
        person: UUID = self.town.do(lambda uow: invented_past.enrol(uow, "Bo", frozenset(consents) or AGREED))
        return person

    def show(self, person: UUID, ago: timedelta = LONG_AGO, **more: object) -> None:
        def act(uow: UnitOfWork) -> None:
            needs = more.get("needs", ())
            assert isinstance(needs, tuple)
            invented_past.show(uow, person, self.roles, [KNOWN, KNOWN], at=uow.now - ago, needs=needs)

        self.town.do(act)

    def wish(self, person: UUID, ago: timedelta, state: IntroductionState) -> None:
        def act(uow: UnitOfWork) -> None:
            at = uow.now - ago
            invented_past.wish(uow, person, self.roles[0], self.organisation, at=at, state=state)

        self.town.do(act)

    def collect(self) -> list[Impression]:
        found: list[Impression] = self.town.do(impressions.collect)
        return found

    def acceptances(self) -> int:
        found: int = self.town.do(
            lambda uow: acceptances(uow.session, before=uow.now - impressions.RIPENS, now=uow.now)
        )
        return found


@pytest.fixture
def past(town: Town) -> Past:
    return Past(town)


def test_only_people_who_agreed_to_learning_are_learned_from(past: Past) -> None:
    agreed, silent = past.enrol(), past.enrol(Purpose.ACCOUNT, Purpose.MATCH)
    for person in (agreed, silent):
        past.show(person)
    assert {each.candidate_id for each in past.collect()} == {agreed}


def test_who_takes_it_back_is_not_learned_from_any_more(past: Past, town: Town) -> None:
    person = past.enrol()
    past.show(person)
    past.wish(person, LONG_AGO - timedelta(hours=1), IntroductionState.ACCEPTED)
    assert past.acceptances() == 1

    def take_back(uow: UnitOfWork) -> None:
        of_learning = select(Consent).where(Consent.purpose == Purpose.STATISTICS)
        uow.session.scalars(of_learning).one().withdrawn_at = uow.now

    town.do(take_back)
    assert past.collect() == []
    assert past.acceptances() == 0


def test_only_acceptances_that_can_be_learned_from_make_learning_due(past: Past) -> None:
    by_hand, shown_after, just_shown, learned_from = (past.enrol() for _ in range(4))
    past.wish(by_hand, LONG_AGO, IntroductionState.ACCEPTED)
    past.wish(shown_after, LONG_AGO, IntroductionState.ACCEPTED)
    past.show(shown_after, ago=LONG_AGO - timedelta(days=1))
    past.show(just_shown, ago=timedelta(days=13))
    past.wish(just_shown, timedelta(days=12), IntroductionState.ACCEPTED)
    past.show(learned_from)
    past.wish(learned_from, LONG_AGO - timedelta(hours=1), IntroductionState.WITHDRAWN)
    assert past.acceptances() == 0
    past.wish(learned_from, timedelta(days=20), IntroductionState.ACCEPTED)
    assert past.acceptances() == 1
    assert sum(each.outcome == Outcome.MET for each in past.collect()) == 1


def test_what_was_not_shown_or_only_just_says_nothing(past: Past) -> None:
    person = past.enrol()
    past.town.look(person)
    past.show(person, ago=timedelta(days=13))
    assert past.collect() == []


def test_a_role_counts_once_where_it_was_last_seen_before_the_wish(past: Past) -> None:
    person = past.enrol()
    for days in (60, 50, 40):
        past.show(person, ago=timedelta(days=days))
    past.wish(person, timedelta(days=45), IntroductionState.DECLINED)
    found = {each.opportunity_id: each for each in past.collect()}
    now = past.town.clock.now()
    assert len(found) == 2
    assert (now - found[past.roles[0]].shown_at).days == 50
    assert (now - found[past.roles[1]].shown_at).days == 40


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (IntroductionState.ASKING, Outcome.ASKED),
        (IntroductionState.FELL_THROUGH, Outcome.ASKED),
        (IntroductionState.DECLINED, Outcome.ASKED),
        (IntroductionState.WITHDRAWN, Outcome.ASKED),
        (IntroductionState.ACCEPTED, Outcome.MET),
    ],
)
def test_what_came_of_it(past: Past, state: IntroductionState, outcome: Outcome) -> None:
    person = past.enrol()
    past.show(person)
    past.wish(person, LONG_AGO - timedelta(hours=1), state)
    assert [each.outcome for each in past.collect()] == [outcome, Outcome.NOTHING]
    assert [each.values for each in past.collect()] == [KNOWN, KNOWN]


def test_opening_what_tells_of_needs_is_in_the_journal_once_for_each_person(past: Past, town: Town) -> None:
    person = past.enrol()
    past.show(person, needs=("ph.step_free_entrance",))
    assert {each.needs for each in past.collect()} == {frozenset({"ph.step_free_entrance"})}
    with town.core.units.read() as uow:
        (reading,) = uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "learn"))
    assert (reading.candidate_id, reading.reader) == (person, "learning")

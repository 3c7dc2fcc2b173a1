"""What a reason changes: what it says, nothing else, and never a need."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import TODAY, an_identifier
from tests.unit.matching.strategies import TASKS, offers, people
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.domain.refusals import (
    SHORTER_WAYS,
    Refusal,
    RefusalReason,
    heeding,
    lighter_than,
    shorter_way,
)
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest

AMINA = PersonFacts(candidate_id=UUID(int=1))
MAY_CHANGE = {"travel_minutes", "interests", "unwanted_tasks", "commitments"}

refusals = st.builds(
    Refusal,
    reason=st.sampled_from(RefusalReason),
    task=st.none() | st.sampled_from(TASKS),
    commitment=st.none() | st.sampled_from(Commitment),
    minutes=st.none() | st.sampled_from(SHORTER_WAYS),
)


@given(people, st.lists(refusals, max_size=5))
def test_no_reason_touches_a_need_or_what_was_not_said(person: PersonFacts, said: list[Refusal]) -> None:
    heeded = heeding(person, said)
    for each in fields(PersonFacts):
        if each.name not in MAY_CHANGE:
            assert getattr(heeded, each.name) == getattr(person, each.name)
    assert heeded.interests.sectors == person.interests.sectors


@given(offers(), people, st.lists(refusals, max_size=5))
def test_no_reason_lets_a_role_in_or_hides_one(
    roles: list[RoleFacts], person: PersonFacts, said: list[Refusal]
) -> None:
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    everything = len(roles) + 1
    before = {each.opportunity_id: each.tier for each in suggest(snapshot, person, everything)}
    after = {each.opportunity_id: each.tier for each in suggest(snapshot, heeding(person, said), everything)}
    assert after == before, "a reason changes the order, and the tier of nothing"


@given(people, st.lists(refusals, max_size=5))
def test_in_whatever_order_they_are_said(person: PersonFacts, said: list[Refusal]) -> None:
    distinct = [each for each in said if each.reason is not RefusalReason.TOO_MUCH]
    turned = list(reversed(distinct))
    assert heeding(person, distinct) == heeding(person, turned)


def test_too_far_counts_only_with_a_yes_to_looking_closer_by() -> None:
    far = Refusal(reason=RefusalReason.TOO_FAR)
    assert heeding(AMINA, [far]) == AMINA
    closer = replace(far, minutes=30)
    assert heeding(AMINA, [closer]).travel_minutes == 30
    assert heeding(replace(AMINA, travel_minutes=15), [closer]).travel_minutes == 15, (
        "never farther than before"
    )


def test_what_is_offered_is_shorter_than_the_way_and_than_what_they_said() -> None:
    assert shorter_way(50.0, None) == 45
    assert shorter_way(45.0, None) == 30
    assert shorter_way(50.0, 30) == 15
    assert shorter_way(12.0, None) is None
    assert shorter_way(None, 60) is None


def test_a_task_goes_from_the_wishes_and_is_known_as_unwanted() -> None:
    person = replace(AMINA, interests=Interests.of(want=["t.cook"], can=["t.cook", "t.sew"]))
    heeded = heeding(person, [Refusal(reason=RefusalReason.TASK, task="t.cook")])
    assert heeded.interests == Interests.of(can=["t.sew"])
    assert heeded.unwanted_tasks == {"t.cook"}


def test_too_much_looks_for_what_asks_less() -> None:
    too_much = Refusal(reason=RefusalReason.TOO_MUCH, commitment=Commitment.MONTHS)
    lighter = {Commitment.ONCE, Commitment.SOMETIMES}
    assert heeding(AMINA, [too_much]).commitments == lighter
    wished = replace(AMINA, commitments=frozenset({Commitment.ONCE, Commitment.LONG}))
    assert heeding(wished, [too_much]).commitments == {Commitment.ONCE}
    heavy = replace(AMINA, commitments=frozenset({Commitment.LONG}))
    assert heeding(heavy, [too_much]).commitments == lighter


def test_nothing_is_lighter_than_once() -> None:
    assert lighter_than(Commitment.ONCE) == frozenset()
    assert lighter_than(Commitment.LONG) == frozenset(STEPS[:-1])


def _cooking_and_sewing(*cooks: int, sews: int) -> list[RoleFacts]:
    return [
        RoleFacts(
            opportunity_id=an_identifier(number),
            organisation_id=an_identifier(number),
            tasks=frozenset({"t.sew" if number == sews else "t.cook"}),
        )
        for number in (*cooks, sews)
    ]


def test_an_unwanted_task_comes_last_also_for_who_named_nothing() -> None:
    roles = _cooking_and_sewing(1, 2, sews=3)
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    no_cooking = heeding(AMINA, [Refusal(reason=RefusalReason.TASK, task="t.cook")])
    assert [each.opportunity_id.int for each in suggest(snapshot, AMINA, 1)] == [an_identifier(1).int], (
        "equals stand in the order of their ids"
    )
    assert [each.opportunity_id for each in suggest(snapshot, no_cooking)] == [
        an_identifier(3),
        an_identifier(1),
        an_identifier(2),
    ]

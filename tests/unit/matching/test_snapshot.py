from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import TODAY, a_role, an_identifier
from tests.unit.matching.strategies import identifiers, offers, roles
from volunteer.domain.access import FEATURES, Answer
from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.closing import closed_answers
from volunteer.matching.hours import Hours
from volunteer.matching.snapshot import Snapshot


@given(offers())
def test_no_code_is_two_things_at_once(roles: list[RoleFacts]) -> None:
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    assert not (snapshot.yes & snapshot.arrangeable).any()
    assert not (snapshot.yes & snapshot.no).any()
    assert not (snapshot.arrangeable & snapshot.no).any()


def test_columns_cannot_be_written() -> None:
    snapshot = Snapshot.build([a_role()], "1", today=TODAY)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.no[0] = 0


def test_a_role_given_twice_is_refused() -> None:
    role = a_role()
    with pytest.raises(ValueError, match="twice"):
        Snapshot.build([role, role], "1", today=TODAY)


@given(offers(), offers(most=5), st.lists(identifiers, max_size=5), st.randoms())
def test_bringing_up_to_date_equals_building_afresh(
    before: list[RoleFacts], changed: list[RoleFacts], removed: list[UUID], shuffler: Random
) -> None:
    now = {role.opportunity_id: role for role in before if role.opportunity_id not in removed}
    now.update({role.opportunity_id: role for role in changed})
    shuffled = list(now.values())
    shuffler.shuffle(shuffled)
    old = Snapshot.build(before, "1", today=TODAY)
    incremental = old.changed(changed=changed, removed=removed, version="2")
    assert incremental.has_same_content(Snapshot.build(shuffled, "3", today=TODAY))
    assert incremental.version == "2"


@given(
    offers(),
    st.lists(st.tuples(identifiers, st.none() | roles), max_size=12),
    st.randoms(use_true_random=False),
)
def test_events_out_of_order_and_twice_end_where_building_afresh_ends(
    before: list[RoleFacts], happened: list[tuple[UUID, RoleFacts | None]], shuffler: Random
) -> None:
    """An event names a role; whoever hears of it reads what is true by then."""
    truth = {role.opportunity_id: role for role in before}
    followed = Snapshot.build(before, "1", today=TODAY)
    underway: list[UUID] = []
    for identifier, role in happened:
        truth.pop(identifier, None)
        if role is not None:
            truth[identifier] = replace(role, opportunity_id=identifier)
        underway += [identifier, identifier]
        shuffler.shuffle(underway)
        followed = _hear(followed, [underway.pop()], truth)
    while underway:
        together = [underway.pop() for _ in range(min(len(underway), shuffler.randint(1, 4)))]
        followed = _hear(followed, together, truth)
    assert not followed.differences(Snapshot.build(truth.values(), "2", today=TODAY))


def _hear(followed: Snapshot, touched: list[UUID], truth: dict[UUID, RoleFacts]) -> Snapshot:
    present = [truth[each] for each in set(touched) if each in truth]
    return followed.changed(changed=present, removed=set(touched) - truth.keys(), version="2")


def test_what_no_change_touches_is_shared() -> None:
    offered = [a_role(opportunity_id=an_identifier(number), is_remote=True) for number in range(1, 5)]
    before = Snapshot.build(offered, "1", today=TODAY)
    after = before.changed(changed=[replace(offered[2], tasks=frozenset({"t.cook"}))], version="2")
    different = {name for name, values in vars(after).items() if values is not vars(before)[name]}
    assert different - {"hours"} == {"version", "tasks"}
    assert before.tasks.tolist() == [0, 0, 0, 0], "the old snapshot stays as it was"
    with pytest.raises(ValueError, match="read-only"):
        after.tasks[0] = 1


def test_rows_are_looked_up_anew_only_when_they_moved() -> None:
    offered = [a_role(opportunity_id=an_identifier(number)) for number in range(1, 4)]
    before = Snapshot.build(offered, "1", today=TODAY)
    rows = before.row_of
    assert before.changed(changed=[replace(offered[0], is_remote=True)], version="2").row_of is rows
    left_out = before.changed(removed=[an_identifier(1), an_identifier(9)], version="2")
    assert dict(left_out.row_of) == {an_identifier(2): 0, an_identifier(3): 1}


def test_a_difference_is_named() -> None:
    offered = [
        a_role(opportunity_id=an_identifier(number), times="mon 09:00-12:00") for number in range(1, 4)
    ]
    one = Snapshot.build(offered, "1", today=TODAY)
    later = replace(offered[1], times=Availability.parse("mon 09:00-12:30"), tasks=frozenset({"t.cook"}))
    other = Snapshot.build([offered[0], later], "1", today=TODAY)
    found = one.differences(other)
    assert found.columns == ("opportunity_ids", "hours", "tasks")
    assert found.opportunity_ids == (an_identifier(2), an_identifier(3))
    assert not one.differences(one)


def test_a_difference_is_seen() -> None:
    role, other = (a_role(opportunity_id=an_identifier(1), is_remote=remote) for remote in (True, False))
    one = Snapshot.build([role], "1", today=TODAY)
    assert one.has_same_content(Snapshot.build([role], "2", today=TODAY))
    assert not one.has_same_content(Snapshot.build([other], "1", today=TODAY))
    assert not one.has_same_content(Snapshot.build([role], "1", today=TODAY + timedelta(days=1)))


def test_working_from_home_has_no_door_but_may_be_heavy() -> None:
    answers = closed_answers(a_role(is_remote=True, answers={"ph.lift_or_ground": Answer.NO}))
    assert answers["ph.lift_or_ground"] is Answer.YES
    assert {code for code in FEATURES if code.startswith("ph.")} - answers.keys() == {
        "ph.seated_work",
        "ph.light_work",
    }


def test_an_extract_is_a_paper() -> None:
    role = a_role(extract_required=True, answers={"sv.no_id_no_extract": Answer.YES})
    assert closed_answers(role) == {"sv.no_id_no_extract": Answer.NO}


@pytest.mark.parametrize(
    ("said", "level", "becomes"),
    [
        (Answer.YES, 1, Answer.NO),
        (None, 1, Answer.NO),
        (Answer.ARRANGEABLE, 2, Answer.ARRANGEABLE),
        (Answer.YES, 0, Answer.YES),
        (None, 0, None),
    ],
)
def test_who_needs_dutch_cannot_also_need_none(
    said: Answer | None, level: int, becomes: Answer | None
) -> None:
    said_so = {"ic.no_dutch_needed": said} if said else {}
    role = a_role(answers=said_so, languages_needed={"nl": level})
    assert closed_answers(role).get("ic.no_dutch_needed") is becomes


def test_answers_that_follow_from_languages_are_not_taken_from_what_was_said() -> None:
    assert closed_answers(a_role(answers={"ic.sign_language": Answer.YES})) == {}


def test_a_role_takes_about_three_hundred_bytes() -> None:
    roles = [a_role(times="mon 09:00-12:00;tue 09:00-12:00") for _ in range(1000)]
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    columns = [each for each in vars(snapshot).values() if isinstance(each, (np.ndarray, Hours))]
    size = sum(each.nbytes for each in columns)
    assert size / 1000 < 300

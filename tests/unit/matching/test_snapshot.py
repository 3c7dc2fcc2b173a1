from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import TODAY, a_role, an_identifier
from tests.unit.matching.strategies import identifiers, offers
from volunteer.domain.access import FEATURES, Answer
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

"""The same task meets, nobody is lost, and what meets stands first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.company_days import meet
from volunteer.domain.interests import TASKS

_sides = st.dictionaries(
    st.text(min_size=1, max_size=5), st.lists(st.sampled_from(sorted(TASKS)), max_size=6), max_size=6
)


@given(_sides, _sides)
def test_everything_said_stands_there_once_and_nothing_else(
    asked: dict[str, list[str]], offered: dict[str, list[str]]
) -> None:
    found = meet(asked, offered)
    assert len({each.task for each in found}) == len(found)
    for side, names in ((asked, "asked_by"), (offered, "offered_by")):
        stands = {(who, each.task) for each in found for who in getattr(each, names)}
        assert stands == {(who, task) for who, tasks in side.items() for task in tasks}
    order = [(not each.meets, not each.asked_by) for each in found]
    assert order == sorted(order)


def test_a_task_of_both_sides_meets() -> None:
    first, second, third = meet(
        {"Pollepel": ["t.ict", "t.cook"]}, {"Samira": ["t.ict"], "Kantoor": ["t.photo", "t.ict"]}
    )
    assert (first.task, first.asked_by, first.offered_by) == ("t.ict", ["Pollepel"], ["Kantoor", "Samira"])
    assert (second.task, second.meets, third.task) == ("t.cook", False, "t.photo")

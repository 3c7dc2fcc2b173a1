from __future__ import annotations

import pytest

from volunteer.domain.errors import InvalidValue
from volunteer.domain.interests import SECTORS, TASKS, Interests, parse_sectors, parse_tasks


def test_the_lists_are_complete_in_three_languages() -> None:
    assert (len(TASKS), len(SECTORS)) == (42, 18)
    for labels in [each.labels for each in TASKS.values()] + [each.labels for each in SECTORS.values()]:
        assert all(labels[language] for language in ("nl", "fr", "en"))
    assert TASKS["t.cook"].label("nl") == "Koken"
    assert TASKS["t.cook"].label("xx") == "Cooking"
    assert "soep" in TASKS["t.cook"].synonyms


def test_knowing_nothing_yet_is_fine() -> None:
    assert Interests().tasks == frozenset()


def test_all_tasks_together() -> None:
    chosen = Interests.of(can=["t.cook"], want=["t.cook", "t.garden"], learn=["t.sew"])
    assert chosen.tasks == {"t.cook", "t.garden", "t.sew"}


@pytest.mark.parametrize("field", ["can", "want", "learn", "sectors"])
def test_an_unknown_code_is_named(field: str) -> None:
    with pytest.raises(InvalidValue, match=r"t\.levitate") as refused:
        Interests.of(**{field: ["t.levitate"]})
    assert refused.value.field == field


def test_codes_are_read_as_sets() -> None:
    assert parse_tasks(["t.cook", "t.cook"]) == {"t.cook"}
    assert parse_sectors(["sec.food"]) == {"sec.food"}
    with pytest.raises(InvalidValue, match=r"sec\.magic"):
        parse_sectors(["sec.magic"])

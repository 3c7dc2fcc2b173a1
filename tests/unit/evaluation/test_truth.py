"""What decides in the invented worlds: it must not know the engine, and must do what its page says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from volunteer.domain.access import Answer, Strength
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.evaluation import reality
from volunteer.evaluation import truth as truth_module
from volunteer.evaluation.hidden import ATMOSPHERE, HiddenPerson, HiddenRole
from volunteer.evaluation.town import Town, build
from volunteer.evaluation.truth import Outcome, Truth
from volunteer.evaluation.worlds import WORLDS

HERE = Path(truth_module.__file__).parent
BUDDY = "sv.buddy"


@pytest.fixture(scope="module")
def town() -> Town:
    return build(WORLDS[0], roles=60, people=40)


def _imported(module: str, seen: set[str]) -> Iterator[str]:
    """Every module of ours that this one imports, and what those import."""
    path = HERE.parents[1].joinpath(*module.split(".")).with_suffix(".py")
    if module in seen or not path.exists():
        return
    seen.add(module)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("volunteer"):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                yield name
                yield from _imported(name, seen)


def test_the_truth_knows_nothing_of_the_engine() -> None:
    found = set(_imported("volunteer.evaluation.truth", set()))
    assert "volunteer.evaluation.reality" in found  # it does follow imports
    assert {
        each for each in found if each.startswith(("volunteer.matching", "volunteer.evaluation.methods"))
    } == set()


def test_it_is_the_same_for_the_same_seed_and_another_for_another(town: Town) -> None:
    one, same, other = (
        np.stack([Truth(town, seed).outcomes(person) for person in range(40)]) for seed in (0, 0, 1)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_some_like_fewer_start_and_fewer_stay(town: Town) -> None:
    found = np.stack([Truth(town).outcomes(person) for person in range(40)])
    shares = [float((found >= grade).mean()) for grade in (1, 2, 3)]
    assert 0.5 > shares[0] > shares[1] > shares[2] > 0


def a_place(**changes: Any) -> HiddenRole:
    usual = HiddenRole(
        answers=dict.fromkeys(reality.FEATURE_AT, Answer.YES),
        languages=frozenset({"nl"}),
        times=Availability.parse("tue 09:00-12:00"),
        commitment=Commitment.SOMETIMES,
        atmosphere=(0.5,) * len(ATMOSPHERE),
        warmth=0.9,
        answer_days=2.0,
    )
    return replace(usual, **changes)


def somebody(town: Town, **changes: Any) -> HiddenPerson:
    usual = replace(
        town.hidden_people[0],
        liking=dict.fromkeys(town.hidden_people[0].liking, 0.95),
        skills=frozenset(town.hidden_people[0].liking),
        levels={"nl": 4, "fr": 4},
        times=Availability.parse("tue 09:00-12:00"),
        travel_minutes=45.0,
        commitments=frozenset({Commitment.SOMETIMES}),
        taste=(0.5,) * len(ATMOSPHERE),
        shyness=0.5,
        evening_reluctance=0.9,
        patience_days=10.0,
    )
    return replace(usual, **changes)


def outcome(
    town: Town, place: HiddenRole, person: HiddenPerson, *, kilometres: float = 1.0, must: str = ""
) -> int:
    """What comes of one person and one role without noise: the whole number in what could be expected."""
    facts = replace(
        town.city.people[0],
        needs={must: Strength.MUST} if must else {},
        position=(50.85, 4.35),
        languages={"nl": 4},
    )
    role = replace(
        town.city.roles[0],
        position=(50.85 + kilometres / 111.2, 4.35),
        tasks=frozenset({"t.cook"}),
        languages_needed={},
        is_open=True,
        is_remote=False,
        wanted=None,
        ends_on=None,
    )
    small = replace(
        town,
        city=replace(town.city, roles=(role,), people=(facts,)),
        hidden_roles=(place,),
        hidden_people=(person,),
    )
    return int(Truth(small).expected(0)[0])


def test_everything_right_lasts(town: Town) -> None:
    assert outcome(town, a_place(), somebody(town)) == Outcome.STAYED


@pytest.mark.parametrize(
    ("place", "person", "expected"),
    [
        ({}, {"liking": 0.05}, Outcome.NOTHING),
        ({"commitment": Commitment.LONG}, {}, Outcome.LIKED),
        ({"commitment": Commitment.ONCE}, {}, Outcome.STAYED),
        ({"times": Availability.parse("wed 09:00-12:00")}, {}, Outcome.LIKED),
        ({"warmth": 0.0}, {"taste": (0.0,) * 6}, Outcome.STAYED),
        ({"warmth": 0.0, "answer_days": 21.0}, {"taste": (0.0,) * 6}, Outcome.STARTED),
        ({"warmth": 0.0, "atmosphere": (-0.4,) * 6}, {}, Outcome.STARTED),
    ],
)
def test_one_thing_changes_what_comes_of_it(
    town: Town, place: dict[str, object], person: dict[str, object], expected: Outcome
) -> None:
    if "liking" in person:
        person = {"liking": dict.fromkeys(town.hidden_people[0].liking, person["liking"])}
    assert outcome(town, a_place(**place), somebody(town, **person)) == expected


def test_beyond_the_own_limit_it_is_over(town: Town) -> None:
    assert outcome(town, a_place(), somebody(town), kilometres=2) == Outcome.STAYED
    assert outcome(town, a_place(), somebody(town), kilometres=12) == Outcome.LIKED


def test_far_is_bad_and_an_evening_far_away_is_worse(town: Town) -> None:
    evening = Availability.parse("tue 18:00-21:00")
    for times, kilometres, expected in (
        (None, 5, Outcome.STAYED),
        (evening, 1, Outcome.STAYED),
        (evening, 5, Outcome.LIKED),
    ):
        place = a_place() if times is None else a_place(times=times)
        person = somebody(town) if times is None else somebody(town, times=times)
        assert outcome(town, place, person, kilometres=kilometres) == expected


def test_a_need_that_is_really_not_met_makes_it_worth_nothing(town: Town) -> None:
    answers = {**a_place().answers, BUDDY: Answer.NO}
    assert outcome(town, a_place(answers=answers), somebody(town), must=BUDDY) == Outcome.NOTHING
    assert outcome(town, a_place(answers=answers), somebody(town)) == Outcome.STAYED
    assert outcome(town, a_place(), somebody(town), must=BUDDY) == Outcome.STAYED


def test_a_need_that_follows_from_languages_is_looked_up_in_the_team(town: Town) -> None:
    for code, spoken, expected in (
        ("ic.sign_language", {"nl": 4, "vgt": 4}, Outcome.NOTHING),
        ("ic.other_language", {"so": 4}, Outcome.NOTHING),
        ("ic.other_language", {"nl": 4}, Outcome.STAYED),
    ):
        assert outcome(town, a_place(), somebody(town, levels=spoken), must=code) == expected

from __future__ import annotations

import pytest
from sklearn.model_selection import GroupKFold

from volunteer.domain.interests import TASKS
from volunteer.learning.texts import FLOOR, MOST, Approved, Guess, TaskSuggester, text_of
from volunteer.services.demo_city import files

FOLDS = 3


@pytest.fixture(scope="module")
def untaught() -> TaskSuggester:
    """Knows the vocabulary alone, as on the first day."""
    return TaskSuggester().fit([])


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Wie helpt ons elke vrijdag soep koken voor de buurt?", "t.cook"),
        ("Vous aimez cuisiner ? Rejoignez notre cuisine de quartier.", "t.cook"),
        ("We need somebody for driving our van on Saturdays", "t.drive"),
        ("Chauffeur gezocht voor vervoer met ons busje", "t.drive"),
        ("Accueil et guichet : vous recevez les visiteurs", "t.welcome"),
    ],
)
def test_on_the_first_day_it_knows_the_words_of_three_languages(
    untaught: TaskSuggester, text: str, task: str
) -> None:
    ((first, *_),) = untaught.guess([text])
    assert first.task == task


@pytest.mark.parametrize("text", ["", "   ", "zzz qqq xxx", "12345 !!", "Lorem ipsum dolor sit amet"])
def test_where_nothing_is_sure_it_says_nothing(untaught: TaskSuggester, text: str) -> None:
    assert untaught.guess([text]) == [[]]


def test_it_never_says_more_than_three_and_the_surest_first(untaught: TaskSuggester) -> None:
    text = " . ".join(task.label("nl") for task in TASKS.values())
    (guesses,) = untaught.guess([text], floor=0.0)
    assert len(guesses) == MOST
    assert [each.confidence for each in guesses] == sorted(
        (each.confidence for each in guesses), reverse=True
    )
    assert {each.task for each in guesses} <= set(TASKS)


def test_it_learns_words_that_only_postings_use(untaught: TaskSuggester) -> None:
    text = "Stamppotbrigade: wij stampen de stamppot"
    assert "t.cook" not in {each.task for each in untaught.guess([text])[0]}
    postings = [
        Approved(f"Stamppotbrigade {number}, stamppot stampen", frozenset({"t.cook"})) for number in range(6)
    ]
    postings += [
        Approved(f"Boekhouden {number}, cijfers nakijken", frozenset({"t.accounts"})) for number in range(6)
    ]
    ((first, *_),) = TaskSuggester().fit(postings).guess([text])
    assert first.task == "t.cook"


def test_on_organisations_it_has_not_read_it_is_far_better_than_chance() -> None:
    """The demo city: 120 made-up roles of 42 organisations, in three languages; none of one is on both sides.

    Always saying the three most frequent tasks is right about some task of one text in four.
    """
    roles = files.read().roles
    postings = [
        Approved(text_of(role["title"], role["description"]), frozenset(role["tasks"])) for role in roles
    ]
    guesses: dict[int, list[Guess]] = {}
    folds = GroupKFold(FOLDS).split(postings, groups=[role["organisation"] for role in roles])
    for known, unread in folds:
        suggester = TaskSuggester().fit([postings[row] for row in known])
        found = suggester.guess([postings[row].text for row in unread], floor=0.0)
        guesses |= dict(zip(unread.tolist(), found, strict=True))
    right = {row: [each.task in postings[row].tasks for each in found] for row, found in guesses.items()}
    assert len(right) == len(roles)
    assert sum(some[0] for some in right.values()) / len(roles) > 0.35
    assert sum(any(some) for some in right.values()) / len(roles) > 0.5
    sure = [
        each.task in postings[row].tasks
        for row, found in guesses.items()
        for each in found
        if each.confidence >= FLOOR
    ]
    assert len(sure) > 40
    assert sum(sure) / len(sure) > 0.5

"""What people do at a stand, in the words of the stand or of its first task."""

from __future__ import annotations

import pytest

from volunteer.domain.interests import TASKS
from volunteer.models import Stand
from volunteer.web.stand_offer import doing_at

SOUP = {"nl": "Proef soep.", "ar": "تذوّق الحساء."}


@pytest.mark.parametrize(
    ("offer", "tasks", "language", "said"),
    [
        (SOUP, ["t.accounts", "t.cook"], "ar", (SOUP["ar"], None, "t.cook")),
        (SOUP, ["t.accounts", "t.cook"], "fr", (TASKS["t.cook"].label("fr"), None, "t.cook")),
        ({}, ["t.accounts", "t.cook"], "ar", (TASKS["t.cook"].label("ar"), None, "t.cook")),
        (SOUP, [], "fr", (SOUP["nl"], "nl", "")),
        ({}, [], "fr", ("", None, "")),
        ({}, ["t.of_another_year"], "nl", ("", None, "")),
    ],
    ids=["told", "told in others", "a task alone", "no task", "nothing", "an old task"],
)
def test_a_stand_is_told_in_the_language_of_the_reader(
    offer: dict[str, str], tasks: list[str], language: str, said: tuple[str, str | None, str]
) -> None:
    found = doing_at(Stand(offer=offer, tasks=tasks), language)
    assert (found.words.text, found.words.language, found.task) == said

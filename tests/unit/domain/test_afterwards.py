"""What is shown of answers points at nobody, and they are taken for a month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.afterwards import ASKED_FOR, Answer, sentences_shown, shown, takes_answers

ENDED = datetime(2027, 3, 1, 12, tzinfo=UTC)


@given(st.lists(st.sampled_from(Answer), max_size=40))
def test_nothing_below_five_is_shown(answers: list[Answer]) -> None:
    found = shown(answers)
    assert set(found) == set(Answer)
    for answer, count in found.items():
        true = answers.count(answer)
        assert count == (true if true >= 5 else None)


@given(st.lists(st.text(min_size=1), max_size=12))
def test_sentences_stand_there_from_five_on_and_in_no_order_of_people(said: list[str]) -> None:
    assert sentences_shown(said) == sentences_shown(said[::-1])
    assert bool(sentences_shown(said)) == (len(said) >= 5)


def test_the_question_is_open_for_a_month_from_the_end() -> None:
    moments = (
        ENDED - timedelta(seconds=1),
        ENDED,
        ENDED + ASKED_FOR - timedelta(seconds=1),
        ENDED + ASKED_FOR,
    )
    assert [takes_answers(ENDED, moment) for moment in moments] == [False, True, True, False]

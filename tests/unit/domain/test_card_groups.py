"""Blank cards for a group: codes as people type them, and when the cards work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.card_groups import (
    CODE_LENGTH,
    CODE_LETTERS,
    FEWEST,
    MOST,
    GroupState,
    clean_code,
    parse_count,
    spoken_code,
    state_of,
)
from volunteer.domain.errors import InvalidValue

codes = st.text(CODE_LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH)
ENDS = datetime(2027, 1, 21, tzinfo=UTC)


@given(codes)
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    for typed in (
        code,
        spoken_code(code),
        spoken_code(code).lower(),
        f"  {' '.join(code)} ",
        f"https://schakel.example/k/{code}/",
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "i"),
    ):
        assert clean_code(typed) == code


@given(st.text())
def test_anything_else_is_no_code_and_never_an_error(text: str) -> None:
    found = clean_code(text)
    assert found is None or (len(found) == CODE_LENGTH and set(found) <= set(CODE_LETTERS))


def test_a_token_of_an_own_card_is_no_code() -> None:
    assert clean_code("u95gIG_s9V2AvU3e4kkTaw") is None


@given(st.integers(), st.integers(min_value=0, max_value=MOST))
def test_a_group_has_a_few_cards_at_least_and_never_too_many(count: int, there: int) -> None:
    fewest = 1 if there else FEWEST
    if fewest <= count <= MOST - there:
        assert parse_count(str(count), there=there) == count
    else:
        with pytest.raises(InvalidValue):
            parse_count(str(count), there=there)


def test_cards_work_until_their_end_and_not_after_a_stop() -> None:
    last = ENDS - timedelta(seconds=1)
    assert state_of(stopped_at=None, expires_at=ENDS, now=last) is GroupState.RUNNING
    assert state_of(stopped_at=None, expires_at=ENDS, now=ENDS) is GroupState.OVER
    assert state_of(stopped_at=last, expires_at=ENDS, now=last) is GroupState.STOPPED

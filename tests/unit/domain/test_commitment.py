from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.commitment import STEPS, Commitment, closeness, parse_commitments
from volunteer.domain.errors import InvalidValue

commitments = st.sampled_from(STEPS)
some_commitments = st.frozensets(commitments, min_size=1)


@given(some_commitments)
def test_codes_become_a_set(chosen: frozenset[Commitment]) -> None:
    assert parse_commitments([*sorted(chosen), min(chosen)]) == chosen
    assert parse_commitments([]) == frozenset()


def test_an_unknown_code_is_named_with_those_that_are_known() -> None:
    with pytest.raises(InvalidValue, match="“daily” is not known; choose one of once, sometimes") as raised:
        parse_commitments(["once", "daily"])
    assert raised.value.field == "commitments"


def test_one_step_away_is_half() -> None:
    found = [closeness(step, [Commitment.MONTHS]) for step in STEPS]
    assert found == [0.0, 0.5, 1.0, 0.5]


@given(commitments, some_commitments, some_commitments)
def test_whoever_likes_more_fits_no_worse(
    asked: Commitment, wished: frozenset[Commitment], besides: frozenset[Commitment]
) -> None:
    assert 0 <= closeness(asked, wished) <= closeness(asked, wished | besides) <= 1
    assert (closeness(asked, wished) == 1) == (asked in wished)

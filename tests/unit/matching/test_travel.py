from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from volunteer.matching.travel import NO_TABLE, TravelTable

codes = st.sampled_from("ABCDE")
tables = st.dictionaries(st.tuples(codes, codes), st.floats(0, 600, width=16))


def table_of(given_minutes: dict[tuple[str, str], float]) -> TravelTable:
    return TravelTable.of((start, end, minutes) for (start, end), minutes in given_minutes.items())


@given(tables, codes, codes)
def test_a_pair_has_its_own_minutes_or_those_of_the_way_back(
    rows: dict[tuple[str, str], float], start: str, end: str
) -> None:
    expected = rows.get((start, end), rows.get((end, start)))
    assert table_of(rows).between(start, end) == expected


@given(tables)
def test_who_is_on_no_table_finds_nothing(rows: dict[tuple[str, str], float]) -> None:
    table = table_of(rows)
    for code in "ABCDE":
        assert table.between("elsewhere", code) is None
        assert table.between(code, None) is None
    assert np.isnan(table.minutes[:, table.index("elsewhere")]).all()


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: dict[tuple[str, str], float], dice: Random) -> None:
    shuffled = list(rows.items())
    dice.shuffle(shuffled)
    assert table_of(rows).says_the_same(table_of(dict(shuffled)))


def test_without_a_table_there_are_no_minutes() -> None:
    assert NO_TABLE.between("A", "B") is None

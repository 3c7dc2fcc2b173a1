from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from volunteer.matching.timetable.exchange import LEAST_GAIN, OUTSIDE, Exchange, Move
from volunteer.matching.timetable.market import NEVER, Values

REWARD = 2.0


def _best(values: Values, seats: Sequence[int]) -> float:
    """The optimum, by the Hungarian method: every seat is a column, and so is going nowhere."""
    of_seats = np.repeat(values + REWARD, seats, axis=1)
    gains = np.hstack([np.where(of_seats == NEVER, -1e6, of_seats), np.zeros((len(values),) * 2)])
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return float(gains[rows, columns].sum())


@given(st.integers(0, 2**32))
def test_round_trips_end_in_the_best_division_there_is(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, stands = int(random.integers(1, 40)), int(random.integers(1, 12))
    values = random.random((people, stands)).astype(np.float32)
    values[random.random(values.shape) < 0.3] = NEVER
    seats = random.integers(0, 3, stands).tolist()
    enter = np.full(people, REWARD, np.float32)
    exchange = Exchange(
        values.copy(),
        np.full(people, OUTSIDE),
        np.array(seats, np.int32),
        enter,
        leave=np.full(people, REWARD, np.float32),
    )

    def commit(moves: Sequence[Move]) -> bool:
        for person, _, end in moves:
            enter[person] = REWARD if end == OUTSIDE else NEVER
        return True

    gained = sum(exchange.rounds(commit))

    inside = np.flatnonzero(exchange.at != OUTSIDE)
    reached = float((values[inside, exchange.at[inside]] + REWARD).sum())
    assert (np.bincount(exchange.at[inside], minlength=stands) <= seats).all()
    assert gained == pytest.approx(reached, abs=1e-3)
    assert reached >= _best(values, seats) - LEAST_GAIN * (stands + 1) - 1e-3

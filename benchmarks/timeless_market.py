"""A market without hours, solved exactly by HiGHS: who meets whom, but not when.

Where everybody is there all day, and every stand has the same seats, who meets whom can always be put into
rounds: with a point for each seat, stands and people are a bipartite graph in which no point has more lines
than there are rounds, and so many colours are enough for its lines (König 1916). So the optimum here is the
optimum there. With hours, interpreters and ways to walk, no plan can be worth more than this.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack

from volunteer.domain.markets import worth
from volunteer.matching.timetable.market import Market


def worth_without_hours(market: Market) -> float:
    """Return what the best division is worth in all: a linear programme, whose corners are whole numbers."""
    people, stands = np.nonzero(np.isfinite(market.value))
    number, persons = len(people), len(market.wanted)
    taken = market.lengths[people].astype(np.float64)
    seats = coo_array((taken, (stands, np.arange(number))), shape=(market.value.shape[1], number))
    meetings = coo_array((np.ones(number), (people, np.arange(number))), shape=(persons, number))
    owners = np.repeat(np.arange(persons), market.wanted)
    earned = np.concatenate([_rewards(int(wanted)) for wanted in market.wanted])
    steps = coo_array((-np.ones(len(owners)), (owners, np.arange(len(owners)))), shape=(persons, len(owners)))
    nothing = csr_array((seats.shape[0], len(owners)))
    found = linprog(
        -np.concatenate([market.value[people, stands].astype(np.float64), earned]),
        A_ub=hstack([seats, nothing]).tocsr(),
        b_ub=market.seats.sum(axis=0),
        A_eq=hstack([meetings, steps]).tocsr(),
        b_eq=np.zeros(persons),
        bounds=(0, 1),
        method="highs",
    )
    if not found.success:
        raise RuntimeError(found.message)
    return -float(found.fun)


def _rewards(wanted: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([worth(number + 1) - worth(number) for number in range(wanted)])

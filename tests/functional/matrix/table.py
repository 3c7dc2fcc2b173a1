"""The whole table: what each address answers to each of them."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row
from tests.functional.matrix.rows import (
    candidates,
    centre,
    everybody,
    gatherings,
    market_day,
    market_papers,
    market_visitors,
    markets,
    organisations,
    programs,
    stands,
    support,
    timetables,
)

TABLE: dict[str, Row] = {
    **candidates.ROWS,
    **centre.ROWS,
    **everybody.ROWS,
    **gatherings.ROWS,
    **markets.ROWS,
    **market_day.ROWS,
    **market_papers.ROWS,
    **market_visitors.ROWS,
    **organisations.ROWS,
    **programs.ROWS,
    **stands.ROWS,
    **support.ROWS,
    **timetables.ROWS,
}
"""By method and address, as the application writes it."""

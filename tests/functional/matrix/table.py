"""The whole table: what each address answers to each of them."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row
from tests.functional.matrix.rows import (
    candidates,
    centre,
    everybody,
    gatherings,
    organisations,
    programs,
    support,
)

TABLE: dict[str, Row] = {
    **candidates.ROWS,
    **centre.ROWS,
    **everybody.ROWS,
    **gatherings.ROWS,
    **organisations.ROWS,
    **programs.ROWS,
    **support.ROWS,
}
"""By method and address, as the application writes it."""

"""Markets: what everybody reads, who comes with what, and what the desk and the hall do."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, desk, everybody, team

ROWS: dict[str, Row] = {
    # desk_markets: the market itself
    "GET /desk/markets": desk("200"),
    "GET /desk/markets/new": desk("200"),
    "POST /desk/markets/new": desk("422"),
    "GET /desk/markets/<uuid:market_id>": desk("200"),
    "GET /desk/markets/<uuid:market_id>/change": desk("200"),
    "POST /desk/markets/<uuid:market_id>/change": desk("422"),
    "POST /desk/markets/<uuid:market_id>/publish": desk("unchanged"),
    "GET /desk/markets/<uuid:market_id>/cancel": desk("200"),
    "POST /desk/markets/<uuid:market_id>/cancel": desk("422"),
    "GET /desk/markets/<uuid:market_id>/hall": desk("200"),
    "POST /desk/markets/<uuid:market_id>/hall": desk("422"),
    "GET /desk/markets/<uuid:market_id>/helpers": desk("200"),
    "POST /desk/markets/<uuid:market_id>/helpers": desk("422"),
    "GET /desk/markets/helpers/<uuid:helper_id>": desk("200"),
    "POST /desk/markets/helpers/<uuid:helper_id>": desk("422"),
    "POST /desk/markets/helpers/<uuid:helper_id>/end": desk("on"),
    "GET /desk/markets/<uuid:market_id>/report": desk("200"),
    "GET /desk/markets/<uuid:market_id>/report.csv": desk("200"),
    # organisation_markets: the team of the matrix has no stand
    "GET /organisation/markets/<uuid:market_id>/report": team("404"),
    # markets
    "GET /board/<uuid:market_id>": everybody("200"),
    "GET /board/<uuid:market_id>/now": everybody("200"),
}

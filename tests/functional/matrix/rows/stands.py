"""Stands of a market: who asks for one, and who decides and lays out the hall."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, desk, editors, team

ROWS: dict[str, Row] = {
    # desk_markets
    "GET /desk/markets/<uuid:market_id>/plan": desk("200"),
    "POST /desk/markets/<uuid:market_id>/plan": desk("422"),
    "GET /desk/markets/<uuid:market_id>/stands": desk("200"),
    "POST /desk/markets/<uuid:market_id>/stands": desk("200"),
    "GET /desk/markets/<uuid:market_id>/stands/new": desk("200"),
    "POST /desk/markets/<uuid:market_id>/stands/new": desk("422"),
    "GET /desk/markets/stands/<uuid:stand_id>": desk("200"),
    "POST /desk/markets/stands/<uuid:stand_id>": desk("422"),
    "GET /desk/markets/stands/<uuid:stand_id>/change": desk("200"),
    "POST /desk/markets/stands/<uuid:stand_id>/change": desk("422"),
    # organisation_markets
    "GET /organisation/markets": team("200"),
    "GET /organisation/markets/<uuid:market_id>": team("200"),
    # Asking for one is closed there: the form leads back to what can be read.
    "GET /organisation/markets/<uuid:market_id>/stand": team("on"),
    "POST /organisation/markets/<uuid:market_id>/stand": editors("422"),
    "POST /organisation/markets/<uuid:market_id>/withdraw": editors("unchanged"),
}

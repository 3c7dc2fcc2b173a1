"""Timetables of a market and the routes they give, at the desk."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, desk

ROWS: dict[str, Row] = {
    "GET /desk/markets/<uuid:market_id>/timetables": desk("200"),
    "POST /desk/markets/<uuid:market_id>/timetables": desk("422"),
    "GET /desk/markets/<uuid:market_id>/timetables/now": desk("200"),
    "GET /desk/markets/timetables/<uuid:timetable_id>": desk("200"),
    "GET /desk/markets/timetables/<uuid:timetable_id>/publish": desk("200"),
    "POST /desk/markets/timetables/<uuid:timetable_id>/publish": desk("done"),
    "POST /desk/markets/timetables/<uuid:timetable_id>/discard": desk("done"),
    "GET /desk/markets/<uuid:market_id>/routes": desk("200"),
    "POST /desk/markets/<uuid:market_id>/routes": desk("422"),
    "POST /desk/markets/<uuid:market_id>/routes/now": desk("422"),
}

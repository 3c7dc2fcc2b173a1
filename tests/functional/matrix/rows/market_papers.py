"""Papers of a market: everything for the desk, and for others what is theirs."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, by_link, desk, support, team

ROWS: dict[str, Row] = {
    "GET /desk/markets/<uuid:market_id>/papers": desk("200"),
    "GET /desk/markets/<uuid:market_id>/papers/cards.pdf": desk("200"),
    "GET /desk/markets/<uuid:market_id>/papers/stands.pdf": desk("200"),
    "GET /desk/markets/<uuid:market_id>/papers/interpreters.pdf": desk("200"),
    "GET /desk/markets/<uuid:market_id>/papers/groups.pdf": desk("200"),
    "GET /desk/markets/<uuid:market_id>/papers/door.pdf": desk("200"),
    "GET /desk/markets/<uuid:market_id>/ticks": desk("200"),
    "POST /desk/markets/<uuid:market_id>/ticks": desk("404"),
    "GET /support/markets/groups/<uuid:group_id>/cards.pdf": support("200", elsewhere="404").at(
        group_id="market_group"
    ),
    "GET /support/markets/groups/<uuid:group_id>/list.pdf": support("200", elsewhere="404").at(
        group_id="market_group"
    ),
    "GET /support/markets/groups/<uuid:group_id>/calendar.ics": support("200", elsewhere="404").at(
        group_id="market_group"
    ),
    "GET /organisation/markets/<uuid:market_id>/sheet.pdf": team("404"),
    "GET /organisation/markets/<uuid:market_id>/calendar.ics": team("404"),
    "GET /m/<token>/card.pdf": by_link("200").at(token="card link"),
    "GET /m/<token>/calendar.ics": by_link("200").at(token="card link"),
}

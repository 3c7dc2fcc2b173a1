"""Who comes to a market: the page of a card, groups of support workers, and the desk."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, by_link, desk, everybody, own_file, own_thing, support


def ours(answer: str) -> Row:
    """For the team of this referrer; for another one it is not there."""
    return support(answer, elsewhere="404")


ROWS: dict[str, Row] = {
    # markets
    "GET /m": everybody("on"),
    "POST /m": everybody("404"),
    "GET /m/<token>": by_link("200", desk="on", admin="on").at(token="card link"),
    "POST /m/<token>": by_link("422").at(token="own card link"),
    "GET /market/<uuid:market_id>": everybody("200"),
    "GET /market/<uuid:market_id>/join": everybody("200"),
    "POST /market/<uuid:market_id>/join": everybody("422"),
    "POST /market/<uuid:market_id>/mine": own_file("on"),
    "GET /market/<uuid:market_id>/my-card": own_thing("on"),
    # desk_markets: who comes
    "GET /desk/markets/<uuid:market_id>/visitors": desk("200"),
    "GET /desk/markets/<uuid:market_id>/visitors/new": desk("200"),
    "POST /desk/markets/<uuid:market_id>/visitors/new": desk("422"),
    "GET /desk/markets/people/<uuid:candidate_id>": desk("200"),
    "POST /desk/markets/<uuid:market_id>/people/<uuid:candidate_id>": desk("on"),
    "GET /desk/markets/visitors/<uuid:visitor_id>": desk("200"),
    "POST /desk/markets/visitors/<uuid:visitor_id>": desk("422"),
    "GET /desk/markets/<uuid:market_id>/groups/new": desk("200"),
    "POST /desk/markets/<uuid:market_id>/groups/new": desk("422"),
    "GET /desk/markets/groups/<uuid:group_id>": desk("200").at(group_id="market_group"),
    "POST /desk/markets/groups/<uuid:group_id>": desk("422").at(group_id="market_group"),
    # support_markets
    "GET /support/markets": support("200"),
    "GET /support/markets/<uuid:market_id>/groups/new": support("200"),
    "POST /support/markets/<uuid:market_id>/groups/new": support("422"),
    "GET /support/markets/groups/<uuid:group_id>": ours("200").at(group_id="market_group"),
    "POST /support/markets/groups/<uuid:group_id>": ours("422").at(group_id="market_group"),
    "GET /support/markets/cards/<uuid:visitor_id>": ours("200").at(visitor_id="member"),
    "POST /support/markets/cards/<uuid:visitor_id>": ours("422").at(visitor_id="member"),
}

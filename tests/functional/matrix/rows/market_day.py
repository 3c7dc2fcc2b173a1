"""The day of a market: the page of a stand, and who wants to go on."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, by_link, desk, everybody

ROWS: dict[str, Row] = {
    "GET /stand/<token>": by_link("200").at(token="stand link"),
    "POST /stand/<token>": by_link("422").at(token="stand link"),
    "GET /door/<token>": by_link("200").at(token="door link"),
    "POST /door/<token>": by_link("done").at(token="door link").sending(do="here", card="door card"),
    "GET /door/<token>/card/<uuid:visitor_id>": by_link("200").at(token="door link"),
    "POST /door/<token>/card/<uuid:visitor_id>": by_link("done")
    .at(token="door link")
    .sending(do="late", late="15"),
    "GET /door/<token>/group/<uuid:group_id>": by_link("200").at(token="door link", group_id="market_group"),
    "POST /door/<token>/group/<uuid:group_id>": by_link("done")
    .at(token="door link", group_id="market_group")
    .sending(here="member"),
    "GET /door/<token>/new": by_link("200").at(token="door link"),
    "POST /door/<token>/new": by_link("422").at(token="door link"),
    "GET /desk/markets/<uuid:market_id>/door": desk("200"),
    "POST /desk/markets/<uuid:market_id>/door": desk("done").sending(do="here", card="door card"),
    "GET /desk/markets/<uuid:market_id>/door/card/<uuid:visitor_id>": desk("200"),
    "POST /desk/markets/<uuid:market_id>/door/card/<uuid:visitor_id>": desk("done").sending(
        do="late", late="15"
    ),
    "GET /desk/markets/<uuid:market_id>/door/group/<uuid:group_id>": desk("200").at(group_id="market_group"),
    "POST /desk/markets/<uuid:market_id>/door/group/<uuid:group_id>": desk("done")
    .at(group_id="market_group")
    .sending(here="member"),
    "GET /desk/markets/<uuid:market_id>/door/new": desk("200"),
    "POST /desk/markets/<uuid:market_id>/door/new": desk("422"),
    "GET /desk/markets/<uuid:market_id>/day": desk("200"),
    "GET /desk/markets/<uuid:market_id>/day/now": desk("200"),
    "POST /desk/markets/<uuid:market_id>/day": desk("done").sending(
        do="note", note_nl="Pauze tot half drie."
    ),
    "GET /desk/markets/stands/<uuid:stand_id>/today": desk("200"),
    "POST /desk/markets/stands/<uuid:stand_id>/today": desk("done").sending(do="late", minutes="5"),
    "POST /m/<token>/interest": by_link("done").at(token="own card link").sending(do="yes", visit="visit"),
    "POST /m/interest": everybody("404"),
    "GET /desk/markets/<uuid:market_id>/interests": desk("200"),
    "POST /desk/markets/<uuid:market_id>/interests": desk("on").sending(visit="visit"),
}

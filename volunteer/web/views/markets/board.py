"""The board in the hall, on every screen and phone that opens it: no name of anybody is on it."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.web import market_board
from volunteer.web.extensions import current_core, limiter
from volunteer.web.views.markets.blueprints import for_all

AGAIN_AFTER_SECONDS = 10
"""Without script the whole page is asked for this often."""
AS_OF = "As-Of"
"""Header: the moment at which what is shown was read, in ISO 8601. It moves on where the words do not."""


@for_all.get("/board/<uuid:market_id>")
@limiter.exempt
def board(market_id: UUID) -> ResponseReturnValue:
    """The whole page; it asks for ``board_now`` from then on, and without script loads itself again."""
    return render_template(
        "markets/board.html",
        market_id=market_id,
        title=market_board.title(market_id),
        sheet=market_board.sheet(market_id),
        zone=current_core().settings.centre.time_zone,
        again_after=AGAIN_AFTER_SECONDS,
    )


@for_all.get("/board/<uuid:market_id>/now")
@limiter.exempt  # Hundreds of screens stand behind one address of the hall.
def board_now(market_id: UUID) -> ResponseReturnValue:
    """What is on the board now; "not modified" for a screen that shows it already."""
    found = market_board.sheet(market_id)
    response = make_response(found.html)
    response.set_etag(found.etag)
    response.headers[AS_OF] = found.as_of.isoformat()
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)

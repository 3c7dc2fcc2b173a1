"""What came of a market: all for the desk, of its own stand for a team; on screen and as a file."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotFound
from volunteer.domain.market_days import StandState
from volunteer.queries import stands
from volunteer.services import markets
from volunteer.web import market_report
from volunteer.web.auth import for_desk, for_members
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.stand_words import market_line
from volunteer.web.views.markets.blueprints import at_desk, of_organisation
from volunteer.web.views.organisation.blueprint import our_team

_BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know that this is UTF-8."""


@at_desk.get("/<uuid:market_id>/report")
@for_desk
def report(market_id: UUID) -> ResponseReturnValue:
    """Pictures and tables; small counts are left out."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        return render_template(
            "markets/report.html",
            market=market_line(uow, market),
            sections=market_report.of_market(uow, market),
            has_begun=market.first_round_at <= uow.now,
            so_far=market_report.so_far(uow, market),
        )


@at_desk.get("/<uuid:market_id>/report.csv")
@for_desk
def report_table(market_id: UUID) -> ResponseReturnValue:
    """The same counts as a table; one that is not shown is empty."""
    with current_core().units.read() as uow:
        sections = market_report.of_market(uow, markets.found(uow, market_id))
    written = StringIO()
    table = csv.writer(written)
    table.writerow([_("Table"), _("Row"), _("Number")])
    for section in sections:
        table.writerows([section.title, line.words, line.count] for line in section.lines)
    response = make_response(_BYTE_ORDER_MARK + written.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=market.csv"
    return response


@of_organisation.get("/<uuid:market_id>/report")
@for_members
def own_report(market_id: UUID) -> ResponseReturnValue:
    """What came of the meetings at our stand."""
    team = our_team()
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        stand = stands.last_of(uow.session, team.id, market_id=market.id)
        if stand is None or stand.state != StandState.CONFIRMED:
            raise NotFound("Your team has no stand at this market.")
        return render_template(
            "markets/own_report.html",
            team=team,
            market=market_line(uow, market),
            sections=market_report.of_stand(uow, market, stand.id),
            has_begun=market.first_round_at <= uow.now,
            so_far=market_report.so_far(uow, market),
        )

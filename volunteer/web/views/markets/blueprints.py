"""Where the pages of markets hang."""

from __future__ import annotations

from flask import Blueprint

at_desk = Blueprint("desk_markets", __name__, url_prefix="/desk/markets")
for_all = Blueprint("markets", __name__)
of_support = Blueprint("support_markets", __name__, url_prefix="/support/markets")
of_organisation = Blueprint("organisation_markets", __name__, url_prefix="/organisation/markets")
on_the_day = Blueprint("market_day", __name__)
"""Pages of who helps in the hall: a link is their key, or an account of the desk."""

BLUEPRINTS = (at_desk, for_all, of_support, of_organisation, on_the_day)

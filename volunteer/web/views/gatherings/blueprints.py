"""Where the pages of gatherings hang."""

from __future__ import annotations

from flask import Blueprint

at_desk = Blueprint("desk_gatherings", __name__, url_prefix="/desk/gatherings")
for_all = Blueprint("agenda", __name__)
of_support = Blueprint("support_gatherings", __name__, url_prefix="/support/gatherings")
of_organisation = Blueprint("organisation_gatherings", __name__, url_prefix="/organisation/gatherings")

BLUEPRINTS = (at_desk, for_all, of_support, of_organisation)

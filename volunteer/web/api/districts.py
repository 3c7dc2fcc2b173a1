"""``/api/v1/districts``: the parts of the city, where the centre has a map of them."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from volunteer.queries.districts import named_districts
from volunteer.web.extensions import current_core
from volunteer.web.schemas.district import DistrictsOnTheWire

blueprint = Blueprint("districts", __name__, description="The parts of the city.")


@blueprint.route("/districts")
@blueprint.response(200, DistrictsOnTheWire)
def index() -> dict[str, Any]:
    """Every district that can be named, with its municipality; none where no map is loaded."""
    with current_core().units.read() as uow:
        return {"districts": [each._asdict() for each in named_districts(uow.session)]}

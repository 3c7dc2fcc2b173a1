"""A small invented map: three square districts in two municipalities."""

from __future__ import annotations

import json
from typing import Any

from volunteer.bootstrap import Core
from volunteer.domain.places import MUNICIPALITIES, Position
from volunteer.services.imports import district_features, districts
from volunteer.services.imports.feature_properties import Properties

ELSENE, ANDERLECHT = MUNICIPALITIES["elsene"].position, MUNICIPALITIES["anderlecht"].position
SIDE = 0.002
"""Degrees from the middle of a district to its border."""


def square(centre: Position, *, east: float = 0.0, side: float = SIDE) -> dict[str, Any]:
    x, y = centre.longitude + east, centre.latitude
    corners = [[x - side, y - side], [x + side, y - side], [x + side, y + side], [x - side, y + side]]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


DISTRICTS = [
    feature(square(ELSENE), code="E1", name_nl="VIJVERWIJK", name_fr="Quartier de l'Étang"),
    feature(square(ELSENE, east=2 * SIDE), code="E2", name_nl="Heuvel", name_fr="Colline"),
    feature(square(ANDERLECHT), code="A1", name_nl="Sluis", name_fr="Écluse"),
]
TOWNS = [
    feature(square(ELSENE, side=4 * SIDE), name_nl="Elsene", name_fr="Ixelles"),
    feature(square(ANDERLECHT, side=SIDE), name_nl="Anderlecht", name_fr="Anderlecht"),
]


def geojson(features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def load_districts(core: Core, features: list[dict[str, Any]] | None = None) -> None:
    """Read the map in, as the command does."""
    content = geojson(DISTRICTS if features is None else features).encode()
    understood = district_features.understand(content, properties=Properties())
    with core.units.write() as uow:
        districts.carry_out(uow, understood, file_name="map.geojson")

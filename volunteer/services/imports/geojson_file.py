"""A GeoJSON file as it comes: its features, each with its properties and its geometry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from volunteer.services.imports.report import ImportImpossible

_DEGREES = ("CRS84", "4326", "4258")
"""Systems in degrees: WGS 84, and ETRS 89, which is less than a metre off."""
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map; nothing in it has been checked."""

    number: int
    """Counted from 1, in the order of the file."""
    properties: Mapping[str, Any]
    geometry: object


@dataclass(frozen=True, slots=True)
class GeoJsonFile:
    """A file that was read whole."""

    features: tuple[Feature, ...]

    @property
    def properties(self) -> tuple[str, ...]:
        """Every property that any feature has, in the order in which they first appear."""
        return tuple(dict.fromkeys(name for each in self.features for name in each.properties))


def read(content: bytes) -> GeoJsonFile:
    """Take a FeatureCollection apart (RFC 7946). Raises :class:`ImportImpossible`."""
    whole = _parsed(content)
    kind = whole.get("type") if isinstance(whole, dict) else None
    if not isinstance(whole, dict) or kind != "FeatureCollection":
        raise ImportImpossible(
            "The file is JSON, but no GeoJSON FeatureCollection: its “type” is %(kind)s.",
            values={"kind": f"“{str(kind)[:_SHOWN]}”" if kind else "missing"},
        )
    _refuse_projection(whole.get("crs"))
    features = whole.get("features")
    if not isinstance(features, list) or not features:
        raise ImportImpossible("The file holds no features: there is nothing to read.")
    return GeoJsonFile(tuple(_feature(number, each) for number, each in enumerate(features, start=1)))


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ImportImpossible("The file is not text in UTF-8, as JSON must be.") from None
    except json.JSONDecodeError as error:
        raise ImportImpossible(
            "The file is not JSON: it breaks off at line %(line)d, column %(column)d.",
            values={"line": error.lineno, "column": error.colno},
        ) from None
    except (RecursionError, ValueError):
        raise ImportImpossible("The file is JSON, but of a kind that no map is made of.") from None


def _refuse_projection(system: object) -> None:
    """Older files name their system of coordinates; without a name it is degrees in WGS 84."""
    if isinstance(system, dict) and not any(degrees in json.dumps(system) for degrees in _DEGREES):
        properties = system.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        raise ImportImpossible(
            "The coordinates of the file are in “%(system)s”: save it in WGS 84 (EPSG:4326).",
            values={"system": str(name)[:_SHOWN] or "another system"},
        )


def _feature(number: int, given: object) -> Feature:
    if not isinstance(given, dict) or given.get("type") != "Feature":
        raise ImportImpossible("Item %(number)d is no GeoJSON feature.", values={"number": number})
    properties = given.get("properties")
    named: dict[str, Any] = properties if isinstance(properties, dict) else {}
    if "id" in given and "id" not in named:
        named = {**named, "id": given["id"]}
    return Feature(number, named, given.get("geometry"))

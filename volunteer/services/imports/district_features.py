"""Districts as a map gives them: from features to districts, before anything touches the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from volunteer.domain.districts import LONGEST_CODE, Atlas, District, readable_name
from volunteer.domain.places import MUNICIPALITIES, Position, distance_km, find_municipality
from volunteer.domain.shapes import BrokenOutline, Shape
from volunteer.services.imports import feature_properties, geojson_file
from volunteer.services.imports.feature_properties import Found, Properties, text_of
from volunteer.services.imports.geojson_file import Feature
from volunteer.services.imports.report import ImportImpossible, Problem

FARTHEST_KM = 30.0
"""No district of the city lies farther from the centre of a municipality."""
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class UnderstoodDistricts:
    """The districts of a map, and what is wrong with it."""

    districts: tuple[District, ...]
    problems: tuple[Problem, ...]
    total: int
    """Features of the file, the wrong ones included."""
    read_from: str
    """Which properties were read, in words."""
    warnings: tuple[str, ...]


_Placing = Callable[[Feature, Position, Callable[[str], None]], str | None]
"""Says in which municipality a district lies: its code, or ``None`` after telling what is wrong."""


def understand(
    content: bytes, *, properties: Properties, municipalities: bytes | None = None
) -> UnderstoodDistricts:
    """Understand a map of districts. Raises :class:`ImportImpossible`.

    The municipality of a district is the one around its label point on the map ``municipalities``, the one
    that a property names, or the built-in one whose centre is nearest.
    """
    file = geojson_file.read(content)
    found = feature_properties.find(file, properties)
    placing, warnings = _placing(properties, municipalities)
    reading = _Reading(found, placing)
    for feature in file.features:
        reading.take(feature)
    names = ", ".join(f"{language} “{name}”" for language, name in found.names.items())
    return UnderstoodDistricts(
        districts=tuple(reading.districts),
        problems=tuple(reading.problems),
        total=len(file.features),
        read_from=f"code “{found.code}”, names {names}",
        warnings=warnings,
    )


class _Reading:
    """Takes feature after feature, with a memory for codes and for what was wrong."""

    def __init__(self, found: Found, placing: _Placing) -> None:
        self.districts: list[District] = []
        self.problems: list[Problem] = []
        self._found = found
        self._placing = placing
        self._first: dict[str, int] = {}

    def take(self, feature: Feature) -> None:
        """Understand one feature, or remember everything that is wrong with it."""
        before = len(self.problems)
        code = self._code(feature)
        names = self._names(feature)
        placed = self._placed(feature)
        if placed is not None and len(self.problems) == before:
            shape, inside, municipality = placed
            self.districts.append(District(code, names, municipality, inside, shape))

    def _wrong(self, feature: Feature, column: str | None, reason: str) -> None:
        self.problems.append(Problem(feature.number, column, reason, counted="feature"))

    def _code(self, feature: Feature) -> str:
        column = self._found.code or ""
        code = text_of(feature.properties.get(column))
        if not code:
            self._wrong(feature, column, "This must be filled in.")
        elif len(code) > LONGEST_CODE:
            self._wrong(feature, column, f"A code has at most {LONGEST_CODE} letters.")
        elif (first := self._first.setdefault(code, feature.number)) != feature.number:
            self._wrong(feature, column, f"“{code}” is the code of feature {first} already.")
        return code

    def _names(self, feature: Feature) -> dict[str, str]:
        written = {
            language: readable_name(text_of(feature.properties.get(column)))[:_LONGEST_NAME]
            for language, column in self._found.names.items()
        }
        names = {language: name for language, name in written.items() if name}
        if not names:
            self._wrong(feature, " and ".join(dict.fromkeys(self._found.names.values())), "It has no name.")
        return names

    def _placed(self, feature: Feature) -> tuple[Shape, Position, str] | None:
        try:
            shape = Shape.of_geojson(feature.geometry)
            inside = shape.label_point()
        except BrokenOutline as error:
            self._wrong(feature, None, str(error))
            return None
        municipality = self._placing(feature, inside, lambda reason: self._wrong(feature, None, reason))
        return (shape, inside, municipality) if municipality else None


def _placing(properties: Properties, municipalities: bytes | None) -> tuple[_Placing, tuple[str, ...]]:
    if municipalities is not None:
        return _around(_municipality_atlas(municipalities)), ()
    if properties.municipality is not None:
        return _named(properties.municipality), ()
    guessed = (
        "The municipality of each district is the one whose centre is nearest: a guess. "
        "--municipalities FILE, a map of them, makes it sure."
    )
    return _nearest, (guessed,)


def _around(atlas: Atlas) -> _Placing:
    def place(_feature: Feature, inside: Position, wrong: Callable[[str], None]) -> str | None:
        found = atlas.at(inside)
        if found is None:
            wrong("It lies in none of the municipalities of the other file.")
        return found

    return place


def _named(column: str) -> _Placing:
    def place(feature: Feature, inside: Position, wrong: Callable[[str], None]) -> str | None:
        name = text_of(feature.properties.get(column))
        found = find_municipality(name)
        if found is None:
            wrong(f"“{name}” is not a municipality of the city.")
            return None
        return found.code if _nearest(feature, inside, wrong) else None

    return place


def _nearest(_feature: Feature, inside: Position, wrong: Callable[[str], None]) -> str | None:
    nearest = min(MUNICIPALITIES.values(), key=lambda each: distance_km(each.position, inside))
    away = distance_km(nearest.position, inside)
    if away > FARTHEST_KM:
        wrong(f"It lies {away:,.0f} km from the city. The longitude comes first: is it the other way round?")
        return None
    return nearest.code


def _municipality_atlas(content: bytes) -> Atlas:
    file = geojson_file.read(content)
    found = feature_properties.find(file, Properties(), with_codes=False)
    shapes: dict[str, Shape] = {}
    for feature in file.features:
        code = _municipality_code(feature, found.names.values())
        if code in shapes:
            raise ImportImpossible(
                "The map of municipalities has %(name)s twice.",
                values={"name": MUNICIPALITIES[code].label("nl")},
            )
        try:
            shapes[code] = Shape.of_geojson(feature.geometry)
        except BrokenOutline as error:
            raise ImportImpossible(
                "Feature %(number)d of the map of municipalities: %(reason)s",
                values={"number": feature.number, "reason": str(error)},
            ) from error
    return Atlas(shapes)


def _municipality_code(feature: Feature, columns: Iterable[str]) -> str:
    names = [text_of(feature.properties.get(column)) for column in dict.fromkeys(columns)]
    for name in names:
        if name and (municipality := find_municipality(name)):
            return municipality.code
    raise ImportImpossible(
        "Feature %(number)d of the map of municipalities is “%(name)s”: no municipality of the city.",
        values={"number": feature.number, "name": " / ".join(filter(None, names))},
    )

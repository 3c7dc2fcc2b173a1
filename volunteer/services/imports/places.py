"""Where something is, from up to five cells of a row."""

from __future__ import annotations

from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Place
from volunteer.domain.places import Municipality, find_municipality, municipality_of
from volunteer.services.imports.cells import Cells

PLACE_COLUMNS = frozenset({"street", "postal_code", "municipality", "latitude", "longitude"})
LONGEST_STREET = 160
_LONGEST_POSTAL_CODE = 10
_THE_CITY = "brussel"
"""People write the city's name behind the postal code of any municipality in it."""


def read_home(cells: Cells) -> tuple[str | None, str | None]:
    """Postal code, and code of the municipality, which the postal code gives where it is not said."""
    postal_code = cells.value("postal_code", _postal_code, None)
    named = cells.value("municipality", _municipality, None)
    found = municipality_of(postal_code or "")
    if named is None or found is None:
        chosen = named or found
    else:
        chosen = found
        if named.code not in (found.code, _THE_CITY):
            cells.wrong(
                "municipality", f"{postal_code} is in {found.label('nl')}, not in {named.label('nl')}."
            )
    return postal_code, chosen.code if chosen else None


def read_place(cells: Cells) -> Place:
    """An address with its point on the map."""
    postal_code, municipality = read_home(cells)
    latitude = cells.value("latitude", lambda text: _degrees(text, 90), None)
    longitude = cells.value("longitude", lambda text: _degrees(text, 180), None)
    if bool(cells.text("latitude")) != bool(cells.text("longitude")):
        missing = "longitude" if cells.text("latitude") else "latitude"
        cells.wrong(missing, "Latitude and longitude only mean something together.")
    return Place(
        street=cells.words("street", longest=LONGEST_STREET),
        postal_code=postal_code,
        municipality=municipality,
        latitude=latitude,
        longitude=longitude,
    )


def _postal_code(text: str) -> str:
    code = "".join(text.upper().removeprefix("B-").split())
    if not (code.isascii() and code.isalnum() and len(code) <= _LONGEST_POSTAL_CODE):
        raise InvalidValue("“%(text)s” is not a postal code.", values={"text": text})
    return code


def _municipality(text: str) -> Municipality:
    found = find_municipality(text)
    if found is None:
        raise InvalidValue(
            "“%(text)s” is not a municipality of the city. For a place outside it, leave this empty; "
            "the postal code and the point on the map are kept.",
            values={"text": text},
        )
    return found


def _degrees(text: str, most: int) -> float:
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise InvalidValue("“%(text)s” is not a number of degrees such as 50.8467.", values={"text": text})
    return degrees

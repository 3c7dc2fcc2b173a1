"""Which properties of a map's features hold codes and names: named by hand, or found by their usual names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from volunteer.services.imports.geojson_file import Feature, GeoJsonFile
from volunteer.services.imports.report import ImportImpossible

_CODES = (
    "code", "district_code", "code_district", "quartier_code", "code_quartier", "wijkcode", "code_wijk",
    "mdzone", "wijknr", "num_quartier", "district_id", "id", "inspire_id",
)  # fmt: skip
_NAMES = {
    "nl": ("name_nl", "name_dut", "naam_nl", "nom_nl", "name_ned", "wijknaam", "naam", "wijk"),
    "fr": ("name_fr", "name_fre", "nom_fr", "naam_fr", "name_fra", "nom_quartier", "nom", "quartier"),
}
_NAMES_IN_ANY = ("name", "label", "title")


@dataclass(frozen=True, slots=True)
class Properties:
    """Names of properties, as who reads in the file gave them; ``None`` is to be found out."""

    code: str | None = None
    name_nl: str | None = None
    name_fr: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Names of the properties to read."""

    code: str | None
    names: dict[str, str]
    """By language; two languages may share a property."""


def find(file: GeoJsonFile, given: Properties, *, with_codes: bool = True) -> Found:
    """Settle which properties to read. Raises :class:`ImportImpossible` when one is not there.

    Of the usual names for a code the first counts that every feature has and no two share; otherwise the
    first that is there at all, so that the doubled codes can be named.
    """
    for name in (given.code, given.name_nl, given.name_fr, given.municipality):
        if name is not None and name not in file.properties:
            raise _missing(f"No feature has a property “{name}”.", file)
    code = given.code or (_code(file) if with_codes else None)
    if with_codes and code is None:
        raise _missing("No property looks like a code: name one with --code-property.", file)
    names = _names(file, given)
    if not names:
        raise _missing("No property looks like a name: name one with --name-nl or --name-fr.", file)
    return Found(code, names)


def text_of(value: object) -> str:
    """Return a property as text: whole numbers without “.0”, nothing for what is no text or number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split())
    return ""


def _missing(reason: str, file: GeoJsonFile) -> ImportImpossible:
    return ImportImpossible(
        "%(reason)s The file has %(properties)s.",
        values={"reason": reason, "properties": ", ".join(file.properties) or "no properties at all"},
    )


def _plain(name: str) -> str:
    return "".join(each for each in name.casefold() if each.isalnum())


def _present(file: GeoJsonFile, usual: Iterable[str]) -> list[str]:
    by_plain_name = {_plain(name): name for name in reversed(file.properties)}
    return [by_plain_name[_plain(name)] for name in usual if _plain(name) in by_plain_name]


def _code(file: GeoJsonFile) -> str | None:
    present = _present(file, _CODES)
    return next((name for name in present if _tells_apart(file.features, name)), next(iter(present), None))


def _tells_apart(features: tuple[Feature, ...], name: str) -> bool:
    codes = {text_of(each.properties.get(name)) for each in features}
    return "" not in codes and len(codes) == len(features)


def _names(file: GeoJsonFile, given: Properties) -> dict[str, str]:
    by_hand = {"nl": given.name_nl, "fr": given.name_fr}
    found = {}
    for language, usual in _NAMES.items():
        name = by_hand[language] or next(iter(_present(file, usual)), None)
        if name is not None:
            found[language] = name
    if not found and (shared := _present(file, _NAMES_IN_ANY)):
        found = dict.fromkeys(_NAMES, shared[0])
    return found

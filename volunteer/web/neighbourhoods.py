"""The neighbourhoods that people may name: the districts of the city, when they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from volunteer.domain.districts import name_in
from volunteer.queries.districts import named_district, named_districts
from volunteer.services import districts
from volunteer.web.choices import Choice, municipalities
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import Answers, text, ticked
from volunteer.web.language import current_language

FIELD = "district"


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its neighbourhoods."""

    code: str
    label: str
    neighbourhoods: list[Choice]


def towns() -> list[Town]:
    """Every municipality that has neighbourhoods, both by name; none when no districts are loaded."""
    reader = current_language()
    with current_core().units.read() as uow:
        found = named_districts(uow.session)
    in_town: dict[str, list[Choice]] = {}
    for each in found:
        in_town.setdefault(each.municipality, []).append(Choice(each.code, name_in(each.names, reader)))
    return [
        Town(code, label, sorted(in_town[code], key=attrgetter("label")))
        for code, label in municipalities()
        if code in in_town
    ]


def chosen(answers: Answers) -> str | None:
    """The code that somebody chose; None for who would rather not say where they live."""
    return None if ticked(answers, "where_unknown") else text(answers, FIELD) or None


def check(answers: Answers) -> None:
    """Raise :class:`InvalidValue` for a choice that is not there, or not in the municipality."""
    code = chosen(answers)
    if code is not None:
        with current_core().units.read() as uow:
            districts.checked(uow, code, municipality=text(answers, "where") or None)


def name_of(code: str | None) -> str | None:
    """What a neighbourhood is called in the reader's language; None when there is no such one."""
    if code is None:
        return None
    with current_core().units.read() as uow:
        found = named_district(uow.session, code)
    return name_in(found.names, current_language()) if found else None
